// SPDX-License-Identifier: MIT
#include "mount_failures.h"
#include "offered_repair.h"
#include "questions/devices.h"
#include "questions/services.h"
#include "root_cause.h"
#include "service_start.h"

namespace mars::restore
{
namespace
{

constexpr const char* kService = "MSiSCSI";

Facts FactsOf(const ServiceStatus& service)
{
    return {{"service", service.name.empty() ? std::string(kService) : service.name},
        {"display_name", service.displayName}, {"state", std::string(WordOf(service.state))},
        {"start_type", std::string(WordOf(service.startType))}};
}

/// Who does not restore is not hurt by it, so it is no error before a volume failed to be mounted.
Outcome Problem(const MachineView& machine, const char* textCase, Facts facts)
{
    const auto failed = FindMountFailure(machine, {"IscsiMountFailure"});
    if (failed)
    {
        facts["mount_failed"] = *failed;
    }
    facts["case"] = failed ? "mount_failed" : textCase;
    return Outcome::Problem(failed ? Level::kError : Level::kWarning, std::move(facts));
}

/// The service is as it should be. What is left to say is whether the restart that the documentation asks for
/// would take a disk away from somebody.
Outcome PassedWithUse(const MachineView& machine, const ServiceStatus& service, Facts facts)
{
    std::vector<std::string> usedBy = service.runningDependents;
    const auto sessions = machine.Ask(ListIscsiSessions{});
    for (const IscsiSession& session : sessions.ValueOr({}).sessions)
    {
        usedBy.push_back(session.target);
    }
    if (!usedBy.empty())
    {
        facts["case"] = "running_in_use";
    }
    else if (sessions.HasFailed())
    {
        facts["case"] = "running_sessions_unknown";
    }
    facts["used_by"] = std::move(usedBy);
    return Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto service = machine.Ask(QueryService{kService});
    if (service.HasFailed())
    {
        return Outcome::CouldNotCheck(service.Error());
    }
    if (service.IsAbsent())
    {
        return Outcome::NotApplicable(reason::kServiceMissing, {{"service", kService}});
    }
    Facts facts = FactsOf(*service);
    if (service->startType == StartType::kDisabled)
    {
        return Problem(machine, "disabled", std::move(facts));
    }
    switch (service->state)
    {
    case ServiceState::kRunning:
    case ServiceState::kStartPending:
    case ServiceState::kContinuePending:
        return PassedWithUse(machine, *service, std::move(facts));
    default:
        break;
    }
    // As Windows comes: the service is started when somebody needs an iSCSI disk
    // (https://learn.microsoft.com/windows-server/security/windows-services/security-guidelines-for-disabling-system-services-in-windows-server).
    if (service->state == ServiceState::kStopped && service->startType == StartType::kManual)
    {
        facts["case"] = "stopped_manual";
        facts[kRepairOffered] = true;
        return Outcome::Passed(std::move(facts));
    }
    return Problem(machine, "stopped", std::move(facts));
}

/// Starts, and never stops: a session may carry somebody's disk.
RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    return ProposeStart(machine, kService, StartType::kManual);
}

} // namespace

const RootCause& IscsiServiceStopped()
{
    static constexpr RootCause kCause{
        "restore.iscsi_service_stopped", "R-5", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::restore
