// SPDX-License-Identifier: MIT
#include "agent.h"
#include "questions/files.h"
#include "root_cause.h"

namespace mars::basics
{
namespace
{

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto setup = ReadAgentSetup(machine);
    if (setup.HasFailed())
    {
        return Outcome::CouldNotCheck(setup.Error());
    }
    if (setup.IsAbsent())
    {
        return Outcome::Problem(Level::kError, {{"case", "not_installed"}, {"registry_key", kAgentSetupKey}});
    }
    Facts facts{{"install_path", setup->installPath}, {"engine_file", setup->EngineFile()}};
    const auto engine = machine.Ask(ReadFileInfo{setup->EngineFile()});
    if (engine.HasFailed())
    {
        return Outcome::CouldNotCheck(engine.Error(), std::move(facts));
    }
    if (engine.IsAbsent() || engine->IsDirectory())
    {
        facts["case"] = "program_missing";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& AgentMissing()
{
    static constexpr RootCause kCause{
        "basics.agent_missing", "B-1", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
