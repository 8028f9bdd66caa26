// SPDX-License-Identifier: MIT
#include "model/restart_advice.h"

#include "catalogue.h"
#include "questions/registry.h"
#include "test_support.h"

#include <doctest/doctest.h>

namespace mars::test
{

namespace
{

const SetRegistryValue kModulePath{
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment", "PSModulePath"},
    RegistryValue::String("a"), RegistryValue::String("a;b"), false, {}};
const SetRegistryValue kOther{
    {"HKLM\\SOFTWARE\\Fictional", "Setting"}, RegistryValue::Dword(1), RegistryValue::Dword(2), false, {}};

/// A repair of S-6 at noon.
UndoItem Repair(const Change& change, StepState step = StepState::kDone)
{
    UndoItem item;
    item.entry.header.rootCause = "scheduling.module_path_missing";
    item.entry.header.when = kNow;
    item.entry.plan.changes = {kOther, change};
    item.entry.steps = {StepState::kDone, step};
    item.entry.end = EntryEnd::kApplied;
    return item;
}

std::size_t Waiting(const UndoItem& item, const std::optional<Timestamp>& booted)
{
    return WaitingForRestart(std::span(&item, 1), booted).size();
}

} // namespace

TEST_CASE("restart advice: a repair waits for the restart until the server was started after it")
{
    const UndoItem repair = Repair(kModulePath);
    const auto waiting = WaitingForRestart(std::span(&repair, 1), kNow - std::chrono::hours(5));
    REQUIRE(waiting.size() == 1);
    CHECK(waiting.front() == FindRootCause("scheduling.module_path_missing"));
    CHECK(Waiting(repair, kNow) == 1);
    CHECK(Waiting(repair, kNow + std::chrono::seconds(1)) == 0);
    CHECK(Waiting(repair, std::nullopt) == 1);
}

TEST_CASE("restart advice: what takes effect at once, was not made or was taken back needs none")
{
    const Timestamp booted = kNow - std::chrono::hours(5);
    CHECK(Waiting(Repair(kOther), booted) == 0);
    CHECK(Waiting(Repair(StartService{"obengine"}), booted) == 0);
    for (const StepState state : {StepState::kPending, StepState::kFailed, StepState::kUndone})
    {
        CHECK(Waiting(Repair(kModulePath, state), booted) == 0);
    }
    UndoItem damaged = Repair(kModulePath);
    damaged.entry.damage = "line 3";
    CHECK(Waiting(damaged, booted) == 0);
}

TEST_CASE("restart advice: each root cause is named once")
{
    const std::vector<UndoItem> journal{Repair(kModulePath), Repair(kModulePath)};
    CHECK(WaitingForRestart(journal, std::nullopt).size() == 1);
}

TEST_CASE("restart advice: what Windows reads when it starts")
{
    CHECK(TakesRestart(kModulePath));
    SetRegistryValue value = kOther;
    value.path.key =
        "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client";
    CHECK(TakesRestart(value));
    value.path.key = "hklm\\system\\currentcontrolset\\services\\partmgr\\Parameters";
    CHECK(TakesRestart(value));
    CHECK_FALSE(TakesRestart(kOther));
}

} // namespace mars::test
