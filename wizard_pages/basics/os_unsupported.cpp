// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/registry.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars::basics
{
namespace
{

constexpr const char* kCurrentVersion = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
constexpr const char* kEnvironment = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment";

/// Dates as Microsoft's lifecycle pages write them; the support of that day still counts. Empty: none that a
/// table has to know, or none at all.
struct Listed
{
    std::uint32_t build;
    std::string_view supportEnds;
    /// Extended Security Updates, where they are offered: to whoever bought them, or runs in Azure.
    std::string_view updatesEnd;
};
/// Windows Server 2008 SP2, 2008 R2 SP1, 2012, 2012 R2, 2016, 2019, 2022 and 2025. The first two are in the
/// support matrix among the systems at the end of their support. Up to three years of extended updates were
/// announced for 2016.
constexpr std::array kServers{Listed{6002, "2020-01-14", "2023-01-10"},
    Listed{6003, "2020-01-14", "2023-01-10"}, Listed{7601, "2020-01-14", "2023-01-10"},
    Listed{9200, "2023-10-10", "2026-10-13"}, Listed{9600, "2023-10-10", "2026-10-13"},
    Listed{14393, "2027-01-12", "2030-01-12"}, Listed{17763, "2029-01-09", ""},
    Listed{20348, "2031-10-14", ""}, Listed{26100, "", ""}};
/// Windows 7 SP1, 8, 8.1 and the builds of 10, from the first on. Of 10 the editions that are served longer
/// have dates of their own, and those of 11 follow each other too fast for a table.
constexpr std::uint32_t kFirstWindows10 = 10240;
constexpr std::uint32_t kFirstWindows11 = 22000;
constexpr std::array kClients{Listed{7601, "2020-01-14", "2023-01-10"}, Listed{9200, "2016-01-12", ""},
    Listed{9600, "2023-01-10", ""}, Listed{kFirstWindows10, "2025-10-14", "2028-10-10"},
    Listed{kFirstWindows11, "", ""}};
/// The builds after those of Windows Server 2025 and Windows 11.
constexpr std::uint32_t kFirstUnknownServer = 26101;
constexpr std::uint32_t kFirstUnknownClient = 27000;

/// EditionID of clients by how it begins: Home, Pro, Enterprise and IoT, their N, K and LTSC variants too.
constexpr std::array<std::string_view, 4> kClientEditions{
    "Core", "Professional", "Enterprise", "IoTEnterprise"};
/// Editions of servers that are made for something else: Hyper-V Server, Azure Stack HCI, Nano Server.
constexpr std::array<std::string_view, 4> kForeignServerEditions{
    "ServerHyperCore", "ServerAzureStackHCICor", "ServerStandardNano", "ServerDatacenterNano"};
/// EditionID of Windows 10 of the long-term servicing channel by how it begins.
constexpr std::array<std::string_view, 2> kLongTermEditions{"EnterpriseS", "IoTEnterpriseS"};

enum class Verdict
{
    kSupported,
    kUnsupported,
    /// Newer than the table, or simply not in it.
    kNotListed,
    /// In the table, and its support is over.
    kEnded,
};

struct Judged
{
    Verdict verdict = Verdict::kSupported;
    /// The text's case.
    const char* why = "";
};

/// Nothing: not in the table.
const Listed* FindListed(const WindowsVersion& windows)
{
    if (windows.server)
    {
        const auto found = std::ranges::find(kServers, windows.build, &Listed::build);
        return found == kServers.end() ? nullptr : &*found;
    }
    const auto found = std::ranges::find(kClients, windows.build, &Listed::build);
    if (found != kClients.end())
    {
        return &*found;
    }
    // Windows 10 and 11 have many builds.
    const auto first = std::ranges::find(
        kClients, windows.build < kFirstWindows11 ? kFirstWindows10 : kFirstWindows11, &Listed::build);
    return windows.build < kFirstWindows10 || windows.build >= kFirstUnknownClient ? nullptr : &*first;
}

Judged JudgeBuild(const WindowsVersion& windows)
{
    if (FindListed(windows) != nullptr)
    {
        return {};
    }
    constexpr std::uint32_t kFirstServer2012 = 9200;
    const bool unknown = windows.build >= (windows.server ? kFirstUnknownServer : kFirstUnknownClient);
    return windows.build < kFirstServer2012 ? Judged{Verdict::kUnsupported, "too_old"}
        : unknown                           ? Judged{Verdict::kNotListed, "newer"}
                                            : Judged{Verdict::kNotListed, "not_listed"};
}

/// `today` as "2026-12-01".
Judged JudgeSupport(const Listed& listed, std::string_view today)
{
    const auto isOver = [&](std::string_view end) { return !end.empty() && today > end; };
    if (!isOver(listed.supportEnds))
    {
        return {};
    }
    return listed.updatesEnd.empty() || isOver(listed.updatesEnd)
        ? Judged{Verdict::kEnded, "support_ended"}
        : Judged{Verdict::kEnded, "extended_updates"};
}

/// An empty edition says nothing.
Judged JudgeEdition(const WindowsVersion& windows, const std::string& edition)
{
    if (windows.server)
    {
        const bool foreign = std::ranges::any_of(
            kForeignServerEditions, [&](auto name) { return EqualsIgnoreCase(edition, name); });
        return foreign ? Judged{Verdict::kUnsupported, "edition"} : Judged{};
    }
    const bool listed = edition.empty() || std::ranges::any_of(kClientEditions, [&](auto name) {
        return StartsWithIgnoreCase(edition, name);
    });
    return listed ? Judged{} : Judged{Verdict::kNotListed, "edition_not_listed"};
}

/// "AMD64", "x86" or "ARM64"; empty says nothing.
Judged JudgeProcessor(const std::string& processor)
{
    if (EqualsIgnoreCase(processor, "x86"))
    {
        return {Verdict::kUnsupported, "32_bit"};
    }
    const bool listed = processor.empty() || EqualsIgnoreCase(processor, "AMD64");
    return listed ? Judged{} : Judged{Verdict::kNotListed, "processor_not_listed"};
}

/// The worst, and of the same the first.
Judged Worst(const std::array<Judged, 5>& all)
{
    for (const Verdict verdict : {Verdict::kUnsupported, Verdict::kNotListed, Verdict::kEnded})
    {
        const auto found = std::ranges::find(all, verdict, &Judged::verdict);
        if (found != all.end())
        {
            return *found;
        }
    }
    return {};
}

/// Whether its support is over today. Fails where the clock cannot be read and the date matters.
Answer<Judged> FindSupport(
    const MachineView& machine, const WindowsVersion& windows, const std::string& edition, Facts& facts)
{
    const Listed* listed = FindListed(windows);
    const bool longTerm = !windows.server && windows.build >= kFirstWindows10
        && std::ranges::any_of(
            kLongTermEditions, [&](auto name) { return StartsWithIgnoreCase(edition, name); });
    if (listed == nullptr || listed->supportEnds.empty() || longTerm)
    {
        return Judged{};
    }
    const auto clock = machine.Ask(ReadClock{});
    if (!clock)
    {
        const bool notAsked = clock.HasFailed() && clock.Error().code == code::kNotRecorded;
        return notAsked         ? Answer<Judged>(Judged{})
            : clock.HasFailed() ? Answer<Judged>(clock.Error())
                                : Answer<Judged>(Failure{code::kNotSupported, "read the clock"});
    }
    facts["support_ends"] = std::string(listed->supportEnds);
    if (!listed->updatesEnd.empty())
    {
        facts["updates_end"] = std::string(listed->updatesEnd);
    }
    return JudgeSupport(*listed, ToIso8601(clock->now).substr(0, listed->supportEnds.size()));
}

std::string TextOf(const Answer<RegistryValue>& value)
{
    return value ? value->AsString().value_or("") : std::string();
}

/// What the steps go by: only those of this situation are shown.
void AddWay(const Judged& judged, Facts& facts)
{
    const std::string_view why = judged.why;
    const bool otherServer = why == "server_core" || why == "edition" || why == "32_bit";
    facts["other_server"] = otherServer;
    facts["upgrade_windows"] = why == "too_old" || judged.verdict == Verdict::kEnded;
    facts["buy_updates"] = why == "extended_updates";
    facts["compare_list"] = judged.verdict == Verdict::kNotListed;
}

Outcome Conclude(const MachineView& machine, const WindowsVersion& windows,
    const Answer<RegistryValue>& edition, const Answer<RegistryValue>& processor, Facts facts)
{
    const auto support = FindSupport(machine, windows, TextOf(edition), facts);
    const Judged core = windows.serverCore ? Judged{Verdict::kUnsupported, "server_core"} : Judged{};
    const Judged judged = Worst({JudgeProcessor(TextOf(processor)), core, JudgeBuild(windows),
        JudgeEdition(windows, TextOf(edition)), support.ValueOr({})});
    if (judged.verdict != Verdict::kSupported)
    {
        facts["case"] = judged.why;
        AddWay(judged, facts);
        return Outcome::Problem(
            judged.verdict == Verdict::kUnsupported ? Level::kError : Level::kAdvice, std::move(facts));
    }
    for (const auto* value : {&edition, &processor})
    {
        if (value->HasFailed())
        {
            return Outcome::CouldNotCheck(value->Error(), std::move(facts));
        }
    }
    if (!support)
    {
        return Outcome::CouldNotCheck(support.Error(), std::move(facts));
    }
    if (facts.contains("support_ends"))
    {
        facts["case"] = "supported_until";
    }
    return Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto windows = machine.Ask(ReadWindowsVersion{});
    if (!windows)
    {
        return Outcome::CouldNotCheck(
            windows.HasFailed() ? windows.Error() : Failure{code::kNotSupported, "read the version"});
    }
    const auto edition = machine.Ask(ReadRegistryValue{{kCurrentVersion, "EditionID"}});
    const auto processor = machine.Ask(ReadRegistryValue{{kEnvironment, "PROCESSOR_ARCHITECTURE"}});
    Facts facts{{"windows", windows->product},
        {"version", fmt::format("{}.{}.{}", windows->major, windows->minor, windows->build)},
        {"server_core", windows->serverCore}};
    for (const auto& [name, value] : {std::pair("edition", &edition), std::pair("processor", &processor)})
    {
        if (const std::string text = TextOf(*value); !text.empty())
        {
            facts[name] = text;
        }
    }
    return Conclude(machine, *windows, edition, processor, std::move(facts));
}

} // namespace

const RootCause& OsUnsupported()
{
    static constexpr RootCause kCause{
        "basics.os_unsupported", "B-14", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
