// SPDX-License-Identifier: MIT
#include "agent.h"
#include "catalogue.h"
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

TEST_CASE("scratch_space_low: less than 5 percent of the backup data is an error where its size is given")
{
    const RecordedMachine machine = WithSpace(100 * kGB, 200 * kGB);
    CheckPassed(Detect(Cause(), machine, WithData(2000 * kGB)));
    const Outcome outcome = Detect(Cause(), machine, WithData(2000 * kGB + 1));
    CheckProblem(outcome, Level::kError, "below_data_share");
    CHECK(outcome.facts.at("needed") == Fact(ByteCount{100 * kGB + 1}));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("scratch_space_low: less than 5 percent of the volume is a warning")
{
    CheckProblem(Detect(Cause(), WithSpace(5 * kGB - 1, 100 * kGB)), Level::kWarning, "below_five_percent");
    CheckProblem(Detect(Cause(), WithSpace(5 * kGB, 100 * kGB)), Level::kAdvice, "below_ten_percent");
}

TEST_CASE("scratch_space_low: less than 10 percent of the volume is advice")
{
    CheckProblem(Detect(Cause(), WithSpace(10 * kGB - 1, 100 * kGB)), Level::kAdvice, "below_ten_percent");
    CheckPassed(Detect(Cause(), WithSpace(10 * kGB, 100 * kGB)));
}

TEST_CASE("scratch_space_low: sizes beyond all disks are judged without overflow")
{
    CheckPassed(
        Detect(Cause(), WithSpace(~std::uint64_t{0}, ~std::uint64_t{0}), WithData(~std::uint64_t{0})));
    CheckProblem(Detect(Cause(), WithSpace(~std::uint64_t{0} / 20, ~std::uint64_t{0})), Level::kWarning,
        "below_five_percent");
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
