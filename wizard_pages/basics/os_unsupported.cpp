// SPDX-License-Identifier: MIT
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

/// Windows Server 2012, 2012 R2, 2016, 2019 and 2022.
constexpr std::array<std::uint32_t, 5> kServerBuilds{9200, 9600, 14393, 17763, 20348};
/// Windows Server 2025, of which the documents said nothing when this was written.
constexpr std::uint32_t kFirstUnknownServer = 26100;
/// Windows 8, and the builds after those of Windows 11.
constexpr std::uint32_t kFirstClient = 9200;
constexpr std::uint32_t kFirstUnknownClient = 27000;

/// EditionID of clients by how it begins: Home, Pro, Enterprise and IoT, their N, K and LTSC variants too.
constexpr std::array<std::string_view, 4> kClientEditions{
    "Core", "Professional", "Enterprise", "IoTEnterprise"};
/// Editions of servers that are made for something else: Hyper-V Server, Azure Stack HCI, Nano Server.
constexpr std::array<std::string_view, 4> kForeignServerEditions{
    "ServerHyperCore", "ServerAzureStackHCICor", "ServerStandardNano", "ServerDatacenterNano"};

enum class Verdict
{
    kSupported,
    kUnsupported,
    /// Newer than the table, or simply not in it.
    kNotListed,
};

struct Judged
{
    Verdict verdict = Verdict::kSupported;
    /// The text's case.
    const char* why = "";
};

Judged JudgeBuild(const WindowsVersion& windows)
{
    const bool old = windows.build < kFirstClient;
    const bool unknown = windows.build >= (windows.server ? kFirstUnknownServer : kFirstUnknownClient);
    if (old || unknown)
    {
        return old ? Judged{Verdict::kUnsupported, "too_old"} : Judged{Verdict::kNotListed, "newer"};
    }
    const bool listed =
        !windows.server || std::ranges::find(kServerBuilds, windows.build) != kServerBuilds.end();
    return listed ? Judged{} : Judged{Verdict::kNotListed, "not_listed"};
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
Judged Worst(const std::array<Judged, 4>& all)
{
    for (const Verdict verdict : {Verdict::kUnsupported, Verdict::kNotListed})
    {
        const auto found = std::ranges::find(all, verdict, &Judged::verdict);
        if (found != all.end())
        {
            return *found;
        }
    }
    return {};
}

std::string TextOf(const Answer<RegistryValue>& value)
{
    return value ? value->AsString().value_or("") : std::string();
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
    const Judged core = windows->serverCore ? Judged{Verdict::kUnsupported, "server_core"} : Judged{};
    const Judged judged = Worst({JudgeProcessor(TextOf(processor)), core, JudgeBuild(*windows),
        JudgeEdition(*windows, TextOf(edition))});
    if (judged.verdict != Verdict::kSupported)
    {
        facts["case"] = judged.why;
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
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& OsUnsupported()
{
    static constexpr RootCause kCause{
        "basics.os_unsupported", "B-14", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
