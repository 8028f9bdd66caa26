// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/files.h"
#include "questions/volumes.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.unsupported_volumes");
}

LocalVolume Volume(const char* fileSystem = "NTFS", DriveKind kind = DriveKind::kFixed)
{
    return {{"X:\\"}, kind, fileSystem, false, false, false, 0};
}

RecordedMachine With(const LocalVolume& volume)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ListVolumes{}, [&](LocalVolumeList& list) { list.volumes.push_back(volume); });
    return machine;
}

std::string Found(const LocalVolume& volume)
{
    const Outcome outcome = Detect(Cause(), With(volume));
    CheckProblem(outcome, Level::kAdvice);
    const auto facts = outcome.facts.find("unsupported");
    return facts == outcome.facts.end() ? std::string()
                                        : std::get<std::vector<std::string>>(facts->second).at(0);
}

} // namespace

TEST_CASE("unsupported_volumes: NTFS on fixed drives passes, and an empty drive is no volume")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.facts.at("supported") == Fact(std::vector<std::string>{"C:\\", "E:\\"}));
}

TEST_CASE("unsupported_volumes: each kind that the agent cannot back up is listed with its reason")
{
    CHECK(Found(Volume("NTFS", DriveKind::kRemovable)) == "X:\\ (removable)");
    CHECK(Found(Volume("CDFS", DriveKind::kOptical)) == "X:\\ (optical)");
    CHECK(Found(Volume("ReFS")) == "X:\\ (ReFS)");
    CHECK(Found(Volume("FAT32")) == "X:\\ (FAT32)");
    CHECK(Found(Volume("")) == "X:\\ (unknown_format)");
    LocalVolume volume = Volume();
    volume.readOnly = true;
    CHECK(Found(volume) == "X:\\ (read_only)");
    volume = Volume("");
    volume.locked = true;
    CHECK(Found(volume) == "X:\\ (bitlocker_locked)");
}

TEST_CASE("unsupported_volumes: a volume without a path cannot be chosen, so it does not matter")
{
    LocalVolume volume = Volume("FAT32");
    volume.paths.clear();
    CheckPassed(Detect(Cause(), With(volume)));
}

TEST_CASE(
    "unsupported_volumes: a volume that Windows does not describe is no pass, unless another one is found")
{
    LocalVolume unknown = Volume("");
    unknown.code = code::kAccessDenied;
    RecordedMachine machine = With(unknown);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    Edit(machine, ListVolumes{}, [&](LocalVolumeList& list) { list.volumes.push_back(Volume("ReFS")); });
    CheckProblem(Detect(Cause(), machine), Level::kAdvice);
}

TEST_CASE("unsupported_volumes: without an agent there is nothing to judge")
{
    RecordedMachine machine = With(Volume("ReFS"));
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
}

TEST_CASE("unsupported_volumes: a list that cannot be read is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListVolumes{}, Failure{code::kTimeout, "list volumes"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

} // namespace mars::test
