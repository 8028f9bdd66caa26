// SPDX-License-Identifier: MIT
#include "jobs.h"
#include "questions/events.h"
#include "questions/volumes.h"

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

constexpr std::uint64_t kGiB = 1ULL << 30;
/// Enough, however large the volume is.
constexpr std::uint64_t kEnoughFree = 20 * kGiB;

/// A volume of 100 GB with its storage on one of 200 GB.
ShadowStorage Storage(std::optional<std::uint64_t> limit, std::uint64_t free)
{
    return {"D:\\", 100 * kGiB, "E:\\", 200 * kGiB, free, limit, 50};
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
    CheckPassed(Detect(Cause(), WithStorages({Storage(std::nullopt, kEnoughFree)})));
    const Outcome none = Detect(Cause(), WithStorages({}));
    CheckPassed(none);
    CHECK(none.Text("case") == "no_storage");
}

TEST_CASE("shadow_storage_low: a limit below 9.5 % of the source volume and below 10 GB is a warning")
{
    constexpr std::uint64_t limit = 95 * kGiB / 10;
    CheckPassed(Detect(Cause(), WithStorages({Storage(limit, kEnoughFree)})));
    const Outcome outcome =
        Detect(Cause(), WithStorages({Storage(std::nullopt, kEnoughFree), Storage(limit - 1, kEnoughFree)}));
    CheckProblem(outcome, Level::kWarning, "limit_low");
    CHECK(outcome.Text("volume") == "D:\\");
    CHECK(outcome.facts.at("limit") == Fact(ByteCount{limit - 1}));
    CHECK(outcome.facts.at("limit_percent") == Fact(std::int64_t{9}));
    ShadowStorage large = Storage(10 * kGiB, kEnoughFree);
    large.volumeBytes = 20'000 * kGiB;
    CheckPassed(Detect(Cause(), WithStorages({large})));
    large.limitBytes = 10 * kGiB - 1;
    CheckProblem(Detect(Cause(), WithStorages({large})), Level::kWarning, "limit_low");
}

TEST_CASE("shadow_storage_low: Windows' own limit, 10 % of the volume rounded down, passes")
{
    for (const std::uint64_t size : {3 * kGiB, 40 * kGiB + 4096, 99 * kGiB + 512})
    {
        ShadowStorage storage = Storage(size / 10 / 65536 * 65536, kEnoughFree);
        storage.volumeBytes = size;
        CheckPassed(Detect(Cause(), WithStorages({storage})));
    }
}

TEST_CASE("shadow_storage_low: less than 10 % and less than 20 GB free for the storage is a warning")
{
    const auto with = [](std::uint64_t size, std::uint64_t free) {
        ShadowStorage storage = Storage(std::nullopt, free);
        storage.storageVolumeBytes = size;
        return Detect(Cause(), WithStorages({storage}));
    };
    CheckPassed(with(100 * kGiB, 10 * kGiB));
    const Outcome outcome = with(100 * kGiB, 10 * kGiB - 1);
    CheckProblem(outcome, Level::kWarning, "space_low");
    CHECK(outcome.Text("storage_volume") == "E:\\");
    CHECK(outcome.facts.at("free_percent") == Fact(std::int64_t{9}));
    CheckPassed(with(20'000 * kGiB, 20 * kGiB));
    CheckProblem(with(20'000 * kGiB, 20 * kGiB - 1), Level::kWarning, "space_low");
}

TEST_CASE("shadow_storage_low: volumes without a path, or of less than 2 GB, are not judged")
{
    ShadowStorage recovery = Storage(1, 1);
    recovery.volume = "\\\\?\\Volume{7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001}\\";
    const Outcome outcome = Detect(Cause(), WithStorages({recovery}));
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "no_storage");
    recovery.volumeBytes.reset();
    CheckPassed(Detect(Cause(), WithStorages({recovery})));
    CheckProblem(
        Detect(Cause(), WithStorages({recovery, Storage(1, kEnoughFree)})), Level::kWarning, "limit_low");

    ShadowStorage small = Storage(1, 1);
    small.volumeBytes = 2 * kGiB - 1;
    CheckPassed(Detect(Cause(), WithStorages({small})));
    small.volumeBytes = 2 * kGiB;
    CheckProblem(Detect(Cause(), WithStorages({small})), Level::kWarning, "limit_low");
    // A folder is a path.
    small.volume = "C:\\Data\\";
    CheckProblem(Detect(Cause(), WithStorages({small})), Level::kWarning, "limit_low");
}

TEST_CASE("shadow_storage_low: sizes near the end of the range are no small ones")
{
    ShadowStorage huge = Storage(~std::uint64_t(0) - 1, kEnoughFree);
    huge.volumeBytes = ~std::uint64_t(0);
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
    machine = WithStorages({Storage(1, kEnoughFree)});
    machine.Set(kLosses, Failure{code::kNotSupported, "EvtQuery"});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "limit_low");

    machine = WithLoss(hours(1));
    machine.Set(kEndsOfJobs, Failure{code::kAccessDenied, "EvtQuery"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);

    ShadowStorage unknown = Storage(10 * kGiB, kEnoughFree);
    unknown.volumeBytes.reset();
    CheckCouldNotCheck(Detect(Cause(), WithStorages({unknown})), code::kNotSupported);
    unknown = Storage(std::nullopt, kEnoughFree);
    unknown.storageFreeBytes.reset();
    CheckCouldNotCheck(Detect(Cause(), WithStorages({unknown})), code::kNotSupported);
}

TEST_CASE("shadow_storage_low: needs the agent")
{
    CheckNeedsTheAgent(Cause());
}

} // namespace mars::test
