// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"
#include "scratch.h"

#include <algorithm>

namespace mars::encryption
{
namespace
{

/// The other places where the key file may have been left behind.
std::vector<std::string> FindElsewhere(
    const MachineView& machine, const Agent& agent, const std::string& scratch)
{
    const auto locations = ReadScratchLocations(machine);
    std::vector<std::string> folders = locations ? locations->Folders() : std::vector<std::string>();
    folders.push_back(agent.DefaultScratchFolder());
    std::vector<std::string> found;
    for (const std::string& folder : folders)
    {
        const auto isSame = [&](const std::string& other) { return IsSameFolder(folder, other); };
        if (!isSame(scratch) && std::ranges::none_of(found, isSame) && ReadKeyFile(machine, folder))
        {
            found.push_back(folder);
        }
    }
    return found;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    auto opened = OpenScratchFolder(machine);
    if (const auto* outcome = std::get_if<Outcome>(&opened))
    {
        return *outcome;
    }
    auto& [agent, folder, facts] = std::get<ScratchFolder>(opened);
    const auto registration = ReadRegistration(machine);
    if (!registration)
    {
        return WithoutRegistration(registration);
    }
    const auto key = ReadKeyFile(machine, folder);
    if (key.HasFailed())
    {
        return Outcome::CouldNotCheck(key.Error(), std::move(facts));
    }
    if (key)
    {
        facts["key_file_written"] = key->written;
        return Outcome::Passed(std::move(facts));
    }
    auto elsewhere = FindElsewhere(machine, agent, folder);
    if (!elsewhere.empty())
    {
        facts["case"] = "found_elsewhere";
        facts["found_in"] = std::move(elsewhere);
    }
    return Outcome::Problem(Level::kError, std::move(facts));
}

} // namespace

const RootCause& KeyFileMissing()
{
    static constexpr RootCause kCause{
        "encryption.key_file_missing", "E-1", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::encryption
