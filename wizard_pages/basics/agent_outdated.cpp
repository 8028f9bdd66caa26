// SPDX-License-Identifier: MIT
#include "agent_outdated.h"

#include "agent.h"
#include "questions/files.h"
#include "root_cause.h"

namespace mars::basics
{
namespace
{

Outcome Problem(Level level, const char* textCase, Facts facts)
{
    facts["case"] = textCase;
    return Outcome::Problem(level, std::move(facts));
}

/// Agents of different branches are not compared: a higher number of the other one is no newer agent.
Facts FactsOf(const AgentVersions& known, const FileVersion& version)
{
    const AgentVersions::Branch& branch = known.BranchOf(version);
    Facts facts{{"version", version.ToString()}, {"branch", branch.name},
        {"newest_known", branch.Newest().version.ToString()}, {"newest_released", branch.Newest().released},
        {"minimum_supported", known.supported.ToString()},
        {"minimum_registration", known.registration.ToString()}};
    if (const std::string released = known.ReleasedBy(version); !released.empty())
    {
        facts["released"] = released;
    }
    return facts;
}

/// Below the version that reads the credentials files of today.
Outcome JudgeRegistration(const MachineView& machine, Facts facts)
{
    const auto registration = ReadRegistration(machine);
    if (registration.HasFailed())
    {
        return Outcome::CouldNotCheck(registration.Error(), std::move(facts));
    }
    facts["registered"] = registration.HasValue();
    return registration ? Problem(Level::kWarning, "no_new_registration", std::move(facts))
                        : Problem(Level::kError, "cannot_register", std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto version = ReadAgentVersion(machine, *agent);
    if (version.HasFailed())
    {
        return Outcome::CouldNotCheck(version.Error());
    }
    if (version.IsAbsent())
    {
        return Outcome::NotApplicable(reason::kAgentMissing);
    }
    return JudgeAgentVersion(machine, *version, KnownAgentVersions());
}

} // namespace

Outcome JudgeAgentVersion(const MachineView& machine, const FileVersion& version, const AgentVersions& known)
{
    Facts facts = FactsOf(known, version);
    if (version < known.supported)
    {
        facts["register_again"] = true;
        return Problem(Level::kError, "unsupported", std::move(facts));
    }
    if (version < known.registration)
    {
        return JudgeRegistration(machine, std::move(facts));
    }
    return known.IsFarBehind(version) ? Problem(Level::kAdvice, "not_newest", std::move(facts))
                                      : Outcome::Passed(std::move(facts));
}

const RootCause& AgentOutdated()
{
    static constexpr RootCause kCause{
        "basics.agent_outdated", "B-2", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
