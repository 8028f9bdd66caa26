// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/programs.h"
#include "questions/protection.h"
#include "questions/proxy.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "server.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::test
{

namespace
{

constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr const char* kUserHive = "HKU\\S-1-5-21-1111111111-2222222222-3333333333-1105";
constexpr const char* kSystemHive = "HKU\\S-1-5-18";
constexpr const char* kInternetSettings = "\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
constexpr const char* kDotNetSetup = "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full";

/// The time in which the log of a server still has all lines.
constexpr std::chrono::days kLogged{7};
constexpr std::chrono::days kHistory{30};

void SetVolumes(TestServer& server)
{
    server.volumes["C"] = {"C:\\", DriveKind::kFixed, "NTFS", 127 * kGiB, 78 * kGiB, false};
    server.volumes["D"] = {"D:\\", DriveKind::kOptical, "", 0, 0, false};
    server.volumes["E"] = {"E:\\", DriveKind::kFixed, "NTFS", 1000 * kGiB, 412 * kGiB, false};
    // Shadow copies may take a tenth, which Windows rounds down; no limit was ever set for E:.
    const std::uint64_t tenth = (127 * kGiB / 10) & ~0xFFFFULL;
    server.Set(ListShadowStorage{},
        ShadowStorageList{{{"C:\\", 127 * kGiB, "C:\\", 127 * kGiB, 78 * kGiB, tenth, 2 * kGiB},
            {"E:\\", 1000 * kGiB, "E:\\", 1000 * kGiB, 412 * kGiB, std::nullopt, 9 * kGiB}}});
}

void SetServices(TestServer& server)
{
    using enum ServiceState;
    using enum StartType;
    server.SetService("obengine", "Microsoft Azure Recovery Services Agent", kRunning, kAutomatic);
    server.SetService("OBRecoveryServicesManagementAgent",
        "Microsoft Azure Recovery Services Management Agent", kRunning, kAutomatic);
    server.SetService("VSS", "Volume Shadow Copy", kStopped, kManual);
    server.SetService("swprv", "Microsoft Software Shadow Copy Provider", kStopped, kManual);
    server.SetService("vds", "Virtual Disk", kStopped, kManual);
    server.SetService("EventSystem", "COM+ Event System", kRunning, kAutomatic);
    server.SetService("SENS", "System Event Notification Service", kRunning, kAutomatic);
    server.SetService("RpcSs", "Remote Procedure Call (RPC)", kRunning, kAutomatic);
    server.SetService("MpsSvc", "Windows Defender Firewall", kRunning, kAutomatic);
    server.SetService("W32Time", "Windows Time", kRunning, kAutomatic);
    server.SetService("WinDefend", "Microsoft Defender Antivirus Service", kRunning, kAutomatic);
    server.Set(ListServiceImages{},
        ServiceImageList{
            {{"disk", "System32\\drivers\\disk.sys", true, kDriver}, {"Netlogon", "", false, kManual},
                {"obengine", "\"" + std::string(kInstallPath) + "bin\\cbengine.exe\"", false, kAutomatic},
                {"volsnap", "System32\\drivers\\volsnap.sys", true, kDriver},
                {"VSS", "%systemroot%\\system32\\vssvc.exe", false, kManual},
                {"WdFilter", "\\SystemRoot\\system32\\drivers\\wd\\WdFilter.sys", true, kDriver}}});
}

/// As the set-up of Windows leaves it: enhanced security of Internet Explorer, no values of Schannel, and
/// none for .NET.
void SetInternetSettings(TestServer& server)
{
    ProxySettings detected;
    detected.autoDetect = true;
    server.Set(ReadProxySettings{ProxyOwner::kSystem}, detected);
    server.Set(ReadProxySettings{ProxyOwner::kUser}, detected);
    // Windows fetches most roots when it meets them.
    server.roots["Root"] = {"73a5e64a3bff8316ff0edccc618a906e4eae4d74"};
    server.roots["AuthRoot"] = {
        "df3c24f9bfd666761b268073fe06d1cc8d4f82a4", "a8985d3a65e5e5c4b2d7d66d40c6dd2fb19c5436"};
}

/// What an administrator has done who followed the installation article: the agent's files are exempt, the
/// compiler is not. The credentials file was deleted after the registration.
void SetProtection(TestServer& server)
{
    server.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, FileList{});
    TempFileCount few;
    few.all = {23, 1'800'000};
    few.olderThanDay = {19, 1'500'000};
    few.olderThanHour = {21, 1'600'000};
    few.largestPrefix = "tmp";
    few.largestPrefixFiles = 9;
    server.Set(CountTempFiles{"C:\\Windows\\Temp"}, few);
}

void SetNames(TestServer& server)
{
    const std::string tcpip = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters";
    for (const char* prefix : {"", "NV "})
    {
        server.SetText(tcpip, std::string(prefix) + "Hostname", "FILESRV07");
        server.SetText(tcpip, std::string(prefix) + "Domain", "contoso.example");
    }
}

void UseSystemTemp(TestServer& server)
{
    const std::string folder = "C:\\Windows\\SystemTemp";
    server.SetFolder(folder);
    server.Set(ReadFolderAccess{folder}, FolderAccess{true, false});
    TempFileCount few;
    few.all = {4, 90'000};
    few.olderThanDay = {3, 80'000};
    few.olderThanHour = {4, 90'000};
    few.largestPrefix = "MSI";
    few.largestPrefixFiles = 2;
    server.Set(CountTempFiles{folder}, few);
}

void SetTaskTimes(TestServer& server, std::chrono::days days, std::chrono::hours newest)
{
    Edit(server.answers, ListTasks{kTaskFolder}, [&](TaskList& list) {
        for (ScheduledTask& task : list.tasks)
        {
            task.lastRun = kNow - newest;
            task.nextRun = kNow - newest + days;
        }
    });
}

Scenario Edition(const char* name, const TestServer& server)
{
    Scenario scenario;
    scenario.name = name;
    scenario.server = server;
    return scenario;
}

Scenario Server2012R2()
{
    TestServer server = ServerWith("Windows Server 2012 R2 Standard", 6, 3, 9600);
    server.Set(QueryService{"WinDefend"}, Absent{});
    server.Set(ReadDefender{}, Absent{});
    server.Set(ListFilterDrivers{},
        FilterDriverList{
            {{"luafv", "FSFilter Virtualization", "135000", true, "Microsoft Corporation", ""}}});
    // Its agent needs a newer .NET Framework than the one that this Windows came with.
    server.SetNumber(kDotNetSetup, "Release", 528049);
    server.SetText("HKLM\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine", "PowerShellVersion", "4.0");
    // One of the updates that are bought for the years after the end of its support.
    server.Set(FindNewestUpdate{UpdateSource::kPackages},
        InstalledUpdate{
            "Package_for_KB5075899~31bf3856ad364e35~amd64~~6.3.1.4", kNow - std::chrono::days(21)});
    return Edition("Server 2012 R2", server);
}

Scenario Server2016()
{
    TestServer server = ServerWith("Windows Server 2016 Datacenter", 10, 0, 14393);
    server.SetNumber(kDotNetSetup, "Release", 394802);
    server.SetText("HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "EditionID", "ServerDatacenter");
    return Edition("Server 2016", server);
}

Scenario Server2019()
{
    return Edition("Server 2019", DefaultServer());
}

Scenario Server2022()
{
    TestServer server = ServerWith("Windows Server 2022 Standard", 10, 0, 20348);
    server.SetNumber(kDotNetSetup, "Release", 528449);
    return Edition("Server 2022", server);
}

Scenario Server2025()
{
    TestServer server = ServerWith("Windows Server 2025 Standard", 10, 0, 26100);
    server.SetNumber(kDotNetSetup, "Release", 533509);
    server.Remove(kUserHive + std::string(kInternetSettings) + "\\Zones\\3", "1803");
    server.Remove(kUserHive + std::string(kInternetSettings) + "\\ZoneMap", "IEHarden");
    server.Set(ReadFileVersion{std::string(kInstallPath) + "bin\\cbengine.exe"}, FileVersion{2, 0, 9506, 0});
    return Edition("Server 2025", server);
}

} // namespace

void AddJob(TestServer& server, Timestamp start, JobEnd end, const std::string& error)
{
    using std::chrono::minutes;
    const Timestamp finish = start + minutes(50);
    server.events.push_back({"CloudBackup", "", 1, start});
    server.events.push_back({"CloudBackup", "", static_cast<std::uint32_t>(end), finish});
    if (kNow - start > kLogged)
    {
        return;
    }
    server.log.push_back({start, "NORMAL", "Backup job started for datasource C:\\"});
    server.log.push_back({start + minutes(1), "NORMAL",
        "Sending request to https://pod01-prot1b.we.backup.windowsazure.com:443/"});
    if (end == JobEnd::kFailed)
    {
        server.log.push_back({finish, "WARNING", error});
        return;
    }
    server.log.push_back({start + minutes(2), "NORMAL",
        "Uploading to https://we1prodpod01.blob.core.windows.net:443/, 34513 blocks in 130001 ms"});
    server.log.push_back({finish - minutes(5), "NORMAL", "FileProvider::EndData"});
    if (!error.empty())
    {
        server.log.push_back({finish - minutes(1), "WARNING", error});
    }
    server.log.push_back({finish, "NORMAL", "Backup job finished"});
    // Numbers of a log are mostly sizes and times, whatever error has the same.
    server.log.push_back({finish + minutes(20), "NORMAL",
        "Housekeeping: 34513 entries, 100050 bytes, 130001 chunks in 407 ms"});
}

void BackUpEvery(TestServer& server, std::chrono::days days, std::chrono::hours newest)
{
    std::erase_if(server.events, [](const LoggedEvent& event) { return event.channel == "CloudBackup"; });
    server.log.clear();
    const Timestamp last = kNow - newest;
    for (Timestamp start = last; kNow - start < kHistory; start -= days)
    {
        AddJob(server, start, JobEnd::kSucceeded);
    }
    SetTaskTimes(server, days, newest);
}

void StopBackups(TestServer& server, std::chrono::days days)
{
    const Timestamp since = kNow - days;
    std::erase_if(server.events,
        [&](const LoggedEvent& event) { return event.channel == "CloudBackup" && event.time > since; });
    std::erase_if(server.log, [&](const LogLine& line) { return line.time > since; });
}

void FailSince(TestServer& server, std::chrono::days days, const std::string& error)
{
    StopBackups(server, days);
    for (std::chrono::days ago = days - std::chrono::days(1); ago >= std::chrono::days(0);
         ago -= std::chrono::days(1))
    {
        AddJob(server, kNow - std::chrono::hours(16) - ago, JobEnd::kFailed, error);
    }
}

namespace
{

TestServer MakeDefaultServer()
{
    TestServer server;
    server.answers = HealthyServer();
    SetVolumes(server);
    SetServices(server);
    SetInternetSettings(server);
    SetProtection(server);
    SetNames(server);
    BackUpEvery(server, std::chrono::days(1));
    // A night without a network, and what Windows writes when old shadow copies make room.
    AddJob(server, kNow - std::chrono::days(20), JobEnd::kFailed);
    server.events.push_back({"System", "volsnap", 33, kNow - std::chrono::days(20)});
    return server;
}

} // namespace

TestServer DefaultServer()
{
    static const TestServer server = MakeDefaultServer();
    return server;
}

TestServer ServerWith(
    const std::string& product, std::uint32_t major, std::uint32_t minor, std::uint32_t build)
{
    TestServer server = DefaultServer();
    const bool hasSystemTemp = build >= 20348;
    server.Set(ReadWindowsVersion{},
        WindowsVersion{major, minor, build, product, true, false, false, hasSystemTemp});
    server.Set(FindNewestUpdate{UpdateSource::kPackages},
        InstalledUpdate{fmt::format("Package_for_RollupFix~31bf3856ad364e35~amd64~~{}.6999.1.4", build),
            kNow - std::chrono::days(27)});
    if (hasSystemTemp)
    {
        UseSystemTemp(server);
    }
    return server;
}

std::vector<MakeScenario> EditionsOfWindows()
{
    return {Server2012R2, Server2016, Server2019, Server2022, Server2025};
}

} // namespace mars::test
