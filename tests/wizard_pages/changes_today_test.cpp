// SPDX-License-Identifier: MIT
#include "model/changes_today.h"

#include "fake_server.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "test_support.h"

#include <doctest/doctest.h>

namespace mars::test
{

namespace
{

const RegistryPath kValue{"HKLM\\SOFTWARE\\Fictional", "Setting"};
const SetRegistryValue kSetting{kValue, RegistryValue::Dword(1), RegistryValue::Dword(2), false, {}};

ChangeToday Look(const Change& change, const RecordedMachine& machine, StepState step = StepState::kDone)
{
    JournalEntry entry;
    entry.plan.changes = {change};
    entry.steps = {step};
    const auto looks = LookAtChanges(entry, machine, {});
    REQUIRE(looks.size() == 1);
    return looks.front();
}

RecordedMachine With(const Answer<RegistryValue>& value)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{kValue}, value);
    return machine;
}

} // namespace

TEST_CASE("changes today: a value as the repair left it, and as it was before")
{
    CHECK(Look(kSetting, With(RegistryValue::Dword(2))).today == Today::kAsLeft);
    CHECK(Look(kSetting, With(RegistryValue::Dword(1))).today == Today::kAsBefore);
    CHECK(Look(kSetting, With(RegistryValue::Dword(1)), StepState::kUndone).today == Today::kAsBefore);
}

TEST_CASE("changes today: what somebody changed since comes with the value that is there now")
{
    const ChangeToday changed = Look(kSetting, With(RegistryValue::Dword(7)));
    CHECK(changed.today == Today::kChangedSince);
    CHECK(
        changed.now == Describe(Change(SetRegistryValue{kValue, {}, RegistryValue::Dword(7), false, {}})).to);
    const ChangeToday removed = Look(kSetting, With(Absent{}));
    CHECK(removed.today == Today::kChangedSince);
    CHECK(removed.now == "(absent)");

    RecordedMachine machine = HealthyServer();
    Edit(machine, QueryService{"obengine"},
        [](ServiceStatus& service) { service.startType = StartType::kAutomaticDelayed; });
    const ChangeToday service =
        Look(SetServiceStartType{"obengine", StartType::kDisabled, StartType::kManual}, machine);
    CHECK(service.today == Today::kChangedSince);
    CHECK(service.now == "automatic_delayed");

    machine.Set(ReadNewDiskPolicy{}, NewDiskSetting{SanPolicy::kOnlineAll});
    const ChangeToday disks = Look(SetSanPolicy{SanPolicy::kOfflineAll, SanPolicy::kOfflineShared}, machine);
    CHECK(disks.today == Today::kChangedSince);
    CHECK(disks.now == WordOf(SanPolicy::kOnlineAll));
}

TEST_CASE("changes today: an object that is gone is no failure")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(QueryService{"obengine"}, Absent{});
    const ChangeToday gone =
        Look(SetServiceStartType{"obengine", StartType::kDisabled, StartType::kManual}, machine);
    CHECK(gone.today == Today::kGone);
    CHECK_FALSE(gone.why);
}

TEST_CASE("changes today: what cannot be asked says why")
{
    const ChangeToday denied = Look(kSetting, With(Failure{code::kAccessDenied, "open it"}));
    CHECK(denied.today == Today::kCannotTell);
    REQUIRE(denied.why);
    CHECK(denied.why->code == code::kAccessDenied);
}

TEST_CASE("changes today: run state, irreversible changes and those never made are told apart")
{
    const RecordedMachine machine = HealthyServer();
    CHECK(Look(RestartService{"obengine"}, machine).today == Today::kNothingToUndo);
    CHECK(Look(DeleteTemporaryFiles{"C:\\Temp", 3, 4}, machine).today == Today::kIrreversible);
    CHECK(Look(kSetting, With(RegistryValue::Dword(1)), StepState::kPending).today == Today::kNotMade);
    CHECK(
        Look(DeleteTemporaryFiles{"C:\\Temp", 3, 4}, machine, StepState::kPending).today == Today::kNotMade);
}

TEST_CASE("changes today: in the order in which they were made")
{
    JournalEntry entry;
    entry.plan.changes = {kSetting, RestartService{"obengine"}};
    entry.steps = {StepState::kDone, StepState::kPending};
    const auto looks = LookAtChanges(entry, With(RegistryValue::Dword(2)), {});
    REQUIRE(looks.size() == 2);
    CHECK(looks[0].today == Today::kAsLeft);
    CHECK(looks[1].today == Today::kNotMade);
}

} // namespace mars::test
