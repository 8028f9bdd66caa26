// SPDX-License-Identifier: MIT
#include "apply.h"

#include "changes/all.h"
#include "questions/registry.h"
#include "questions/services.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

using namespace changes;

namespace
{

template <class Kind>
AppliedChange MakeAndReadBack(const Kind& change, const ChangeContext& context, const ApplyProgress& progress)
{
    const auto state = State(change, context.machine, context.wait);
    if (!state)
    {
        return {state.Error(), {}};
    }
    if (*state != ChangeState::kBefore)
    {
        const bool already = *state == ChangeState::kAfter && Describe(change).runState;
        return {already ? Status::Done() : Status(ChangedSince(Describe(change).target)), {}};
    }
    if constexpr (std::is_same_v<Kind, DeleteTemporaryFiles>)
    {
        return DeleteIn(change, context, progress);
    }
    AppliedChange made;
    if constexpr (std::is_same_v<Kind, UncompressFolder>)
    {
        made = UncompressIn(change, context, progress);
    }
    else if constexpr (std::is_same_v<Kind, InstallInboxDriver>)
    {
        made = InstallIn(change, context);
    }
    else
    {
        made.status = Make(change, context);
    }
    if (!made.status
        || std::is_same_v<Kind,
            RestartService> || std::is_same_v<Kind, ResyncClock> || std::is_same_v<Kind, InstallInboxDriver>)
    {
        return made;
    }
    const auto readBack = State(change, context.machine, context.wait);
    if (!readBack)
    {
        made.status = readBack.Error();
    }
    else if (*readBack != ChangeState::kAfter)
    {
        made.status = Failure{code::kInternalError, fmt::format("{} was not kept", Describe(change).target)};
    }
    return made;
}

template <class Kind>
constexpr bool kIsRunState =
    std::is_same_v<Kind,
        StartService> || std::is_same_v<Kind, StopService> || std::is_same_v<Kind, RestartService>;

template <class Kind>
Status TakeBackSetting(const Kind& change, const ChangeContext& context)
{
    const auto state = State(change, context.machine, context.wait);
    if (!state)
    {
        return state.Error();
    }
    if (*state == ChangeState::kElsewhere)
    {
        return ChangedSince(Describe(change).target);
    }
    return *state == ChangeState::kBefore ? Status::Done() : TakeBack(change, context);
}

} // namespace

Answer<ChangeState> ReadState(const Change& change, const Machine& machine, const Wait& wait)
{
    return std::visit([&](const auto& one) { return State(one, machine, wait); }, change);
}

Status Prepare(Plan& plan, const Machine& machine, const Wait& wait)
{
    // A key that several values need is made by the first of them, and goes when that one is taken back:
    // last.
    std::vector<std::pair<std::string, RegistryView>> made;
    for (Change& change : plan.changes)
    {
        auto* value = std::get_if<SetRegistryValue>(&change);
        if (value == nullptr || !value->after)
        {
            continue;
        }
        const auto missing = MissingKeys(value->path, machine, wait);
        if (!missing)
        {
            return missing.Error();
        }
        value->createdKeys.clear();
        for (const std::string& key : *missing)
        {
            const bool isMade = std::ranges::any_of(made, [&](const auto& one) {
                return EqualsIgnoreCase(one.first, key) && one.second == value->path.view;
            });
            if (!isMade)
            {
                made.emplace_back(key, value->path.view);
                value->createdKeys.push_back(key);
            }
        }
    }
    return Status::Done();
}

AppliedChange ApplyChange(const Change& change, MachineChanger& changer, const Machine& machine,
    const Wait& wait, const ApplyProgress& progress)
{
    const ChangeContext context{changer, machine, wait};
    return std::visit([&](const auto& one) { return MakeAndReadBack(one, context, progress); }, change);
}

Status RollBackChange(const Change& change, MachineChanger& changer, const Machine& machine, const Wait& wait)
{
    const ChangeContext context{changer, machine, wait};
    const auto takeBack = [&]<class Kind>(const Kind& one) -> Status {
        if constexpr (kIsRunState<Kind>)
        {
            return Status::Done();
        }
        else
        {
            return TakeBackSetting(one, context);
        }
    };
    return std::visit(takeBack, change);
}

void NoteWhatRuns(std::vector<Change>& changes, const Machine& machine, const Wait& wait)
{
    const auto note = [&]<class Kind>(Kind& one) {
        if constexpr (std::is_same_v<Kind, StopService> || std::is_same_v<Kind, RestartService>)
        {
            const auto service = machine.Ask(QueryService{one.service}, wait);
            one.ranBefore = !service ? RanBefore::kUnknown
                : IsDown(*service)   ? RanBefore::kNo
                                     : RanBefore::kYes;
        }
    };
    for (Change& change : changes)
    {
        std::visit(note, change);
    }
}

Status StartAgain(const std::string& service, bool stopIsComing, MachineChanger& changer,
    const Machine& machine, const Wait& wait)
{
    const auto before = machine.Ask(QueryService{service}, wait);
    if (before && before->state == ServiceState::kRunning)
    {
        if (!stopIsComing)
        {
            return Status::Done();
        }
        if (Status stopped = changer.StopService(service, wait); !stopped)
        {
            return stopped;
        }
    }
    // Also where Windows did not say how it stands: a service that runs is not started twice.
    if (Status started = changer.StartService(service, wait); !started)
    {
        return started;
    }
    return MustBe(ServiceState::kRunning, service, machine, wait);
}

Status StopAgain(
    const std::string& service, MachineChanger& changer, const Machine& machine, const Wait& wait)
{
    const auto before = machine.Ask(QueryService{service}, wait);
    if (!before)
    {
        return WhyNoValue(before, service);
    }
    if (IsDown(*before))
    {
        return Status::Done();
    }
    if (Status stopped = changer.StopService(service, wait); !stopped)
    {
        return stopped;
    }
    return MustBe(ServiceState::kStopped, service, machine, wait);
}

} // namespace mars
