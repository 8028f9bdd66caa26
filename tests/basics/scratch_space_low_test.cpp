// SPDX-License-Identifier: MIT
#include "agent.h"
#include "catalogue.h"
#include "knowledge.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/volumes.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

constexpr std::uint64_t kGB = std::uint64_t{1} << 30;
constexpr std::uint64_t kFloor = 2'684'354'560;

const RootCause& Cause()
{
    return *FindRootCause("basics.scratch_space_low");
}

RecordedMachine WithSpace(std::uint64_t freeBytes, std::uint64_t totalBytes)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadVolume{kScratch}, [&](VolumeInfo& volume) {
        volume.freeBytes = freeBytes;
        volume.totalBytes = totalBytes;
    });
    return machine;
}

Given WithData(std::uint64_t bytes)
{
    Given given;
    given.dataBytes = bytes;
    return given;
}

} // namespace

TEST_CASE("scratch_space_low: enough space passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("scratch_folder") == kScratch);
    CHECK(outcome.facts.at("free") == Fact(ByteCount{200 * kGB}));
    CHECK(outcome.facts.at("free_percent") == Fact(std::int64_t{40}));
}

TEST_CASE("scratch_space_low: less than 2.5 GB is an error however small the volume")
{
    CheckProblem(Detect(Cause(), WithSpace(kFloor - 1, kFloor)), Level::kError, "below_minimum");
    CheckPassed(Detect(Cause(), WithSpace(kFloor, kFloor)));
    CheckProblem(Detect(Cause(), WithSpace(0, 0)), Level::kError, "below_minimum");
}

TEST_CASE("scratch_space_low: less than 5 percent of the backup data is an error, less than 10 a warning")
{
    const RecordedMachine machine = WithSpace(100 * kGB, 200 * kGB);
    const Outcome enough = Detect(Cause(), machine, WithData(1000 * kGB));
    CheckPassed(enough);
    CHECK(enough.Text("case") == "enough_for_data");
    const Outcome scarce = Detect(Cause(), machine, WithData(1000 * kGB + 1));
    CheckProblem(scarce, Level::kWarning, "below_recommended_share");
    CHECK(scarce.facts.at("recommended") == Fact(ByteCount{100 * kGB + 1}));
    CheckProblem(Detect(Cause(), machine, WithData(2000 * kGB)), Level::kWarning, "below_recommended_share");
    const Outcome tooLittle = Detect(Cause(), machine, WithData(2000 * kGB + 1));
    CheckProblem(tooLittle, Level::kError, "below_data_share");
    CHECK(tooLittle.facts.at("needed") == Fact(ByteCount{100 * kGB + 1}));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("scratch_space_low: where the size of the data is given, that of the volume says nothing")
{
    CheckPassed(Detect(Cause(), WithSpace(3 * kGB, 1000 * kGB), WithData(30 * kGB)));
    CheckProblem(
        Detect(Cause(), WithSpace(kFloor - 1, 1000 * kGB), WithData(kGB)), Level::kError, "below_minimum");
}

TEST_CASE(
    "scratch_space_low: without that size, less than 5 percent of the volume and less than 50 GB is advice")
{
    CheckProblem(Detect(Cause(), WithSpace(5 * kGB - 1, 100 * kGB)), Level::kAdvice, "below_five_percent");
    CheckPassed(Detect(Cause(), WithSpace(5 * kGB, 100 * kGB)));
    CheckProblem(Detect(Cause(), WithSpace(50 * kGB - 1, 4000 * kGB)), Level::kAdvice, "below_five_percent");
    CheckPassed(Detect(Cause(), WithSpace(50 * kGB, 4000 * kGB)));
    CheckPassed(Detect(Cause(), WithSpace(49 * kGB, 980 * kGB)));
}

TEST_CASE("scratch_space_low: a backup that succeeded leaves advice of an error and of the warning")
{
    const auto left = [](const Outcome& outcome) {
        return BuiltInKnowledge().RefutedBySuccess(Cause().id, outcome);
    };
    CHECK(left(Detect(Cause(), WithSpace(kFloor - 1, kFloor))) == Refuted::kAdvice);
    const RecordedMachine machine = WithSpace(100 * kGB, 200 * kGB);
    CHECK(left(Detect(Cause(), machine, WithData(1500 * kGB))) == Refuted::kAdvice);
    CHECK(left(Detect(Cause(), machine, WithData(2500 * kGB))) == Refuted::kAdvice);
}

TEST_CASE("scratch_space_low: sizes beyond all disks are judged without overflow")
{
    constexpr std::uint64_t kAll = ~std::uint64_t{0};
    CheckPassed(Detect(Cause(), WithSpace(kAll, kAll), WithData(kAll)));
    CheckPassed(Detect(Cause(), WithSpace(kAll / 20, kAll)));
    CheckProblem(
        Detect(Cause(), WithSpace(kAll / 20, kAll), WithData(kAll)), Level::kError, "below_data_share");
    CheckProblem(Detect(Cause(), WithSpace(kAll / 10, kAll), WithData(kAll)), Level::kWarning,
        "below_recommended_share");
}

TEST_CASE("scratch_space_low: without an agent or its folder there is nothing to judge")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{kScratch}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kScratchFolderMissing);
    machine = HealthyServer();
    machine.Set(ReadRegistryValue{{kAgentConfigKey, "ScratchLocation"}}, RegistryValue::String("nowhere"));
    machine.Set(ReadRegistryValue{{kAgentProviderKey, "ScratchLocation"}}, RegistryValue::String(""));
    CheckNotApplicable(Detect(Cause(), machine), reason::kScratchFolderMissing);
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
}

TEST_CASE("scratch_space_low: what cannot be read is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadVolume{kScratch}, Failure{21, "the device is not ready"});
    CheckCouldNotCheck(Detect(Cause(), machine), 21);
    machine.Set(ReadVolume{kScratch}, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    machine.Set(ReadFileInfo{kScratch}, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ReadRegistryValue{{kAgentConfigKey, "ScratchLocation"}}, Failure{code::kTimeout, "read"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

} // namespace mars::test
