// SPDX-License-Identifier: MIT
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

/// "Microsoft Azure Recovery Services Management Agent", which reports jobs and alerts to the portal.
constexpr const char* kService = "OBRecoveryServicesManagementAgent";
/// Windows starts a delayed service some minutes after the others.
constexpr std::chrono::minutes kDelay{10};

Facts FactsOf(const ServiceStatus& service)
{
    return {{"service", kService}, {"display_name", service.displayName},
        {"state", std::string(WordOf(service.state))},
        {"start_type", std::string(WordOf(service.startType))}};
}

Outcome Problem(const char* textCase, Facts facts)
{
    facts["case"] = textCase;
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

bool IsStillToCome(const MachineView& machine, const ServiceStatus& service)
{
    const auto clock = machine.Ask(ReadClock{});
    return service.startType == StartType::kAutomaticDelayed && clock && clock->now - clock->booted < kDelay;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto service = machine.Ask(QueryService{kService});
    if (!service)
    {
        return service.HasFailed() ? Outcome::CouldNotCheck(service.Error())
                                   : Outcome::NotApplicable(reason::kServiceMissing);
    }
    Facts facts = FactsOf(*service);
    if (service->startType == StartType::kDisabled)
    {
        return Problem("disabled", std::move(facts));
    }
    const bool runs =
        service->state == ServiceState::kRunning || service->state == ServiceState::kStartPending;
    if (runs)
    {
        return Outcome::Passed(std::move(facts));
    }
    if (service->startType == StartType::kManual || IsStillToCome(machine, *service))
    {
        facts["case"] = "passed_not_running";
        return Outcome::Passed(std::move(facts));
    }
    return Problem(service->state == ServiceState::kStopped ? "stopped" : "not_running", std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    return ProposeStart(machine, kService, StartType::kAutomatic);
}

} // namespace

const RootCause& ManagementServiceStopped()
{
    static constexpr RootCause kCause{
        "basics.management_service_stopped", "B-17", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::basics
