// SPDX-License-Identifier: MIT
#include "agent.h"
#include "questions/volumes.h"
#include "root_cause.h"

#include <fmt/format.h>

namespace mars::basics
{
namespace
{

/// Why the agent cannot back the volume up, as a word that is never translated; empty: it can.
std::string WhyUnsupported(const LocalVolume& volume)
{
    if (volume.locked)
    {
        return "bitlocker_locked";
    }
    if (volume.kind == DriveKind::kRemovable || volume.kind == DriveKind::kOptical)
    {
        return std::string(WordOf(volume.kind));
    }
    if (!EqualsIgnoreCase(volume.fileSystem, "NTFS"))
    {
        return volume.fileSystem.empty() ? "unknown_format" : volume.fileSystem;
    }
    return volume.readOnly ? "read_only" : "";
}

std::string PathOf(const LocalVolume& volume)
{
    return volume.paths.empty() ? std::string() : volume.paths.front();
}

struct Judged
{
    std::vector<std::string> supported;
    std::vector<std::string> unsupported;
    /// A volume of which nothing is known, and nothing else found.
    std::optional<Failure> unknown;
};

Judged Judge(const LocalVolumeList& list)
{
    Judged judged;
    for (const LocalVolume& volume : list.volumes)
    {
        // A drive with nothing in it is no volume, and one without a path cannot be chosen for a backup.
        if (volume.empty || volume.paths.empty())
        {
            continue;
        }
        if (volume.code != 0)
        {
            judged.unknown = Failure{volume.code, "read the volume " + PathOf(volume)};
            continue;
        }
        const std::string why = WhyUnsupported(volume);
        (why.empty() ? judged.supported : judged.unsupported)
            .push_back(why.empty() ? PathOf(volume) : fmt::format("{} ({})", PathOf(volume), why));
    }
    return judged;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto volumes = machine.Ask(ListVolumes{});
    if (!volumes)
    {
        return Outcome::CouldNotCheck(
            volumes.HasFailed() ? volumes.Error() : Failure{code::kNotSupported, "list volumes"});
    }
    Judged judged = Judge(*volumes);
    Facts facts{{"supported", judged.supported}};
    if (!judged.unsupported.empty())
    {
        facts["unsupported"] = std::move(judged.unsupported);
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    return judged.unknown ? Outcome::CouldNotCheck(*judged.unknown, std::move(facts))
                          : Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& UnsupportedVolumes()
{
    static constexpr RootCause kCause{
        "basics.unsupported_volumes", "B-8", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
