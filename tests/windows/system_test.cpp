// SPDX-License-Identifier: MIT
#include "asking.h"
#include "file_time.h"
#include "handle.h"
#include "questions/computer.h"
#include "questions/programs.h"
#include "questions/protection.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "version_text.h"
#include "wide.h"
#include "windows_changer.h"

#include <algorithm>

using namespace mars;
using namespace mars::test;

namespace
{

/// A file system driver that is only registered, for the life of this object.
class RegisteredFilter
{
public:
    explicit RegisteredFilter(const wchar_t* name)
        : m_manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_ALL_ACCESS)),
          m_service(CreateServiceW(m_manager.Get(), name, name, SERVICE_ALL_ACCESS,
              SERVICE_FILE_SYSTEM_DRIVER, SERVICE_DEMAND_START, SERVICE_ERROR_NORMAL,
              L"\\SystemRoot\\system32\\cmd.exe", L"FSFilter Anti-Virus", nullptr, nullptr, nullptr, nullptr))
    {
        REQUIRE(m_service);
    }
    ~RegisteredFilter()
    {
        DeleteService(m_service.Get());
    }
    RegisteredFilter(const RegisteredFilter&) = delete;
    RegisteredFilter& operator=(const RegisteredFilter&) = delete;

private:
    UniqueService m_manager;
    UniqueService m_service;
};

} // namespace

TEST_CASE("windows system: volumes are listed with their paths and formats")
{
    const LocalVolumeList list = Value(ListVolumes{});
    const auto system = std::ranges::find_if(list.volumes, [](const LocalVolume& volume) {
        return std::ranges::find(volume.paths, "C:\\") != volume.paths.end();
    });
    REQUIRE(system != list.volumes.end());
    CHECK(system->kind == DriveKind::kFixed);
    CHECK(system->fileSystem == "NTFS");
    CHECK_FALSE(system->readOnly);
    CHECK_FALSE(system->locked);
    CHECK(system->code == 0);
    CHECK(std::ranges::none_of(list.volumes, [](const LocalVolume& volume) { return volume.paths.empty(); }));
    CheckFailed(ListVolumes{}, code::kTimeout, NoTime());
}

TEST_CASE("windows system: the newest package is found, with its time")
{
    const InstalledUpdate update = Value(FindNewestUpdate{UpdateSource::kPackages});
    CHECK(update.name.starts_with("Package_for_RollupFix~"));
    const auto age = Now() - update.installed;
    CHECK(age > std::chrono::days(11));
    CHECK(age < std::chrono::days(13));
}

TEST_CASE("windows system: the newest update in the history is found, which is none of Defender's")
{
    const InstalledUpdate update = Value(FindNewestUpdate{UpdateSource::kHistory});
    CHECK(update.name.starts_with("2026-11 Cumulative Update"));
    const auto age = Now() - update.installed;
    CHECK(age > std::chrono::days(11));
    CHECK(age < std::chrono::days(13));
}

TEST_CASE("windows system: programs are found by how their name begins")
{
    const InstalledProgramList list = Value(ListPrograms{"microsoft azure recovery"});
    REQUIRE(list.programs.size() == 1);
    CHECK(list.programs[0].name == "Microsoft Azure Recovery Services Agent");
    CHECK(list.programs[0].installDate == "20240312");
    CHECK(Value(ListPrograms{"No such program"}).programs.empty());
    CheckFailed(ListPrograms{"Microsoft"}, code::kTimeout, NoTime());
}

TEST_CASE("windows system: the chassis' tag is a text, absent or a failure with a code")
{
    const auto tag = Ask(ReadChassisTag{});
    CHECK((tag.HasValue() || tag.IsAbsent() || tag.Error().code != 0));
}

TEST_CASE("windows system: a registered filter is listed with its group and its file's maker")
{
    const RegisteredFilter filter(L"marsfltest");
    const FilterDriverList list = Value(ListFilterDrivers{});
    const auto found = std::ranges::find(list.drivers, "marsfltest", &FilterDriver::service);
    REQUIRE(found != list.drivers.end());
    CHECK(found->group == "FSFilter Anti-Virus");
    CHECK_FALSE(found->running);
    CHECK(found->altitude == "");
    CHECK(found->company == ReadVersionText(L"C:\\windows\\system32\\cmd.exe", L"CompanyName"));
}

TEST_CASE("windows system: files of services are listed as the registry has them, by name")
{
    const RegisteredFilter filter(L"marsimagetest");
    const ServiceImageList list = Value(ListServiceImages{});
    CHECK(std::ranges::is_sorted(list.services, {}, &ServiceImage::name));
    const auto found = std::ranges::find(list.services, "marsimagetest", &ServiceImage::name);
    REQUIRE(found != list.services.end());
    CHECK(found->imagePath == "\\SystemRoot\\system32\\cmd.exe");
    CHECK(found->driver);
    CHECK(found->startType == StartType::kManual);
    CheckFailed(ListServiceImages{}, code::kTimeout, NoTime());
}

TEST_CASE("windows system: a change journal is told, absent or a failure with a code")
{
    const auto journal = Ask(ReadChangeJournal{"C:\\"});
    if (journal)
    {
        CHECK(journal->first <= journal->next);
        CHECK(journal->maximumBytes > 0);
        CHECK((!journal->begun || *journal->begun <= Now()));
    }
    CHECK((journal.HasValue() || journal.IsAbsent() || journal.Error().code != 0));
    CHECK(Ask(ReadChangeJournal{"C:\\windows\\"}).HasFailed());
    CheckFailed(ReadChangeJournal{"C:\\"}, code::kTimeout, NoTime());
}

TEST_CASE("windows system: Defender and what it leaves alone")
{
    const DefenderState state = Value(ReadDefender{});
    CHECK(state.active);
    CHECK(state.realTimeProtection);
    CHECK(state.mode == "Normal");
    CHECK_FALSE(state.exclusionsHidden);
    CHECK(std::ranges::count(state.excludedPaths, "C:\\MARS Cache\\Scratch") == 1);
    CHECK(state.excludedProcesses.size() == 1);
    CheckFailed(ReadDefender{}, code::kTimeout, NoTime());
}

TEST_CASE("windows system: an exclusion of Defender comes and goes, and leaves the others")
{
    WindowsChanger changer("C:\\nowhere", {});
    const DefenderState before = Value(ReadDefender{});
    REQUIRE(changer.SetDefenderExclusion(ExclusionKind::kPath, "C:\\Test", true, TenSeconds()).Ok());
    const DefenderState with = Value(ReadDefender{});
    CHECK(with.excludedPaths.size() == before.excludedPaths.size() + 1);
    CHECK(std::ranges::count(with.excludedPaths, "C:\\Test") == 1);
    CHECK(with.excludedProcesses == before.excludedProcesses);
    REQUIRE(changer.SetDefenderExclusion(ExclusionKind::kPath, "C:\\Test", false, TenSeconds()).Ok());
    CHECK(Value(ReadDefender{}) == before);
}
