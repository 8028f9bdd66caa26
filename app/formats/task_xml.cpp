// SPDX-License-Identifier: MIT
#include "task_xml.h"

#include "questions/computer.h"
#include "task_trigger_form.h"
#include "text.h"
#include "xml_print.h"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <array>

namespace mars
{
namespace
{

constexpr std::size_t kMaxBytes = 1024 * 1024;
/// Real tasks nest about seven deep.
constexpr int kMaxDepth = 32;

/// For meaning: entities resolved, no comments, no white space between elements.
constexpr unsigned kForReading = pugi::parse_default | pugi::parse_doctype | pugi::parse_trim_pcdata;
/// For editing: nothing is resolved or dropped, so that what is not edited is printed as it was.
constexpr unsigned kForEditing = pugi::parse_cdata | pugi::parse_pi | pugi::parse_comments
    | pugi::parse_declaration | pugi::parse_doctype | pugi::parse_ws_pcdata;
/// For comparing an element's text: nothing is resolved, but its layout does not count.
constexpr unsigned kForComparing = pugi::parse_cdata | pugi::parse_trim_pcdata | pugi::parse_doctype;

/// As it was read for editing.
constexpr unsigned kPrinted = pugi::format_raw | pugi::format_no_escapes;

constexpr const char* kEnabled = "Enabled";
constexpr const char* kPrincipals = "Principals";
constexpr const char* kOverlap = "MultipleInstancesPolicy";
constexpr const char* kSystemSid = "S-1-5-18";

Failure NoTask(std::string_view why)
{
    return {code::kInvalidData, fmt::format("task XML: {}", why)};
}

/// Also makes attributes safe for printing: they are printed in double quotes and without escaping.
bool IsReasonable(pugi::xml_node node, int depth)
{
    if (depth > kMaxDepth || node.type() == pugi::node_doctype)
    {
        return false;
    }
    for (pugi::xml_attribute attribute : node.attributes())
    {
        std::string value = attribute.value();
        for (std::size_t at = value.find('"'); at != std::string::npos; at = value.find('"', at))
        {
            value.replace(at, 1, "&quot;");
            attribute.set_value(value.c_str());
        }
    }
    return std::ranges::all_of(
        node.children(), [&](pugi::xml_node child) { return IsReasonable(child, depth + 1); });
}

bool Load(pugi::xml_document& document, std::string_view xml, unsigned flags)
{
    return xml.size() <= kMaxBytes && xml.find('\0') == std::string_view::npos
        && document.load_buffer(xml.data(), xml.size(), flags, pugi::encoding_utf8)
        && IsReasonable(document, 0);
}

/// The root of a task; an empty node when the text is none.
pugi::xml_node LoadTask(pugi::xml_document& document, std::string_view xml, unsigned flags)
{
    return Load(document, xml, flags) ? document.child("Task") : pugi::xml_node();
}

std::vector<pugi::xml_node> TriggersOf(const pugi::xml_node& task)
{
    std::vector<pugi::xml_node> triggers;
    std::ranges::copy_if(task.child("Triggers").children(), std::back_inserter(triggers),
        [](const pugi::xml_node& node) { return node.type() == pugi::node_element; });
    return triggers;
}

bool IsOn(const pugi::xml_node& trigger)
{
    const std::string_view enabled = trigger.child_value(kEnabled);
    return enabled != "false" && enabled != "0";
}

/// FNV-1a: it has to tell triggers of one task apart, not to withstand an attack.
std::string HashOf(std::string_view text)
{
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const char c : text)
    {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    }
    return fmt::format("{:016x}", hash);
}

std::string FingerprintOf(const pugi::xml_node& trigger)
{
    return "form-" + HashOf(TriggerForm(trigger));
}

/// As version 0.1.0 wrote it into its journals: of the text as it was printed.
std::string FirstFingerprintOf(const pugi::xml_node& trigger)
{
    pugi::xml_document copy;
    pugi::xml_node rest = copy.append_copy(trigger);
    while (rest.remove_child(kEnabled))
    {}
    return HashOf(PrintXml(rest, kPrinted));
}

/// The principal that the actions run as.
pugi::xml_node PrincipalOf(const pugi::xml_node& task)
{
    const pugi::xml_node principals = task.child(kPrincipals);
    const char* context = task.child("Actions").attribute("Context").value();
    const pugi::xml_node named = principals.find_child_by_attribute("Principal", "id", context);
    return named ? named : principals.child("Principal");
}

bool IsOneOf(std::string_view account, std::initializer_list<std::string_view> names)
{
    return std::ranges::any_of(names, [&](std::string_view name) { return EqualsIgnoreCase(account, name); });
}

bool IsSystem(std::string_view user)
{
    // Windows writes SIDs here; the names are what old schedulers and hand-made tasks have.
    return IsOneOf(user, {kSystemSid, "NT AUTHORITY\\SYSTEM", "SYSTEM", "LocalSystem"});
}

/// One form for what means the same, because the scheduler may print a principal otherwise than it was given:
/// members in one order, the default run level left out, SYSTEM by its SID and without a kind of logon.
void MakeCanonical(pugi::xml_node principals)
{
    for (pugi::xml_node principal : principals.children("Principal"))
    {
        if (Trim(principal.child_value("RunLevel")) == "LeastPrivilege")
        {
            principal.remove_child("RunLevel");
        }
        if (IsSystem(Trim(principal.child_value("UserId"))))
        {
            principal.child("UserId").text().set(kSystemSid);
            principal.remove_child("LogonType");
        }
        for (const char* name : {"UserId", "GroupId", "LogonType", "DisplayName", "RunLevel"})
        {
            if (const pugi::xml_node child = principal.child(name))
            {
                principal.append_move(child);
            }
        }
    }
}

TaskPrincipal ReadPrincipal(const pugi::xml_node& task)
{
    const pugi::xml_node node = PrincipalOf(task);
    const std::string user(Trim(node.child_value("UserId")));
    const std::string group(Trim(node.child_value("GroupId")));
    const std::string_view logon = node.child_value("LogonType");
    TaskPrincipal principal;
    principal.account = user.empty() ? group : user;
    principal.isSystem = IsSystem(user);
    principal.isAdministrators =
        user.empty() && IsOneOf(group, {"S-1-5-32-544", "BUILTIN\\Administrators", "Administrators"});
    principal.keepsPassword = !user.empty() && !principal.isSystem
        && (logon == "Password" || logon == "InteractiveTokenOrPassword");
    return principal;
}

/// The edit must read back as what was wanted, whatever the text around it was.
Answer<std::string> CheckedResult(const pugi::xml_document& document, const Answer<TaskDefinition>& before)
{
    std::string text = PrintXml(document, kPrinted);
    const auto after = ReadTaskDefinition(text);
    if (!before || !after || after->triggers.size() != before->triggers.size()
        || after->actions.size() != before->actions.size())
    {
        return NoTask("the edited text is no longer the same task");
    }
    return text;
}

} // namespace

namespace
{

/// Nothing where the boundary cannot be read.
std::optional<Timestamp> TimeOf(std::string_view text, const ClockReading& clock)
{
    constexpr std::size_t kSecondsEnd = 19;
    const auto wallTime = FromIso8601(std::string(text.substr(0, kSecondsEnd)) + 'Z');
    if (!wallTime || text.size() < kSecondsEnd)
    {
        return std::nullopt;
    }
    std::string_view zone = text.substr(kSecondsEnd);
    if (zone.starts_with('.'))
    {
        zone.remove_prefix(std::min(zone.find_first_not_of("0123456789", 1), zone.size()));
    }
    std::chrono::minutes offset(clock.utcOffsetMinutes);
    if (zone == "Z")
    {
        offset = std::chrono::minutes(0);
    }
    else if (!zone.empty())
    {
        const auto away = FromIso8601(fmt::format("1970-01-01T{}:00Z", zone.substr(1)));
        if (!away || (zone[0] != '+' && zone[0] != '-'))
        {
            return std::nullopt;
        }
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(away->time_since_epoch());
        offset = zone[0] == '+' ? minutes : -minutes;
    }
    return *wallTime - offset;
}

constexpr std::uint8_t kEveryDay = 0x7F;

/// Of a trigger by the calendar; monthly ones may fall on any day.
std::uint8_t WeekdaysOf(const pugi::xml_node& trigger)
{
    constexpr std::array<const char*, 7> kNames{
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    if (std::string_view(trigger.name()) != "CalendarTrigger")
    {
        return 0;
    }
    const pugi::xml_node week = trigger.child("ScheduleByWeek");
    std::uint8_t days = week ? 0 : kEveryDay;
    for (std::size_t day = 0; day < kNames.size(); ++day)
    {
        if (week.child("DaysOfWeek").child(kNames[day]))
        {
            days = static_cast<std::uint8_t>(days | (1U << day));
        }
    }
    return days;
}

/// What a <DaysInterval> or <WeeksInterval> says; 1 where it is not written or no number.
int IntervalOf(const pugi::xml_node& schedule, const char* name)
{
    return std::max(schedule.child(name).text().as_int(1), 1);
}

int LongestGapDaysOf(const pugi::xml_node& trigger, std::uint8_t weekdays)
{
    constexpr int kWeek = 7;
    constexpr int kMonth = 31;
    if (const pugi::xml_node day = trigger.child("ScheduleByDay"))
    {
        return IntervalOf(day, "DaysInterval");
    }
    const pugi::xml_node week = trigger.child("ScheduleByWeek");
    if (!week || weekdays == 0)
    {
        return weekdays == 0 ? 0 : kMonth;
    }
    int longest = 0;
    for (int day = 0; day < kWeek; ++day)
    {
        int gap = 1;
        while ((weekdays & (1U << ((day + gap) % kWeek))) == 0)
        {
            ++gap;
        }
        longest = (weekdays & (1U << day)) != 0 ? std::max(longest, gap) : longest;
    }
    // Between the last day of one week and the first one of the next that counts.
    return longest + kWeek * (IntervalOf(week, "WeeksInterval") - 1);
}

} // namespace

int LocalTime::Weekday() const
{
    // 1970-01-01 was a Thursday.
    return static_cast<int>(((day + 4) % 7 + 7) % 7);
}

std::optional<LocalTime> LocalTimeOf(std::string_view boundary, const ClockReading& clock)
{
    const auto time = TimeOf(boundary, clock);
    if (!time)
    {
        return std::nullopt;
    }
    const auto local = *time + std::chrono::minutes(clock.utcOffsetMinutes);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return LocalTime{day.time_since_epoch().count(),
        static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - day).count())};
}

bool HasEnded(const TaskTrigger& trigger, const ClockReading& clock)
{
    const auto end = TimeOf(trigger.endBoundary, clock);
    return end && *end <= clock.now;
}

Answer<TaskDefinition> ReadTaskDefinition(std::string_view xml)
{
    pugi::xml_document document;
    const pugi::xml_node task = LoadTask(document, xml, kForReading);
    if (!task)
    {
        return NoTask("not readable");
    }
    TaskDefinition definition;
    for (const pugi::xml_node& node : TriggersOf(task))
    {
        definition.triggers.push_back(
            {node.name(), IsOn(node), std::string(Trim(node.child_value("EndBoundary"))),
                std::string(Trim(node.child_value("StartBoundary"))), WeekdaysOf(node),
                LongestGapDaysOf(node, WeekdaysOf(node)), FingerprintOf(node)});
    }
    definition.principal = ReadPrincipal(task);
    for (const pugi::xml_node node : task.child("Actions").children("Exec"))
    {
        definition.actions.push_back({node.child_value("Command"), node.child_value("Arguments")});
    }
    const std::string_view overlap = Trim(task.child("Settings").child_value(kOverlap));
    definition.overlap = overlap.empty() ? "IgnoreNew" : overlap;
    return definition;
}

Answer<bool> TriggerEnabled(std::string_view xml, std::uint32_t trigger, std::string_view fingerprint)
{
    pugi::xml_document document;
    const pugi::xml_node task = LoadTask(document, xml, kForReading);
    if (!task)
    {
        return NoTask("not readable");
    }
    const auto triggers = TriggersOf(task);
    if (trigger == 0 || trigger > triggers.size())
    {
        return Absent{};
    }
    const pugi::xml_node& node = triggers[trigger - 1];
    const bool same = FingerprintOf(node) == fingerprint || FirstFingerprintOf(node) == fingerprint;
    return same ? Answer<bool>(IsOn(node)) : Absent{};
}

Answer<std::string> PrincipalsElement(std::string_view xml)
{
    pugi::xml_document document;
    const pugi::xml_node task = LoadTask(document, xml, kForComparing);
    if (!task)
    {
        return NoTask("not readable");
    }
    const pugi::xml_node principals = task.child(kPrincipals);
    if (!principals)
    {
        return Absent{};
    }
    MakeCanonical(principals);
    return PrintXml(principals, kPrinted);
}

Answer<std::string> Overlap(std::string_view xml)
{
    pugi::xml_document document;
    const pugi::xml_node task = LoadTask(document, xml, kForReading);
    if (!task)
    {
        return NoTask("not readable");
    }
    const pugi::xml_node overlap = task.child("Settings").child(kOverlap);
    return overlap ? Answer<std::string>(std::string(Trim(overlap.child_value())))
                   : Answer<std::string>(Absent{});
}

Answer<std::string> PrincipalsForSystem(std::string_view xml)
{
    pugi::xml_document document;
    const pugi::xml_node task = LoadTask(document, xml, kForComparing);
    if (!task)
    {
        return NoTask("not readable");
    }
    const pugi::xml_node present = PrincipalOf(task);
    pugi::xml_document made;
    pugi::xml_node principals = made.append_child(kPrincipals);
    pugi::xml_node principal =
        present ? principals.append_copy(present) : principals.append_child("Principal");
    if (!principal.attribute("id"))
    {
        const pugi::xml_attribute context = task.child("Actions").attribute("Context");
        principal.append_attribute("id").set_value(context ? context.value() : "Author");
    }
    for (const char* name : {"UserId", "GroupId", "LogonType"})
    {
        while (principal.remove_child(name))
        {}
    }
    principal.prepend_child("UserId").text().set(kSystemSid);
    MakeCanonical(principals);
    return PrintXml(principals, kPrinted);
}

Answer<std::string> SwitchTrigger(
    std::string_view xml, std::uint32_t trigger, std::string_view fingerprint, bool enabled)
{
    const auto present = TriggerEnabled(xml, trigger, fingerprint);
    if (present.HasFailed())
    {
        return present.Error();
    }
    if (present.IsAbsent())
    {
        return Failure{code::kChangedSince, fmt::format("trigger {} of the task", trigger)};
    }
    if (*present == enabled)
    {
        return std::string(xml);
    }
    pugi::xml_document document;
    const auto triggers = TriggersOf(LoadTask(document, xml, kForEditing));
    if (trigger > triggers.size())
    {
        return NoTask("not readable");
    }
    pugi::xml_node node = triggers[trigger - 1];
    pugi::xml_node element = node.child(kEnabled);
    if (!element)
    {
        // Only these stand before the elements of the special kinds of trigger.
        pugi::xml_node last;
        for (const char* name : {"Repetition", "StartBoundary", "EndBoundary", "ExecutionTimeLimit"})
        {
            const pugi::xml_node base = node.child(name);
            last = base && (!last || base.offset_debug() > last.offset_debug()) ? base : last;
        }
        element = last ? node.insert_child_after(kEnabled, last) : node.prepend_child(kEnabled);
    }
    element.remove_children();
    element.text().set(enabled ? "true" : "false");
    return CheckedResult(document, ReadTaskDefinition(xml));
}

Answer<std::string> ReplacePrincipals(std::string_view xml, std::string_view element)
{
    pugi::xml_document document;
    pugi::xml_node task = LoadTask(document, xml, kForEditing);
    pugi::xml_document fragment;
    if (!task || !Load(fragment, element, kForEditing) || fragment.first_child() != fragment.last_child()
        || std::string_view(fragment.first_child().name()) != kPrincipals)
    {
        return NoTask("not readable");
    }
    const pugi::xml_node present = task.child(kPrincipals);
    if (present)
    {
        task.insert_copy_before(fragment.first_child(), present);
        task.remove_child(present);
    }
    else
    {
        task.append_copy(fragment.first_child());
    }
    return CheckedResult(document, ReadTaskDefinition(xml));
}

Answer<std::string> SetOverlap(std::string_view xml, std::string_view policy)
{
    constexpr std::array kPolicies{std::string_view("IgnoreNew"), std::string_view("Parallel"),
        std::string_view("Queue"), std::string_view("StopExisting")};
    if (!policy.empty() && std::ranges::find(kPolicies, policy) == kPolicies.end())
    {
        return NoTask("unknown MultipleInstancesPolicy");
    }
    pugi::xml_document document;
    pugi::xml_node task = LoadTask(document, xml, kForEditing);
    if (!task)
    {
        return NoTask("not readable");
    }
    pugi::xml_node settings = task.child("Settings");
    if (policy.empty())
    {
        while (settings.remove_child(kOverlap))
        {}
        return CheckedResult(document, ReadTaskDefinition(xml));
    }
    if (!settings)
    {
        settings = task.append_child("Settings");
    }
    pugi::xml_node element = settings.child(kOverlap);
    if (!element)
    {
        element = settings.prepend_child(kOverlap);
    }
    element.remove_children();
    element.text().set(std::string(policy).c_str());
    return CheckedResult(document, ReadTaskDefinition(xml));
}

} // namespace mars
