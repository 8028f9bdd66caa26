// SPDX-License-Identifier: MIT
#include "questions/certificates.h"
#include "questions/credentials.h"
#include "questions/devices.h"
#include "questions/files.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "server.h"

namespace mars::test
{

namespace
{

using enum ServiceState;
using enum StartType;

constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr const char* kPolicies =
    "\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";

Scenario Variant(const char* name)
{
    Scenario scenario;
    scenario.name = name;
    return scenario;
}

/// By the lists of a hardening guide: old TLS off, downloads off in the Internet zone, the firewall and the
/// execution policy by Group Policy, and no roots but those that the administrator chose.
Scenario Hardened()
{
    Scenario scenario = Variant("hardened");
    TestServer& server = scenario.server;
    for (const char* protocol : {"TLS 1.0", "TLS 1.1"})
    {
        const std::string key =
            std::string("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\")
            + protocol + "\\Client";
        server.SetNumber(key, "Enabled", 0);
        server.SetNumber(key, "DisabledByDefault", 1);
    }
    server.SetNumber(std::string("HKLM") + kPolicies, "Security_HKLM_only", 1);
    server.SetNumber(std::string("HKLM") + kPolicies + "\\Zones\\3", "1803", 3);
    const std::string firewall = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\";
    for (const char* profile : {"DomainProfile", "PrivateProfile", "PublicProfile"})
    {
        server.SetNumber(firewall + profile, "EnableFirewall", 1);
        server.SetNumber(firewall + profile, "DefaultOutboundAction", 0);
        server.SetNumber(firewall + profile, "AllowLocalPolicyMerge", 0);
    }
    const std::string shell = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell";
    server.SetNumber(shell, "EnableScripts", 1);
    server.SetText(shell, "ExecutionPolicy", "RemoteSigned");
    server.SetNumber(
        "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot", "DisableRootAutoUpdate", 1);
    return scenario;
}

Scenario OtherAntivirus()
{
    Scenario scenario = Variant("other antivirus");
    TestServer& server = scenario.server;
    DefenderState passive;
    passive.mode = "Passive Mode";
    server.Set(ReadDefender{}, passive);
    Edit(server.answers, ListFilterDrivers{}, [](FilterDriverList& list) {
        list.drivers.push_back(
            {"widgetflt", "FSFilter Anti-Virus", "321800", true, "Widget Security", "Widget Endpoint"});
    });
    return scenario;
}

/// The agent made a certificate of its own for the seeding, which is newer than the server's and has ended.
Scenario OfflineSeedingOnce()
{
    Scenario scenario = Variant("offline seeding once");
    Edit(scenario.server.answers, ListCertificates{"My"}, [](CertificateList& list) {
        CertificateInfo seeding = list.certificates.front();
        seeding.subject = "CN=CB_AzureADCertforOfflineSeeding_6043214321432143";
        seeding.issuer = seeding.subject;
        seeding.thumbprint = "dd112233445566778899aabbccddeeff00112233";
        seeding.notBefore = kNow - std::chrono::days(290);
        seeding.notAfter = kNow - std::chrono::days(100);
        list.certificates.insert(list.certificates.begin(), seeding);
    });
    scenario.server.SetText(std::string(kAgentKey) + "\\Config\\CloudBackupProvider",
        "AzureADAppCertThumbprint_7b1c2f0e", "dd112233445566778899aabbccddeeff00112233");
    return scenario;
}

/// An old set-up script wrote the path that way; it is the same folder.
Scenario ShortScratchPath()
{
    Scenario scenario = Variant("scratch folder in 8.3 form");
    TestServer& server = scenario.server;
    server.SetText(std::string(kAgentKey) + "\\Config", "ScratchLocation", "C:\\PROGRA~1\\MICROS~2\\Scratch");
    const auto sameAs = [&](const std::string& path, const std::string& longPath) {
        auto info = server.answers.Ask(ReadFileInfo{longPath}, Wait{});
        server.Set(ReadFileInfo{path}, info);
    };
    const std::string agent = std::string(kInstallPath).substr(0, std::string(kInstallPath).size() - 1);
    sameAs("C:\\PROGRA~1", "C:\\Program Files");
    sameAs("C:\\Program Files\\MICROS~2", agent);
    sameAs("C:\\PROGRA~1\\MICROS~2", agent);
    sameAs("C:\\PROGRA~1\\MICROS~2\\Scratch", kScratch);
    sameAs("C:\\PROGRA~1\\MICROS~2\\Scratch\\OnlineBackup.KEK", std::string(kScratch) + "\\OnlineBackup.KEK");
    return scenario;
}

Scenario AgentOnD()
{
    Scenario scenario = Variant("agent on D:");
    TestServer& server = scenario.server;
    server.volumes["D"] = {"D:\\", DriveKind::kFixed, "NTFS", 200 * kGiB, 140 * kGiB, false};
    server.Replace({{"C:\\Program Files\\Microsoft Azure Recovery Services Agent", "D:\\Azure Backup"}});
    return scenario;
}

/// Windows translates names for people: of services, devices and adapters. The agent translates its messages.
Scenario German()
{
    Scenario scenario = Variant("German Windows");
    scenario.server.Replace({{"Microsoft iSCSI Initiator Service", "Microsoft iSCSI-Initiator-Dienst"},
        {"Microsoft iSCSI Initiator<", "Microsoft iSCSI-Initiator<"}, {"Windows Time", "Windows-Zeitgeber"},
        {"Volume Shadow Copy", "Volumeschattenkopie"}, {"Virtual Disk", "Virtueller Datenträger"},
        {"Microsoft Defender Antivirus Service", "Microsoft Defender Antivirus-Dienst"},
        {"COM+ Event System", "COM+-Ereignissystem"}, {"Romance Standard Time", "W. Europe Standard Time"},
        {"maria.lopez", "jürgen.groß"}, {"contoso.example", "müller.example"}});
    for (LogLine& line : scenario.server.log)
    {
        line.message =
            line.message == "Backup job finished" ? "Sicherungsauftrag abgeschlossen" : line.message;
    }
    return scenario;
}

Scenario Spanish()
{
    Scenario scenario = Variant("Spanish Windows");
    scenario.server.Replace({{"Microsoft iSCSI Initiator Service",
                                 "Servicio del iniciador iSCSI de Microsoft"},
        {"Microsoft iSCSI Initiator<", "Iniciador iSCSI de Microsoft<"}, {"Windows Time", "Hora de Windows"},
        {"Volume Shadow Copy", "Instantáneas de volumen"}, {"Virtual Disk", "Disco virtual"},
        {"Microsoft Defender Antivirus Service", "Servicio de antivirus de Microsoft Defender"},
        {"COM+ Event System", "Sistema de eventos COM+"}, {"maria.lopez", "begoña.ibáñez"},
        {"FILESRV07", "SRV-LOGROÑO"}});
    for (LogLine& line : scenario.server.log)
    {
        line.message =
            line.message == "Backup job finished" ? "Trabajo de copia de seguridad finalizado" : line.message;
    }
    return scenario;
}

Scenario Weekly()
{
    Scenario scenario = Variant("weekly schedule");
    Edit(scenario.server.answers, ListTasks{kTaskFolder}, [](TaskList& list) {
        std::string& xml = list.tasks.front().xml;
        const std::string daily = "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>";
        xml.replace(xml.find(daily), daily.size(),
            "<ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek><Wednesday "
            "/></DaysOfWeek></ScheduleByWeek>");
    });
    BackUpEvery(scenario.server, std::chrono::days(7), std::chrono::hours(6 * 24 - 8));
    return scenario;
}

/// `name` in the Downloads folder since 300 days, and what the program reads in it.
void LeaveCredentials(TestServer& server, const std::string& name, const VaultCredentials& credentials)
{
    const std::string folder = "C:\\Users\\maria.lopez\\Downloads";
    FileInfo file;
    file.name = name;
    file.attributes = 0x20;
    file.bytes = 5200;
    file.created = kNow - std::chrono::days(300);
    file.written = file.created;
    server.Set(ListFiles{folder, ".VaultCredentials"}, FileList{{file}, false});
    server.Set(ReadFileInfo{folder + "\\" + name}, file);
    server.Set(ReadVaultCredentials{folder + "\\" + name}, credentials);
}

VaultCredentials EndedCredentials()
{
    VaultCredentials credentials;
    credentials.rootElement = "RSBackupVaultAADCreds";
    credentials.version = "2.0";
    credentials.vault = "ContosoVault";
    credentials.resourceId = "6043214321432143";
    credentials.location = "westeurope";
    credentials.notBefore = kNow - std::chrono::days(301);
    credentials.notAfter = kNow - std::chrono::days(290);
    credentials.thumbprint = "00112233445566778899aabbccddeeff00112233";
    return credentials;
}

/// The file of the registration still lies where the browser put it, and has ended long ago.
Scenario OldCredentials()
{
    Scenario scenario = Variant("old credentials file in Downloads");
    LeaveCredentials(scenario.server, "ContosoVault_Wed May 14 2025.VaultCredentials", EndedCredentials());
    return scenario;
}

/// The Downloads folder of its administrator is redirected to a file server.
Scenario RedirectedFolder()
{
    Scenario scenario = Variant("old credentials file in a redirected folder");
    const std::string name = "ContosoVault_Wed May 14 2025.VaultCredentials";
    LeaveCredentials(scenario.server, name, EndedCredentials());
    VolumeInfo share;
    share.root = "C:\\Users\\maria.lopez\\Downloads\\";
    share.kind = DriveKind::kRemote;
    scenario.server.Set(ReadVolume{share.root + name}, share);
    return scenario;
}

/// The registration key of another service, which has the same ending.
Scenario SiteRecoveryKey()
{
    Scenario scenario = Variant("registration key of Site Recovery in Downloads");
    VaultCredentials key;
    key.fault = CredentialsFault::kWrongRoot;
    key.rootElement = "ASRVaultCreds";
    LeaveCredentials(scenario.server, "ContosoVault_HyperVSite_Wed May 14 2025.VaultCredentials", key);
    return scenario;
}

/// The computer's DNS suffix is not the name of its domain.
Scenario OtherDnsSuffix()
{
    Scenario scenario = Variant("DNS suffix is not the domain");
    TestServer& server = scenario.server;
    Edit(server.answers, ListCertificates{"My"}, [](CertificateList& list) {
        CertificateInfo& own = list.certificates.front();
        own.subject = "CN=CB_FILESRV07.berlin.contoso.example_7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001";
        own.issuer = own.subject;
    });
    const std::string tcpip = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters";
    server.SetText(tcpip, "Domain", "berlin.contoso.example");
    server.SetText(tcpip, "NV Domain", "berlin.contoso.example");
    return scenario;
}

/// The agent of this server writes to the channel's other name.
Scenario OtherChannel()
{
    Scenario scenario = Variant("events in CloudBackup/Operational");
    for (LoggedEvent& event : scenario.server.events)
    {
        event.channel = event.channel == "CloudBackup" ? "CloudBackup/Operational" : event.channel;
    }
    return scenario;
}

/// Nobody said how much data is backed up. Large disks are nearly full, and their shadow copies have little
/// of them, which is much all the same.
Scenario LargeDisks()
{
    Scenario scenario = Variant("large disks, nearly full");
    TestServer& server = scenario.server;
    const std::uint64_t size = 20'000 * kGiB;
    const std::uint64_t free = 900 * kGiB;
    server.volumes["C"].freeBytes = 9 * kGiB;
    server.volumes["E"] = {"E:\\", DriveKind::kFixed, "NTFS", size, free, false};
    const std::uint64_t limit = 800 * kGiB;
    server.Set(ListShadowStorage{},
        ShadowStorageList{{{"E:\\", size, "E:\\", size, free, limit, 500 * kGiB},
            {"\\\\?\\Volume{5c1f8a50-0000-0000-0000-100000000000}\\", kGiB / 2,
                "\\\\?\\Volume{5c1f8a50-0000-0000-0000-100000000000}\\", kGiB / 2, kGiB / 32, kGiB / 20,
                0}}});
    return scenario;
}

/// An update waits for nothing but the next restart of its own program.
Scenario FilesToRename()
{
    Scenario scenario = Variant("a file to rename at the next start");
    scenario.server.Set(ReadRegistryValue{{"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager",
                            "PendingFileRenameOperations"}},
        RegistryValue::MultiString({"\\??\\C:\\Windows\\Temp\\spool1.tmp", ""}));
    return scenario;
}

/// Storage software reaches its own disk by iSCSI over this computer's own address.
Scenario LoopbackIscsi()
{
    Scenario scenario = Variant("iSCSI target on the same server");
    scenario.server.SetService("MSiSCSI", "Microsoft iSCSI Initiator Service", kRunning, kAutomatic);
    scenario.server.Set(
        ListIscsiSessions{}, IscsiSessionList{{{"iqn.2008-08.com.example:vsan-witness", 1, true}}});
    return scenario;
}

/// The one backup that ended with warnings skipped a file that the next one had.
Scenario WarningsBefore()
{
    Scenario scenario = Variant("warnings some nights ago");
    StopBackups(scenario.server, std::chrono::days(3));
    AddJob(scenario.server, kNow - std::chrono::hours(64), JobEnd::kSucceededWithWarnings,
        "BackupRead failed on file(E:\\Data\\open.pst) Failed: Hr: = [0x80070020]");
    AddJob(scenario.server, kNow - std::chrono::hours(40), JobEnd::kFailed,
        "Failed: Hr: = [0x80072EE2] CBPServerError 100050 connection attempt failed");
    AddJob(scenario.server, kNow - std::chrono::hours(16), JobEnd::kSucceeded);
    return scenario;
}

} // namespace

std::vector<MakeScenario> OtherHealthyServers()
{
    return {Hardened, OtherAntivirus, OfflineSeedingOnce, ShortScratchPath, AgentOnD, German, Spanish, Weekly,
        OldCredentials, RedirectedFolder, SiteRecoveryKey, OtherDnsSuffix, OtherChannel, LargeDisks,
        FilesToRename, LoopbackIscsi, WarningsBefore};
}

} // namespace mars::test
