// SPDX-License-Identifier: MIT
#include "jobs.h"

namespace mars::test
{
namespace
{

using std::chrono::hours;

const RootCause& Cause()
{
    return *FindRootCause("jobs.shadow_storage_low");
}

const ReadProviderEvents kLosses{"System", "volsnap", {24, 25, 33, 35, 36}};

ShadowStorage Storage(std::optional<std::uint64_t> limit, std::uint64_t free)
{
    return {"D:\\", 1000, "E:\\", 2000, free, limit, 50};
}

RecordedMachine WithStorages(std::vector<ShadowStorage> storages)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListShadowStorage{}, ShadowStorageList{std::move(storages)});
    return machine;
}

RecordedMachine WithLoss(hours ago, std::uint32_t id = 25)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kLosses, EventList{{{id, kNow - ago}}});
    return machine;
}

} // namespace

TEST_CASE("shadow_storage_low: room enough, no limit and no storage yet pass")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    CheckPassed(Detect(Cause(), WithStorages({Storage(std::nullopt, 2000)})));
    const Outcome none = Detect(Cause(), WithStorages({}));
    CheckPassed(none);
    CHECK(none.Text("case") == "no_storage");
}

TEST_CASE("shadow_storage_low: a limit below 10 % of the source volume is a warning")
{
    CheckPassed(Detect(Cause(), WithStorages({Storage(100, 2000)})));
    const Outcome outcome = Detect(Cause(), WithStorages({Storage(std::nullopt, 2000), Storage(99, 2000)}));
    CheckProblem(outcome, Level::kWarning, "limit_low");
    CHECK(outcome.Text("volume") == "D:\\");
    CHECK(outcome.facts.at("limit") == Fact(ByteCount{99}));
    CHECK(outcome.facts.at("limit_percent") == Fact(std::int64_t{9}));
}

TEST_CASE("shadow_storage_low: less than 10 % free on the volume of the storage is a warning")
{
    CheckPassed(Detect(Cause(), WithStorages({Storage(std::nullopt, 200)})));
    const Outcome outcome = Detect(Cause(), WithStorages({Storage(std::nullopt, 199)}));
    CheckProblem(outcome, Level::kWarning, "space_low");
    CHECK(outcome.Text("storage_volume") == "E:\\");
    CHECK(outcome.facts.at("free_percent") == Fact(std::int64_t{9}));
}

TEST_CASE("shadow_storage_low: sizes near the end of the range are no small ones")
{
    ShadowStorage huge = Storage(~std::uint64_t(0) - 1, 2000);
    CheckPassed(Detect(Cause(), WithStorages({huge})));
}

TEST_CASE("shadow_storage_low: an event since the last success is an error, whatever the sizes are")
{
    for (const std::uint32_t id : {24U, 25U, 33U, 35U, 36U})
    {
        const Outcome outcome = Detect(Cause(), WithLoss(hours(13), id));
        CheckProblem(outcome, Level::kError, "snapshot_lost");
        CHECK(outcome.facts.at("event") == Fact(std::int64_t{id}));
    }
    RecordedMachine machine = WithLoss(hours(13));
    machine.Set(ListShadowStorage{}, Failure{code::kAccessDenied, "WMI"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "snapshot_lost");
}

TEST_CASE("shadow_storage_low: an event before the last success was overcome")
{
    CheckPassed(Detect(Cause(), WithLoss(hours(14))));
    RecordedMachine machine = WithLoss(hours(15));
    machine.Set(kEndsOfJobs, EventList{});
    machine.Set(ReadEvents{"CloudBackup/Operational", {1, 3, 10, 11}}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "snapshot_lost");
}

TEST_CASE("shadow_storage_low: the newest of several events is named, and all are counted")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kLosses, EventList{{{33, kNow - hours(1)}, {25, kNow - hours(2)}, {25, kNow - hours(20)}}});
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(outcome.facts.at("event") == Fact(std::int64_t{33}));
    CHECK(outcome.facts.at("event_at") == Fact(kNow - hours(1)));
    CHECK(outcome.facts.at("event_count") == Fact(std::int64_t{2}));
}

TEST_CASE("shadow_storage_low: what cannot be asked is not taken for good")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListShadowStorage{}, Failure{code::kAccessDenied, "WMI"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ListShadowStorage{}, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);

    for (const Answer<EventList>& none :
        {Answer<EventList>(Absent{}), Answer<EventList>(Failure{code::kNotSupported, "EvtQuery"})})
    {
        machine = HealthyServer();
        machine.Set(kLosses, none);
        CheckCouldNotCheck(Detect(Cause(), machine), none.IsAbsent() ? 15007 : code::kNotSupported);
    }
    machine = WithStorages({Storage(99, 2000)});
    machine.Set(kLosses, Failure{code::kNotSupported, "EvtQuery"});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "limit_low");

    machine = WithLoss(hours(1));
    machine.Set(kEndsOfJobs, Failure{code::kAccessDenied, "EvtQuery"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);

    ShadowStorage unknown = Storage(100, 2000);
    unknown.volumeBytes.reset();
    CheckCouldNotCheck(Detect(Cause(), WithStorages({unknown})), code::kNotSupported);
    unknown = Storage(std::nullopt, 2000);
    unknown.storageFreeBytes.reset();
    CheckCouldNotCheck(Detect(Cause(), WithStorages({unknown})), code::kNotSupported);
}

TEST_CASE("shadow_storage_low: needs the agent")
{
    CheckNeedsTheAgent(Cause());
}

} // namespace mars::test
