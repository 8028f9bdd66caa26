// SPDX-License-Identifier: MIT
#include "changes/services.h"

#include "questions/services.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::changes
{

Answer<ChangeState> State(const SetServiceStartType& change, const Machine& machine, const Wait& wait)
{
    const auto service = machine.Ask(QueryService{change.service}, wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    return StateOf(service->startType, change.before, change.after);
}

Status Make(const SetServiceStartType& change, const ChangeContext& context)
{
    return context.changer.SetServiceStartType(change.service, change.after);
}

Status TakeBack(const SetServiceStartType& change, const ChangeContext& context)
{
    return context.changer.SetServiceStartType(change.service, change.before);
}

Status MustBe(ServiceState state, const std::string& service, const Machine& machine, const Wait& wait)
{
    const auto now = machine.Ask(QueryService{service}, wait);
    if (!now)
    {
        return WhyNoValue(now, service);
    }
    return now->state == state
        ? Status::Done()
        : Status(Failure{code::kInternalError, fmt::format("{} is {}", service, WordOf(now->state))});
}

bool IsDown(const ServiceStatus& service)
{
    return service.state == ServiceState::kStopped || service.state == ServiceState::kStopPending;
}

Answer<ChangeState> State(const StartService& change, const Machine& machine, const Wait& wait)
{
    const auto service = machine.Ask(QueryService{change.service}, wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    return service->state == ServiceState::kRunning ? ChangeState::kAfter : ChangeState::kBefore;
}

Status Make(const StartService& change, const ChangeContext& context)
{
    return context.changer.StartService(change.service, context.wait);
}

Answer<ChangeState> State(const StopService& change, const Machine& machine, const Wait& wait)
{
    const auto service = machine.Ask(QueryService{change.service}, wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    return service->state == ServiceState::kStopped ? ChangeState::kAfter : ChangeState::kBefore;
}

Status Make(const StopService& change, const ChangeContext& context)
{
    return context.changer.StopService(change.service, context.wait);
}

Answer<ChangeState> State(const RestartService& change, const Machine& machine, const Wait& wait)
{
    const auto service = machine.Ask(QueryService{change.service}, wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    return ChangeState::kBefore;
}

Status Make(const RestartService& change, const ChangeContext& context)
{
    const auto service = context.machine.Ask(QueryService{change.service}, context.wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    if (service->state != ServiceState::kStopped)
    {
        if (Status stopped = context.changer.StopService(change.service, context.wait); !stopped)
        {
            return stopped;
        }
        if (Status stopped = MustBe(ServiceState::kStopped, change.service, context.machine, context.wait);
            !stopped)
        {
            return stopped;
        }
    }
    if (context.wait.stop.stop_requested())
    {
        return context.wait.WhyOver("restarting " + change.service);
    }
    // A slow stop takes nothing from the time to start.
    const Wait wait{std::chrono::steady_clock::now() + kStepDeadline, context.wait.stop};
    if (Status started = context.changer.StartService(change.service, wait); !started)
    {
        return started;
    }
    return MustBe(ServiceState::kRunning, change.service, context.machine, wait);
}

} // namespace mars::changes
