// SPDX-License-Identifier: MIT
#include "agent.h"
#include "agent_versions.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "root_cause.h"

#include <array>

namespace mars::basics
{
namespace
{

constexpr const char* kKey = "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full";

struct Release
{
    std::uint32_t atLeast;
    const char* name;
};
/// The lowest Release number of each version, on whatever Windows; a version has several.
constexpr std::array kReleases{Release{533320, "4.8.1"}, Release{528040, "4.8"}, Release{461808, "4.7.2"},
    Release{461308, "4.7.1"}, Release{460798, "4.7"}, Release{394802, "4.6.2"}, Release{394254, "4.6.1"},
    Release{393295, "4.6"}, Release{379893, "4.5.2"}, Release{378675, "4.5.1"}, Release{378389, "4.5"}};
constexpr std::uint32_t kOldMinimum = 379893;
constexpr std::uint32_t kMinimum = 394802;
/// What the installer of the agent asks for.
constexpr std::uint32_t kForInstaller = 528040;

std::string NameOf(std::uint32_t release)
{
    for (const Release& known : kReleases)
    {
        if (release >= known.atLeast)
        {
            return known.name;
        }
    }
    return "4.0";
}

/// Enough for an agent that runs, and too old for the installer. So it matters where that has to run: no
/// agent, or one that can no longer register a server.
Outcome JudgeForInstaller(const MachineView& machine, Facts facts)
{
    const auto agent = FindAgent(machine);
    const auto version = agent ? ReadAgentVersion(machine, *agent)
        : agent.HasFailed()    ? Answer<FileVersion>(agent.Error())
                               : Answer<FileVersion>(Absent{});
    if (version.HasFailed() && version.Error().code != code::kNotRecorded)
    {
        return Outcome::CouldNotCheck(version.Error(), std::move(facts));
    }
    const bool absent = version.IsAbsent();
    const bool outdated = version && *version < KnownAgentVersions().registration;
    if (version)
    {
        facts["agent_version"] = version->ToString();
    }
    facts["case"] = absent ? "agent_to_install" : outdated ? "agent_to_upgrade" : "below_4_8";
    return Outcome::Problem(absent || outdated ? Level::kWarning : Level::kAdvice, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto value = machine.Ask(ReadRegistryValue{{kKey, "Release"}});
    if (value.HasFailed())
    {
        return Outcome::CouldNotCheck(value.Error());
    }
    if (value.IsAbsent())
    {
        // Only 4.5 and later write the value.
        return Outcome::Problem(Level::kError, {{"case", "missing"}, {"meets_4_5_2", false}});
    }
    const auto release = value->AsDword();
    if (!release)
    {
        return Outcome::CouldNotCheck({code::kInvalidData, std::string("read Release of ") + kKey});
    }
    // A code, so no number that screens would group.
    Facts facts{{"release", std::to_string(*release)}, {"version", NameOf(*release)},
        {"meets_4_5_2", *release >= kOldMinimum}};
    if (*release < kMinimum)
    {
        facts["case"] = *release < kOldMinimum ? "below_4_5_2" : "below_4_6_2";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    return *release < kForInstaller ? JudgeForInstaller(machine, std::move(facts))
                                    : Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& DotnetOutdated()
{
    static constexpr RootCause kCause{
        "basics.dotnet_outdated", "B-10", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
