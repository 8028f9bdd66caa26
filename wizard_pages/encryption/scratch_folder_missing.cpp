// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"
#include "scratch.h"
#include "scratch_folder_place.h"

namespace mars::encryption
{
namespace
{

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto folder = FindScratchFolder(machine, *agent);
    if (folder.HasFailed())
    {
        return Outcome::CouldNotCheck(folder.Error());
    }
    if (folder.IsAbsent())
    {
        return Outcome::Problem(Level::kError, {{"case", "no_folder_named"}});
    }
    Facts facts{{"scratch_folder", *folder}};
    const auto fault = JudgePlace(machine, *folder);
    if (!fault)
    {
        return Outcome::CouldNotCheck(fault.Error(), std::move(facts));
    }
    if (fault->empty())
    {
        return Outcome::Passed(std::move(facts));
    }
    facts["case"] = *fault;
    return Outcome::Problem(Level::kError, std::move(facts));
}

} // namespace

const RootCause& ScratchFolderMissing()
{
    static constexpr RootCause kCause{
        "encryption.scratch_folder_missing", "E-3", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::encryption
