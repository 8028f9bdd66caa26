// SPDX-License-Identifier: MIT
#include "journal.h"

#include "calendar.h"
#include "number.h"
#include "xml_codec.h"
#include "xml_guard.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace mars
{

namespace
{

constexpr std::string_view kEnding = ".journal";
constexpr std::size_t kLargestEntry = 16U * 1024 * 1024;
constexpr int kDeepestEntry = 16;
constexpr int kMostNames = 1000;
/// Before the number in an entry's name. A letter, so that a folder sorted by name shows the entries of
/// version 0.1.0, which begin with their time, before all others.
constexpr char kNumberMark = 'r';
constexpr std::size_t kMostDigits = 10;
/// Written before the lines of a later roll-back or undo: the line above it may have been cut off by a crash.
constexpr std::string_view kResume = "resume";
constexpr std::string_view kWasOpen = "was_open";
constexpr std::string_view kSeen = "seen";

template <class... Kinds>
bool ReadChange(
    const pugi::xml_node& node, int format, std::optional<Change>& change, std::variant<Kinds...>*)
{
    const auto readAs = [&]<class Kind>(Kind kind) {
        if (node.name() != Kind::kName || !ReadXml(node, kind, format))
        {
            return false;
        }
        change = std::move(kind);
        return true;
    };
    return (readAs(Kinds{}) || ...);
}

/// "r000042-20260310T120000Z-..." -> 42; 0 for an entry of version 0.1.0.
std::uint64_t NumberOf(std::string_view name)
{
    const std::size_t end = name.find('-');
    const bool numbered =
        name.starts_with(kNumberMark) && end != std::string_view::npos && end <= kMostDigits + 1;
    return numbered ? ParseNumber<std::uint64_t>(name.substr(1, end - 1)).value_or(0) : 0;
}

/// "done 3" or "failed 3 5" -> word and step from 0; nothing when it is neither.
struct StepLine
{
    std::string word;
    std::size_t step = 0;
};

std::optional<StepLine> ParseStepLine(const std::vector<std::string>& words, std::size_t steps)
{
    const auto number = words.size() < 2 ? std::nullopt : ParseNumber<std::uint64_t>(words[1]);
    if (!number || *number < 1 || *number > steps)
    {
        return std::nullopt;
    }
    return StepLine{words[0], static_cast<std::size_t>(*number - 1)};
}

/// False when the line is none that this version writes.
bool ReadLine(const std::string& line, JournalEntry& entry)
{
    const std::vector<std::string> words = Split(line, ' ');
    if (line == kWasOpen)
    {
        entry.wasOpen = true;
        return true;
    }
    if (words[0] == "end")
    {
        return words.size() == 2 && FromWord(words[1], entry.end);
    }
    if (words[0] == kSeen)
    {
        entry.seen = true;
        return true;
    }
    const auto step = ParseStepLine(words, entry.steps.size());
    if (!step)
    {
        return false;
    }
    constexpr std::array kWords{std::pair(std::string_view("begin"), StepState::kBegun),
        std::pair(std::string_view("done"), StepState::kDone),
        std::pair(std::string_view("failed"), StepState::kFailed),
        std::pair(std::string_view("undone"), StepState::kUndone)};
    const auto* found = std::ranges::find(kWords, step->word, &std::pair<std::string_view, StepState>::first);
    if (found == kWords.end())
    {
        return false;
    }
    entry.steps[step->step] = found->second;
    // "failed", the step, the code and, where it was begun, how far it came.
    if (const auto made = words.size() > 3 ? ParseNumber<std::uint64_t>(words[3]) : std::nullopt)
    {
        entry.made = entry.made.value_or(0) + *made;
    }
    // Whatever follows an end belongs to a roll-back or undo that has not ended yet.
    entry.end = EntryEnd::kInterrupted;
    return true;
}

bool ReadHead(std::string_view line, JournalEntry& entry)
{
    pugi::xml_document document;
    if (!ParseGuarded(line, kLargestEntry, kDeepestEntry, document))
    {
        entry.damage = "unreadable";
        return false;
    }
    const pugi::xml_node root = document.child("journal");
    const int format = root.attribute("schema").as_int();
    if (format > kFileFormat)
    {
        entry.damage = kNewerEntry;
        return false;
    }
    if (format < 1 || !ReadXml(root.child("header"), entry.header, format))
    {
        entry.damage = "unreadable";
        return false;
    }
    entry.plan.disturbs = std::string_view(root.child("plan").attribute("disturbs").value()) == "yes";
    for (const pugi::xml_node node : root.child("plan").children())
    {
        std::optional<Change> change;
        if (!ReadChange(node, format, change, static_cast<Change*>(nullptr)))
        {
            entry.damage = "unknown_change";
            return false;
        }
        entry.plan.changes.push_back(std::move(*change));
    }
    entry.steps.assign(entry.plan.changes.size(), StepState::kPending);
    return true;
}

} // namespace

std::string FormatJournalEntry(const JournalHeader& header, const Plan& plan)
{
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("journal");
    root.append_attribute("schema").set_value(kFileFormat);
    WriteXml(root.append_child("header"), header);
    pugi::xml_node planNode = root.append_child("plan");
    planNode.append_attribute("disturbs").set_value(plan.disturbs ? "yes" : "no");
    for (const Change& change : plan.changes)
    {
        std::visit(
            [&]<class Kind>(
                const Kind& one) { WriteXml(planNode.append_child(std::string(Kind::kName).c_str()), one); },
            change);
    }
    std::string line = PrintXml(root);
    // Texts may hold line feeds, and the head is one line. In text content a reference means the same.
    for (std::size_t at = line.find('\n'); at != std::string::npos; at = line.find('\n', at))
    {
        line.replace(at, 1, "&#10;");
    }
    return line + "\n";
}

JournalEntry ParseJournalEntry(const std::string& name, std::string_view text)
{
    JournalEntry entry;
    entry.name = name;
    const std::size_t headEnd = text.find('\n');
    if (headEnd == std::string_view::npos)
    {
        entry.damage = "unreadable";
        return entry;
    }
    if (!ReadHead(text.substr(0, headEnd), entry))
    {
        return entry;
    }
    std::vector<std::string> lines = Split(text.substr(headEnd + 1), '\n');
    // After the last line feed comes nothing, or a line that the program died in: the step is as the line
    // before says.
    lines.pop_back();
    for (std::size_t i = 0; i < lines.size(); ++i)
    {
        const bool cutOff = i + 1 < lines.size() && lines[i + 1] == kResume;
        if (lines[i] != kResume && !ReadLine(lines[i], entry) && !cutOff)
        {
            entry.damage = "unknown_line";
            return entry;
        }
    }
    return entry;
}

Status JournalWriter::Line(const std::string& text)
{
    // A line that could not be written may be there in part.
    const Status written = m_file->Append((m_torn ? fmt::format("\n{}\n", kResume) : "") + text + "\n");
    m_torn = !written;
    return written;
}

Status JournalWriter::Head(const JournalHeader& header, const Plan& plan)
{
    return m_file->Append(FormatJournalEntry(header, plan));
}

Status JournalWriter::Begin(std::size_t step)
{
    return Line(fmt::format("begin {}", step + 1));
}

Status JournalWriter::Done(std::size_t step)
{
    return Line(fmt::format("done {}", step + 1));
}

Status JournalWriter::Failed(std::size_t step, std::uint32_t code, std::optional<std::uint64_t> made)
{
    return Line(fmt::format("failed {} {}{}", step + 1, code, made ? fmt::format(" {}", *made) : ""));
}

Status JournalWriter::Undone(std::size_t step)
{
    return Line(fmt::format("undone {}", step + 1));
}

Status JournalWriter::End(EntryEnd end)
{
    return Line(fmt::format("end {}", WordOf(end)));
}

Status JournalWriter::Seen()
{
    // For version 0.1.0, which does not know the word, the line is one that was cut off.
    return Line(fmt::format("{}\n{}", kSeen, kResume));
}

void JournalWriter::Discard()
{
    // What cannot be deleted either is shown as damaged.
    const Status ignored = m_file->Discard();
    static_cast<void>(ignored);
}

bool Journal::IsLocked()
{
    constexpr std::uint32_t kSharingViolation = 32;
    const auto lock = m_folder->Lock();
    return lock.HasFailed() && lock.Error().code == kSharingViolation;
}

Answer<JournalWriter> Journal::Create(const JournalHeader& header, const Plan& plan)
{
    constexpr std::uint32_t kFileExists = 80;
    const auto names = m_folder->List();
    if (!names)
    {
        return names.HasFailed() ? names.Error() : Failure{code::kInternalError, m_folder->Path()};
    }
    std::uint64_t number = 0;
    for (const std::string& name : *names)
    {
        number = std::max(number, NumberOf(name));
    }
    const std::string stamp = fmt::format("{:%Y%m%dT%H%M%SZ}", CalendarOf(header.when));
    for (int attempt = 0; attempt < kMostNames; ++attempt)
    {
        const std::string name =
            fmt::format("{}{:06}-{}-{}{}", kNumberMark, ++number, stamp, header.rootCause, kEnding);
        auto file = m_folder->CreateNew(name);
        if (file.HasFailed() && file.Error().code == kFileExists)
        {
            continue;
        }
        if (!file)
        {
            return file.HasFailed() ? file.Error() : Failure{code::kInternalError, name};
        }
        JournalWriter writer(name, std::move(*file));
        if (Status written = writer.Head(header, plan); !written)
        {
            writer.Discard();
            return written.Error();
        }
        return writer;
    }
    return Failure{kFileExists, stamp};
}

Answer<JournalWriter> Journal::Continue(const std::string& name)
{
    auto file = m_folder->OpenToAppend(name);
    if (!file)
    {
        return file.HasFailed() ? file.Error() : Failure{code::kNotRecorded, name};
    }
    if (Status resumed = (*file)->Append(fmt::format("\n{}\n", kResume)); !resumed)
    {
        return resumed.Error();
    }
    return JournalWriter(name, std::move(*file));
}

Status Journal::CloseAgain()
{
    return m_folder->CloseAgain(fmt::format("\n{}\n{}\n", kResume, kWasOpen));
}

Answer<std::vector<JournalEntry>> Journal::Entries()
{
    auto names = m_folder->List();
    if (!names)
    {
        return names.HasFailed() ? Answer<std::vector<JournalEntry>>(names.Error())
                                 : std::vector<JournalEntry>();
    }
    std::ranges::sort(*names, {}, [](const std::string& name) { return std::pair(NumberOf(name), name); });
    std::vector<JournalEntry> entries;
    for (const std::string& name : *names)
    {
        if (!EndsWithIgnoreCase(name, kEnding))
        {
            continue;
        }
        const auto text = m_folder->Read(name, kLargestEntry);
        JournalEntry entry;
        entry.name = name;
        entry.damage = "unreadable";
        entries.push_back(text ? ParseJournalEntry(name, *text) : std::move(entry));
    }
    return entries;
}

} // namespace mars
