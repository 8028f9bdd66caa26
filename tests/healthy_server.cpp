// SPDX-License-Identifier: MIT
#include "log_errors.h"
#include "records.h"
#include "root_certificates.h"
#include "test_support.h"

#include "network_test.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/credentials.h"
#include "questions/devices.h"
#include "questions/events.h"
#include "questions/failed_files.h"
#include "questions/files.h"
#include "questions/firewall.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/programs.h"
#include "questions/protection.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/signatures.h"
#include "questions/tasks.h"
#include "questions/volumes.h"

#include <array>

namespace mars::test
{

namespace
{

constexpr const char* kWindowsTemp = "C:\\Windows\\Temp";
constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr const char* kUserHive = "HKU\\S-1-5-21-1111111111-2222222222-3333333333-1105";
constexpr const char* kDotNet = "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319";
constexpr const char* kServerBackup = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\Modules\\"
                                      "WindowsServerBackup\\WindowsServerBackup.psd1";
constexpr const char* kServerBackupFeature =
    "HKLM\\SOFTWARE\\Microsoft\\ServerManager\\ServicingStorage\\ServerComponentCache\\Windows-Server-Backup";
constexpr std::array kSites{"microsoft.com", "windowsazure.com", "microsoftonline.com", "windows.net",
    "msftncsi.com\\www", "msftconnecttest.com\\www"};

void SetText(RecordedMachine& machine, const std::string& key, const std::string& name,
    const std::string& text, std::uint32_t type = kRegSz)
{
    machine.Set(ReadRegistryValue{{key, name}}, RegistryValue::String(text, type));
}

void SetFolder(RecordedMachine& machine, const std::string& path)
{
    FileInfo info;
    info.name = std::string(FileNameOf(path));
    info.attributes = file_attribute::kDirectory;
    info.created = kNow - std::chrono::days(300);
    info.written = kNow - std::chrono::days(1);
    machine.Set(ReadFileInfo{path}, info);
}

void SetFile(RecordedMachine& machine, const std::string& path, std::uint64_t bytes = 4096)
{
    FileInfo info;
    info.name = std::string(FileNameOf(path));
    info.attributes = 0x20;
    info.bytes = bytes;
    info.created = kNow - std::chrono::days(300);
    info.written = kNow - std::chrono::days(200);
    machine.Set(ReadFileInfo{path}, info);
}

void SetVolume(RecordedMachine& machine, const std::string& path)
{
    machine.Set(
        ReadVolume{path}, VolumeInfo{"C:\\", DriveKind::kFixed, "NTFS", 500 * kGiB, 200 * kGiB, false});
}

void AddComputer(RecordedMachine& machine)
{
    machine.Set(ReadClock{}, ClockReading{kNow, 60, kNow - std::chrono::days(10)});
    ProcessContext context;
    context.computer = "FILESRV07";
    context.domain = "contoso.example";
    context.user = "maria.lopez";
    context.userSid = "S-1-5-21-1111111111-2222222222-3333333333-1105";
    context.evidenceSid = context.userSid;
    context.elevated = true;
    machine.Set(ReadContext{}, context);
    WindowsVersion windows{10, 0, 17763, "Windows Server 2019 Standard", true, false, false, false};
    machine.Set(ReadWindowsVersion{}, windows);
    machine.Set(FindFolder{KnownFolder::kWindows}, PathText{"C:\\Windows"});
    machine.Set(FindFolder{KnownFolder::kProgramFiles}, PathText{"C:\\Program Files"});
    machine.Set(FindFolder{KnownFolder::kProgramData}, PathText{"C:\\ProgramData"});
    machine.Set(FindFolder{KnownFolder::kDownloads}, PathText{"C:\\Users\\maria.lopez\\Downloads"});
    machine.Set(FindFolder{KnownFolder::kDesktop}, PathText{"C:\\Users\\maria.lopez\\Desktop"});
    machine.Set(FindFolder{KnownFolder::kDocuments}, PathText{"C:\\Users\\maria.lopez\\Documents"});
}

void AddAgent(RecordedMachine& machine)
{
    const std::string key = kAgentKey;
    SetText(machine, key + "\\Setup", "InstallPath", kInstallPath);
    SetText(machine, key + "\\Config", "ScratchLocation", kScratch);
    SetText(machine, key + "\\Config\\CloudBackupProvider", "ScratchLocation", kScratch);
    SetText(machine, key + "\\Config", "ServiceResourceName", "ContosoVault");
    SetText(machine, key + "\\Config", "MachineId", "7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001");
    SetText(machine, key + "\\Config", "ResourceId", "6043214321432143");
    machine.Set(ListRegistryKey{key}, RegistryKeyContent{{"Config", "Setup"}, {}});
    machine.Set(ListRegistryKey{key + "\\Setup"},
        RegistryKeyContent{{}, {{"InstallPath", RegistryValue::String(kInstallPath)}}});
    machine.Set(ReadRegistryValue{{"HKLM\\SOFTWARE\\Microsoft\\Microsoft Data Protection Manager\\Setup",
                    "InstallPath"}},
        Absent{});
    const std::string bin = std::string(kInstallPath) + "bin";
    SetFolder(machine, std::string(kInstallPath).substr(0, std::string(kInstallPath).size() - 1));
    SetFolder(machine, bin);
    SetFile(machine, bin + "\\cbengine.exe", 5'000'000);
    machine.Set(ReadFileVersion{bin + "\\cbengine.exe"}, FileVersion{2, 0, 9938, 0});
    SetFolder(machine, "C:\\Program Files");
    SetFolder(machine, kScratch);
    FolderSurvey survey;
    survey.files = 12;
    survey.bytes = 3 * kGiB;
    machine.Set(SurveyFolder{kScratch}, survey);
    SetFile(machine, std::string(kScratch) + "\\OnlineBackup.KEK", 800);
    SetVolume(machine, kScratch);

    ServiceStatus service;
    service.name = "obengine";
    service.displayName = "Microsoft Azure Recovery Services Agent";
    service.state = ServiceState::kRunning;
    service.startType = StartType::kManual;
    service.processId = 2044;
    service.processStarted = kNow - std::chrono::days(10);
    machine.Set(QueryService{"obengine"}, service);
    machine.Set(ScanAgentLogs{std::string(kInstallPath) + "Temp", {"407"}},
        LogScan{{}, {0}, kNow - std::chrono::hours(9)});
    machine.Set(ScanAgentLogs{std::string(kInstallPath) + "Temp", {"34513", "0x86D1", "0x86d1"}},
        LogScan{{}, {0, 0, 0}, kNow - std::chrono::hours(9)});
    const std::string uninstall = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
    machine.Set(
        ListRegistryKey{uninstall}, RegistryKeyContent{{"{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"}, {}});
    SetText(machine, uninstall + "\\{FFE6D16C-3F87-4192-AF94-DDBEFF165106}", "DisplayName",
        "Microsoft Azure Recovery Services Agent");
    SetText(machine, uninstall + "\\{FFE6D16C-3F87-4192-AF94-DDBEFF165106}", "InstallDate", "20250514");
}

/// The module that the backup task loads: a manifest, and the library and the help file that it names.
void AddModule(RecordedMachine& machine)
{
    const std::string folder = std::string(kInstallPath) + "bin\\Modules\\MSOnlineBackup\\";
    const std::string library = "Microsoft.Internal.CloudBackup.Commands.dll";
    const std::string help = "OnlineBackup_Cmdlets.xml";
    machine.Set(ReadModuleManifest{folder + "MSOnlineBackup.psd1"}, ModuleManifest{true, {library, help}});
    const FileSignature signature{SignatureState::kGood, 0,
        {{"CN=Microsoft Corporation", "cc112233445566778899aabbccddeeff00112233"},
            {"CN=Microsoft Root Certificate Authority 2011", "8f43288ad272f3103b6fb1428485ea3014c0bcfe"}}};
    for (const std::string& name : {std::string("MSOnlineBackup.psd1"), library, help})
    {
        SetFile(machine, folder + name);
        machine.Set(HashFile{folder + name}, FileHash{"healthy " + name});
        machine.Set(VerifySignature{folder + name}, signature);
    }
    machine.Set(ReadFileVersion{folder + library}, FileVersion{2, 0, 9938, 0});
}

void AddTasks(RecordedMachine& machine)
{
    ScheduledTask task;
    task.path = std::string(kTaskFolder) + "\\Microsoft-OnlineBackup";
    task.xml = R"(<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2025-01-10T21:00:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>S-1-5-18</UserId>
      <RunLevel>HighestAvailable</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe</Command>
      <Arguments>-command "Import-Module MSOnlineBackup; Start-OBBackup"</Arguments>
    </Exec>
  </Actions>
</Task>)";
    task.runningInstances = 0;
    task.lastResult = 0;
    task.lastRun = kNow - std::chrono::hours(15);
    task.nextRun = kNow + std::chrono::hours(9);
    task.missedRuns = 0;
    machine.Set(ListTasks{kTaskFolder}, TaskList{{task}});
    machine.Set(ListTasks{"\\Microsoft\\Windows\\Backup"}, Absent{});
    SetFile(machine, "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe");
}

void AddPowerShell(RecordedMachine& machine)
{
    const std::string environment = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment";
    SetText(machine, environment, "PSModulePath",
        std::string("%ProgramFiles%\\WindowsPowerShell\\Modules;C:\\Windows\\system32\\WindowsPowerShell\\v1."
                    "0\\Modules;")
            + kInstallPath + "bin\\Modules",
        kRegExpandSz);
    SetText(machine, "HKLM\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine", "PowerShellVersion",
        "5.1.17763.1");
    const std::string shell = "\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell";
    // Nothing set: RemoteSigned on a server.
    for (const char* hive : {"HKLM", "HKU\\S-1-5-18"})
    {
        machine.Set(ReadRegistryValue{{hive + shell, "ExecutionPolicy"}}, Absent{});
    }
    for (const char* hive : {"HKLM", "HKU\\S-1-5-18"})
    {
        const std::string policy = std::string(hive) + "\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell";
        machine.Set(ReadRegistryValue{{policy, "EnableScripts"}}, Absent{});
        machine.Set(ReadRegistryValue{{policy, "ExecutionPolicy"}}, Absent{});
    }
    machine.Set(
        ReadRegistryValue{{"HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full", "Release"}},
        RegistryValue::Dword(461814));
}

void AddCredentials(RecordedMachine& machine)
{
    const std::string downloads = "C:\\Users\\maria.lopez\\Downloads";
    const std::string name = "ContosoVault_Mon Mar 09 2026.VaultCredentials";
    FileInfo file;
    file.name = name;
    file.attributes = 0x20;
    file.bytes = 5200;
    file.created = kNow - std::chrono::hours(20);
    file.written = kNow - std::chrono::hours(20);
    machine.Set(ListFiles{downloads, ".VaultCredentials"}, FileList{{file}, false});
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Desktop", ".VaultCredentials"}, FileList{});
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Documents", ".VaultCredentials"}, FileList{});
    VaultCredentials credentials;
    credentials.rootElement = "RSBackupVaultAADCreds";
    credentials.version = "2.0";
    credentials.vault = "ContosoVault";
    credentials.resourceId = "6043214321432143";
    credentials.subscription = "11f7a1b0-0000-4a55-9d0b-3a1c9ef0d001";
    credentials.tenant = "22f7a1b0-0000-4a55-9d0b-3a1c9ef0d002";
    credentials.location = "westeurope";
    credentials.notBefore = kNow - std::chrono::hours(44);
    credentials.notAfter = kNow + std::chrono::days(9);
    credentials.thumbprint = "00112233445566778899aabbccddeeff00112233";
    machine.Set(ReadVaultCredentials{downloads + "\\" + name}, credentials);
    machine.Set(ReadFileInfo{downloads + "\\" + name}, file);
    SetVolume(machine, downloads + "\\" + name);

    TempFileCount count;
    count.all = {1200, 4'800'000};
    count.olderThanDay = {1000, 4'000'000};
    count.olderThanHour = {1100, 4'400'000};
    count.largestPrefix = "tmp";
    count.largestPrefixFiles = 900;
    machine.Set(CountTempFiles{kWindowsTemp}, count);

    CertificateInfo own;
    own.subject = "CN=CB_FILESRV07.contoso.example_7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001";
    own.issuer = own.subject;
    own.thumbprint = "aa112233445566778899aabbccddeeff00112233";
    own.notBefore = kNow - std::chrono::days(300);
    own.notAfter = kNow + std::chrono::days(430);
    own.privateKey = true;
    CertificateInfo vault;
    vault.subject = "CN=Windows Azure Tools";
    vault.issuer = vault.subject;
    vault.friendlyName = "CB_ContosoVault-5-14-2025-vaultcredentials";
    vault.thumbprint = "bb112233445566778899aabbccddeeff00112233";
    vault.notBefore = kNow - std::chrono::days(300);
    vault.notAfter = kNow - std::chrono::days(298);
    machine.Set(ListCertificates{"My"}, CertificateList{{own, vault}});
}

ServiceStatus StoppedService(const char* name, const char* displayName)
{
    ServiceStatus service;
    service.name = name;
    service.displayName = displayName;
    service.state = ServiceState::kStopped;
    service.startType = StartType::kManual;
    return service;
}

void AddIscsi(RecordedMachine& machine)
{
    machine.Set(QueryService{"MSiSCSI"}, StoppedService("MSiSCSI", "Microsoft iSCSI Initiator Service"));
    machine.Set(ListDevices{"ROOT\\ISCSIPRT"},
        DeviceList{{{"ROOT\\ISCSIPRT\\0000", "Microsoft iSCSI Initiator",
            "{4d36e97b-e325-11ce-bfc1-08002be10318}", 0, true}}});
    // EPT_S_NOT_REGISTERED: only the service knows.
    machine.Set(ListIscsiSessions{}, Failure{1753, "GetIScsiSessionList"});
}

void AddJobs(RecordedMachine& machine)
{
    const std::string logs = std::string(kInstallPath) + "Temp";
    machine.Set(ReadFailedFiles{logs}, Absent{});
    const auto patterns = LogErrorPatterns();
    machine.Set(ScanAgentLogs{logs, patterns, true},
        LogScan{{}, std::vector<std::uint64_t>(patterns.size()), kNow - std::chrono::hours(9),
            std::vector<PatternTimes>(patterns.size())});
    machine.Set(ScanInstallLogs{"C:\\Windows\\Temp", InstallLogPatterns()}, Absent{});
    machine.Set(ReadEvents{"CloudBackup", {3, 10, 11, 14, 16, 18}},
        EventList{{{3, kNow - std::chrono::hours(14)}, {11, kNow - std::chrono::days(20)}}});
    machine.Set(QueryService{"VSS"}, StoppedService("VSS", "Volume Shadow Copy"));
    machine.Set(QueryService{"swprv"}, StoppedService("swprv", "Microsoft Software Shadow Copy Provider"));
    machine.Set(QueryService{"vds"}, StoppedService("vds", "Virtual Disk"));
    machine.Set(ReadProviderEvents{"System", "volsnap", {24, 25, 33, 35, 36}}, EventList{});
    machine.Set(ListShadowStorage{},
        ShadowStorageList{{{"C:\\", 500 * kGiB, "C:\\", 500 * kGiB, 200 * kGiB, 50 * kGiB, 2 * kGiB}}});
    machine.Set(ReadNewDiskPolicy{}, NewDiskSetting{SanPolicy::kOfflineShared});
}

/// The console was never opened.
void AddConsoleLog(RecordedMachine& machine)
{
    machine.Set(ScanConsoleLogs{std::string(kInstallPath) + "Temp", LogErrorPatterns(), true}, Absent{});
}

void AddNetwork(RecordedMachine& machine)
{
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Absent{});
    machine.Set(ReadProxySettings{ProxyOwner::kUser}, Absent{});
    machine.Set(ReadProxySettings{ProxyOwner::kWinHttp}, Absent{});
    machine.Set(ListNetworkAdapters{},
        NetworkAdapterList{
            {{"Ethernet0", "vmxnet3 Ethernet Adapter", true, {"10.1.2.30"}, {"10.1.2.1"}, {"10.1.2.5"}}}});
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}},
        EventList{{{3, kNow - std::chrono::hours(14)}, {1, kNow - std::chrono::hours(15)}}});
    machine.Set(ReadEvents{"CloudBackup", {18}}, EventList{});
    machine.Set(ReadEvents{"CloudBackup/Operational", {18}}, Absent{});
}

ServiceStatus RunningService(const std::string& name, const std::string& displayName)
{
    ServiceStatus service;
    service.name = name;
    service.displayName = displayName;
    service.state = ServiceState::kRunning;
    service.startType = StartType::kAutomatic;
    service.processId = 900;
    service.processStarted = kNow - std::chrono::days(10);
    return service;
}

void AddProtection(RecordedMachine& machine)
{
    machine.Set(
        QueryService{"WinDefend"}, RunningService("WinDefend", "Microsoft Defender Antivirus Service"));
    const std::string net = "C:\\Windows\\Microsoft.NET\\";
    for (const char* version :
        {"Framework\\v2.0.50727", "Framework\\v3.5", "Framework64\\v2.0.50727", "Framework64\\v3.5"})
    {
        machine.Set(ReadFileInfo{net + version + "\\csc.exe"}, Absent{});
    }
    SetFile(machine, net + "Framework\\v4.0.30319\\csc.exe");
    SetFile(machine, net + "Framework64\\v4.0.30319\\csc.exe");
    DefenderState defender;
    defender.active = true;
    defender.realTimeProtection = true;
    defender.mode = "Normal";
    defender.excludedPaths = {kScratch, std::string(kInstallPath) + "bin"};
    defender.excludedProcesses = {std::string(kInstallPath) + "bin\\cbengine.exe"};
    machine.Set(ReadDefender{}, defender);
    machine.Set(ListFilterDrivers{},
        FilterDriverList{{{"WdFilter", "FSFilter Anti-Virus", "328010", true, "Microsoft Corporation",
                              "Microsoft\xC2\xAE Windows\xC2\xAE Operating System"},
            {"luafv", "FSFilter Virtualization", "135000", true, "Microsoft Corporation", ""}}});
}

void AddSystem(RecordedMachine& machine)
{
    machine.Set(FindNewestUpdate{UpdateSource::kPackages},
        InstalledUpdate{
            "Package_for_RollupFix~31bf3856ad364e35~amd64~~17763.6999.1.4", kNow - std::chrono::days(20)});
    machine.Set(ListVolumes{},
        LocalVolumeList{{{{"C:\\"}, DriveKind::kFixed, "NTFS", false, false, false, 0},
            {{"D:\\"}, DriveKind::kOptical, "", false, false, true, 0},
            {{"E:\\", "C:\\Data\\"}, DriveKind::kFixed, "NTFS", false, false, false, 0}}});
    SetVolume(machine, "C:\\");
    machine.Set(
        ReadVolume{"E:\\"}, VolumeInfo{"E:\\", DriveKind::kFixed, "NTFS", 1000 * kGiB, 800 * kGiB, false});
    for (const char* place : {"C:\\MARS\\Scratch", "E:\\MARS\\Scratch"})
    {
        machine.Set(ReadFileInfo{place}, Absent{});
    }
    machine.Set(ReadChassisTag{}, ChassisTag{"No Asset Tag"});
    machine.Set(QueryService{"WindowsAzureGuestAgent"}, Absent{});
    machine.Set(ListPrograms{"Microsoft Azure PowerShell"},
        InstalledProgramList{{{"Microsoft Azure PowerShell - March 2017", "3.7.0", "20170310"}}});
    machine.Set(ReadFileInfo{"C:\\Program Files\\WindowsPowerShell\\Modules\\AzureRM\\3.7.0"}, Absent{});
    SetText(machine, "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "EditionID", "ServerStandard");
    SetText(machine, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment",
        "PROCESSOR_ARCHITECTURE", "AMD64");
    const std::string windows = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\";
    machine.Set(ListRegistryKey{windows + "Component Based Servicing\\RebootPending"}, Absent{});
    machine.Set(ListRegistryKey{windows + "WindowsUpdate\\Auto Update\\RebootRequired"}, Absent{});
    const std::string names = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\";
    SetText(machine, names + "ComputerName", "ComputerName", "FILESRV07");
    SetText(machine, names + "ActiveComputerName", "ComputerName", "FILESRV07");
    for (const char* value : {"PendingFileRenameOperations", "PendingFileRenameOperations2"})
    {
        machine.Set(ReadRegistryValue{{"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager", value}},
            Absent{});
    }
}

void AddTime(RecordedMachine& machine)
{
    machine.Set(QueryService{"W32Time"}, RunningService("W32Time", "Windows Time"));
    SetText(machine, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation", "TimeZoneKeyName",
        "Romance Standard Time");
    SetText(machine, "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters", "Type", "NT5DS");
    machine.Set(
        ReadRegistryValue{{"HKLM\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Parameters", "Type"}}, Absent{});
    // A member of a domain steps as far as it must.
    for (const char* value : {"MaxPosPhaseCorrection", "MaxNegPhaseCorrection"})
    {
        machine.Set(
            ReadRegistryValue{{"HKLM\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Config", value}}, Absent{});
        machine.Set(ReadRegistryValue{{"HKLM\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Config", value}},
            RegistryValue::Dword(0xFFFFFFFF));
    }
    const auto questions = NetworkTestQuestions(ProxySettings{});
    for (std::size_t i = 0; i < questions.size(); ++i)
    {
        HttpProbe probe;
        probe.httpStatus = 200;
        probe.serverDate = kNow;
        probe.answeredAt = kNow + std::chrono::seconds(2);
        probe.body = kNetworkTests[i].body;
        probe.milliseconds = 40;
        machine.Set(questions[i], probe);
    }
    ProbeHttp metadata;
    metadata.host = "169.254.169.254";
    metadata.path = "/metadata/instance?api-version=2021-02-01";
    metadata.header = "Metadata: true";
    metadata.limitMilliseconds = 1000;
    HttpProbe silence;
    silence.end = ProbeEnd::kTimedOut;
    silence.code = 10060;
    silence.milliseconds = 1000;
    machine.Set(metadata, silence);
}

void SetAbsent(RecordedMachine& machine, const std::string& key, const std::string& name,
    RegistryView view = RegistryView::k64)
{
    machine.Set(ReadRegistryValue{{key, name, view}}, Absent{});
}

void SetNumber(RecordedMachine& machine, const std::string& key, const std::string& name,
    std::uint32_t number, RegistryView view = RegistryView::k64)
{
    machine.Set(ReadRegistryValue{{key, name, view}}, RegistryValue::Dword(number));
}

/// Internet zones, TLS and the temporary folders: what the download of credentials goes by.
void AddInternetSettings(RecordedMachine& machine)
{
    const std::string settings = "\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    const std::string policies =
        "\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    SetAbsent(machine, "HKLM" + policies, "Security_HKLM_only");
    for (const std::string hive : {"HKLM", "HKU\\S-1-5-18", kUserHive})
    {
        machine.Set(ListRegistryKey{hive + policies + "\\ZoneMapKey"}, Absent{});
        SetAbsent(machine, hive + policies + "\\Zones\\3", "1803");
        SetNumber(machine, hive + settings + "\\Zones\\3", "1803", hive == kUserHive ? 3 : 0);
        SetAbsent(machine, hive + settings + "\\ZoneMap", "IEHarden");
        for (const char* site : kSites)
        {
            SetAbsent(machine, hive + settings + "\\ZoneMap\\Domains\\" + site, "https");
            SetAbsent(machine, hive + settings + "\\ZoneMap\\EscDomains\\" + site, "https");
        }
    }
    // Enhanced security of Internet Explorer, as Windows Server comes.
    SetNumber(machine, kUserHive + settings + "\\ZoneMap", "IEHarden", 1);
}

void AddTls(RecordedMachine& machine)
{
    for (const char* protocol : {"TLS 1.0", "TLS 1.2"})
    {
        const std::string key =
            std::string("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\")
            + protocol + "\\Client";
        SetAbsent(machine, key, "Enabled");
        SetAbsent(machine, key, "DisabledByDefault");
    }
    for (const RegistryView view : {RegistryView::k64, RegistryView::k32})
    {
        SetAbsent(machine, kDotNet, "SystemDefaultTlsVersions", view);
        SetAbsent(machine, kDotNet, "SchUseStrongCrypto", view);
        SetAbsent(machine, "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp",
            "DefaultSecureProtocols", view);
    }
}

void AddTempFolders(RecordedMachine& machine)
{
    const std::string own = "C:\\Users\\maria.lopez\\AppData\\Local\\Temp";
    machine.Set(FindFolder{KnownFolder::kUserTemp}, PathText{own});
    for (const std::string& folder : {std::string(kWindowsTemp), own})
    {
        SetFolder(machine, folder);
        SetVolume(machine, folder);
        machine.Set(ReadFolderAccess{folder}, FolderAccess{true, true});
    }
}

void AddFirewallAndRoots(RecordedMachine& machine)
{
    const std::string policy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\";
    machine.Set(ReadFirewall{},
        FirewallState{
            {{firewall_profile::kDomain, true, true, false}, {firewall_profile::kPrivate, false, true, false},
                {firewall_profile::kPublic, false, true, false}},
            {}});
    machine.Set(ListRegistryKey{policy + "FirewallRules"}, Absent{});
    for (const char* profile : {"DomainProfile", "PrivateProfile", "PublicProfile"})
    {
        SetAbsent(machine, policy + profile, "EnableFirewall");
        SetAbsent(machine, policy + profile, "DefaultOutboundAction");
    }
    std::vector<std::string> roots;
    for (const RootCertificate& root : KnownRootCertificates())
    {
        if (root.expires > kNow)
        {
            roots.push_back(root.thumbprint);
        }
    }
    machine.Set(FindCertificates{"Root", roots}, CertificatePresence{});
    machine.Set(FindCertificates{"AuthRoot", roots}, CertificatePresence{roots});
    SetAbsent(machine, "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot",
        "DisableRootAutoUpdate");
    machine.Set(ScanAgentLogs{std::string(kInstallPath) + "Temp", {"AADSTS500021"}},
        LogScan{{}, {0}, kNow - std::chrono::hours(9)});
}

/// What a backup of the system state needs, though none is scheduled here, and what makes backups quick.
void AddNewJobs(RecordedMachine& machine)
{
    machine.Set(QueryService{"wbengine"}, Absent{});
    machine.Set(ReadFileInfo{kServerBackup}, Absent{});
    SetNumber(machine, kServerBackupFeature, "InstallState", 0);
    // Each form in which Windows and its installers write them.
    machine.Set(ListServiceImages{},
        ServiceImageList{{{"ACPI", "System32\\drivers\\ACPI.sys", true, StartType::kDriver},
            {"BITS", "%SystemRoot%\\System32\\svchost.exe -k netsvcs -p", false, StartType::kManual},
            {"Disk", "", true, StartType::kDriver},
            {"MsSecFlt", "\\SystemRoot\\system32\\drivers\\mssecflt.sys", true, StartType::kManual},
            {"obengine", "\"C:\\Program Files\\Microsoft Azure Recovery Services Agent\\bin\\cbengine.exe\"",
                false, StartType::kManual},
            {"vmmemctl", "\\??\\C:\\Program Files\\Common Files\\VMware\\vmmemctl.sys", true,
                StartType::kAutomatic},
            {"wbengine", "\"%systemroot%\\system32\\wbengine.exe\"", false, StartType::kManual}}});
    const std::vector<std::string> lines{"FileProvider::EndData", "unoptimized, may take more time"};
    const Timestamp ended = kNow - std::chrono::hours(14);
    machine.Set(ScanAgentLogs{std::string(kInstallPath) + "Temp", lines},
        LogScan{{{ended, lines[0], "NORMAL", "FileProvider::EndData"}}, {1, 0}, kNow - std::chrono::hours(9),
            {{ended, ended}, {}}});
    for (const char* volume : {"C:\\", "E:\\"})
    {
        // Half a gigabyte of changes in 300 days.
        machine.Set(ReadChangeJournal{volume},
            ChangeJournal{32 << 20, 480 << 20, 512 << 20, kNow - std::chrono::days(300)});
    }
}

void AddNewBasics(RecordedMachine& machine)
{
    machine.Set(ListCrashes{"cbengine.exe", "obengine"}, CrashList{});
    const std::string management = "OBRecoveryServicesManagementAgent";
    machine.Set(QueryService{management},
        RunningService(management, "Microsoft Azure Recovery Services Management Agent"));
}

/// What a restore and a backup of the system state need, and an administrator who follows every advice.
void FollowAdvice(RecordedMachine& machine)
{
    machine.Set(QueryService{"wbengine"}, StoppedService("wbengine", "Block Level Backup Engine Service"));
    SetFile(machine, kServerBackup);
    SetNumber(machine, kServerBackupFeature, "InstallState", 1);
    machine.Set(QueryService{"MSiSCSI"}, RunningService("MSiSCSI", "Microsoft iSCSI Initiator Service"));
    machine.Set(ListIscsiSessions{}, IscsiSessionList{});
    Edit(machine, ReadDefender{},
        [](DefenderState& defender) { defender.excludedProcesses.emplace_back("csc.exe"); });
    machine.Set(
        ReadRegistryValue{{"HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full", "Release"}},
        RegistryValue::Dword(528049));
    SetText(machine, "HKLM\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell",
        "ExecutionPolicy", "RemoteSigned");
    const std::string settings = "\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    for (const std::string hive : {"HKLM", "HKU\\S-1-5-18", kUserHive})
    {
        SetNumber(machine, hive + settings + "\\Zones\\3", "1803", 0);
        SetAbsent(machine, hive + settings + "\\ZoneMap", "IEHarden");
        for (const char* site : kSites)
        {
            SetNumber(machine, hive + settings + "\\ZoneMap\\Domains\\" + site, "https", 2);
        }
    }
    for (const RegistryView view : {RegistryView::k64, RegistryView::k32})
    {
        SetNumber(machine, kDotNet, "SystemDefaultTlsVersions", 1, view);
        SetNumber(machine, kDotNet, "SchUseStrongCrypto", 1, view);
    }
}

} // namespace

RecordedMachine HealthyServer()
{
    RecordedMachine machine;
    AddComputer(machine);
    AddAgent(machine);
    AddModule(machine);
    AddTasks(machine);
    AddPowerShell(machine);
    AddCredentials(machine);
    AddIscsi(machine);
    AddJobs(machine);
    AddConsoleLog(machine);
    AddNetwork(machine);
    AddProtection(machine);
    AddSystem(machine);
    AddTime(machine);
    AddInternetSettings(machine);
    AddTls(machine);
    AddTempFolders(machine);
    AddFirewallAndRoots(machine);
    AddNewJobs(machine);
    AddNewBasics(machine);
    return machine;
}

RecordedMachine AdvisedServer()
{
    RecordedMachine machine = HealthyServer();
    FollowAdvice(machine);
    return machine;
}

} // namespace mars::test
