// SPDX-License-Identifier: MIT
#include "activity.h"
#include "agent.h"
#include "questions/computer.h"
#include "questions/services.h"
#include "root_cause.h"
#include "service_start.h"

#include <chrono>

namespace mars::basics
{
namespace
{

constexpr std::chrono::seconds kPatience{60};
/// ERROR_SERVICE_NEVER_STARTED: what a service says that nobody started since Windows did.
constexpr std::uint32_t kNeverStarted = 1077;

Facts FactsOf(const ServiceStatus& service)
{
    Facts facts{{"service", service.name.empty() ? std::string(kAgentService) : service.name},
        {"display_name", service.displayName}, {"state", std::string(WordOf(service.state))},
        {"start_type", std::string(WordOf(service.startType))}};
    if (service.state == ServiceState::kStopped)
    {
        // A code, so no number that screens would group.
        facts["exit_code"] = std::to_string(service.exitCode);
    }
    return facts;
}

Outcome Problem(const char* textCase, Facts facts, Level level = Level::kError)
{
    facts["case"] = textCase;
    return Outcome::Problem(level, std::move(facts));
}

/// Windows does not say since when a service is changing its state. A service that starts creates its process
/// first, so that one's age is the time it takes.
Outcome JudgeStarting(const MachineView& machine, const ServiceStatus& service, Facts facts)
{
    if (!service.processStarted)
    {
        return Outcome::CouldNotCheck(
            {code::kNotSupported, "read when the process of service obengine was started"}, std::move(facts));
    }
    const auto clock = machine.Ask(ReadClock{});
    if (clock.HasFailed())
    {
        return Outcome::CouldNotCheck(clock.Error(), std::move(facts));
    }
    const auto age = clock->now - *service.processStarted;
    facts["process_started"] = *service.processStarted;
    facts["pending_seconds"] = std::int64_t{age.count()};
    return age > kPatience ? Problem("pending", std::move(facts)) : Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto service = machine.Ask(QueryService{kAgentService});
    if (service.HasFailed())
    {
        return Outcome::CouldNotCheck(service.Error());
    }
    if (service.IsAbsent())
    {
        return Problem("service_missing", {{"service", kAgentService}});
    }
    Facts facts = FactsOf(*service);
    if (service->state != ServiceState::kStopped)
    {
        // A restart, which the steps offer also where the service runs, would end a job.
        facts["job_running"] = ReadActivity(machine).activity == Activity::kBusy;
    }
    if (service->startType == StartType::kDisabled)
    {
        return Problem("disabled", std::move(facts));
    }
    switch (service->state)
    {
    case ServiceState::kRunning:
        return Outcome::Passed(std::move(facts));
    case ServiceState::kStopped:
        return Problem(service->exitCode == kNeverStarted ? "not_started" : "stopped", std::move(facts));
    case ServiceState::kPaused:
        return Problem("paused", std::move(facts));
    case ServiceState::kStartPending:
        return JudgeStarting(machine, *service, std::move(facts));
    default:
        // Its process may be days old when it is asked to stop: only a second look tells whether it hangs.
        return Problem("changing", std::move(facts), Level::kWarning);
    }
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    return ProposeStart(machine, kAgentService, StartType::kAutomatic);
}

} // namespace

const RootCause& ServiceStopped()
{
    static constexpr RootCause kCause{
        "basics.service_stopped", "B-3", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::basics
