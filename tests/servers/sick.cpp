// SPDX-License-Identifier: MIT
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/credentials.h"
#include "questions/devices.h"
#include "questions/events.h"
#include "questions/failed_files.h"
#include "questions/files.h"
#include "questions/firewall.h"
#include "questions/probes.h"
#include "questions/programs.h"
#include "questions/protection.h"
#include "questions/proxy.h"
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
using std::chrono::days;
using std::chrono::hours;

constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr Shown kFailedEvents{Level::kError, "failed"};

Scenario Sick(const char* name)
{
    Scenario scenario;
    scenario.name = name;
    return scenario;
}

Scenario EngineStopped()
{
    Scenario scenario = Sick("the agent's service is stopped");
    scenario.server.SetService("obengine", "Microsoft Azure Recovery Services Agent", kStopped, kAutomatic);
    StopBackups(scenario.server, days(4));
    scenario.problems["basics.service_stopped"] = {Level::kError, "stopped"};
    return scenario;
}

Scenario ManagementStopped()
{
    Scenario scenario = Sick("the management service is stopped");
    scenario.server.SetService("OBRecoveryServicesManagementAgent",
        "Microsoft Azure Recovery Services Management Agent", kStopped, kAutomatic);
    scenario.problems["basics.management_service_stopped"] = {Level::kWarning, "stopped"};
    return scenario;
}

Scenario ScratchFull()
{
    Scenario scenario = Sick("the scratch volume is full");
    scenario.server.volumes["C"].freeBytes = kGiB;
    FailSince(scenario.server, days(3), "SalLowDiskSpace: Failed: Hr: = [0x80070070]");
    scenario.problems["basics.scratch_space_low"] = {Level::kError, "below_minimum"};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "encryption"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    // Shadow copies have no room there either.
    Edit(scenario.server.answers, ListShadowStorage{},
        [](ShadowStorageList& list) { list.storages.front().storageFreeBytes = kGiB; });
    scenario.problems["jobs.shadow_storage_low"] = {Level::kWarning, "space_low"};
    return scenario;
}

Scenario NoExclusions()
{
    Scenario scenario = Sick("the antivirus scans the agent's files");
    Edit(scenario.server.answers, ReadDefender{}, [](DefenderState& defender) {
        defender.excludedPaths.clear();
        defender.excludedProcesses.clear();
    });
    scenario.problems["basics.antivirus_exclusions_missing"] = {Level::kWarning, "needed"};
    return scenario;
}

Scenario UpdatesOverdue()
{
    Scenario scenario = Sick("no updates for half a year");
    Edit(scenario.server.answers, FindNewestUpdate{UpdateSource::kPackages},
        [](InstalledUpdate& update) { update.installed = kNow - days(190); });
    scenario.problems["basics.updates_overdue"] = {Level::kWarning, ""};
    return scenario;
}

Scenario ClockBehind()
{
    Scenario scenario = Sick("the clock is twenty minutes slow");
    scenario.server.internet.clockAhead = std::chrono::seconds(-1230);
    scenario.problems["basics.clock_wrong"] = {Level::kError, "behind"};
    return scenario;
}

Scenario OldAgent()
{
    Scenario scenario = Sick("the agent is too old");
    scenario.server.Set(
        ReadFileVersion{std::string(kInstallPath) + "bin\\cbengine.exe"}, FileVersion{2, 0, 9077, 0});
    FailSince(scenario.server, days(6), "Failed: Hr: = [0x1FBD3] 130003");
    scenario.problems["basics.agent_outdated"] = {Level::kError, "unsupported"};
    // The installer of a newer one asks for .NET 4.8.
    scenario.problems["basics.dotnet_outdated"] = {Level::kWarning, "agent_to_upgrade"};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "basics"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

Scenario RestartPending()
{
    Scenario scenario = Sick("an update waits for a restart");
    scenario.server.Set(ListRegistryKey{"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based "
                                        "Servicing\\RebootPending"},
        RegistryKeyContent{});
    scenario.problems["basics.restart_pending"] = {Level::kWarning, "restart"};
    return scenario;
}

Scenario EngineCrashes()
{
    Scenario scenario = Sick("the engine crashes every night");
    CrashList crashes;
    for (int night = 0; night < 3; ++night)
    {
        const Timestamp time = kNow - hours(15) - days(night);
        crashes.events.push_back({1000, time, "ntdll.dll", 0xC0000374});
        crashes.events.push_back({7031, time + std::chrono::seconds(2)});
    }
    scenario.server.Set(ListCrashes{"cbengine.exe", "obengine"}, crashes);
    StopBackups(scenario.server, days(3));
    scenario.problems["basics.engine_crashes"] = {Level::kError, "crashed_in"};
    return scenario;
}

/// Not registered yet; the file was downloaded last month.
Scenario CredentialsExpired()
{
    Scenario scenario = Sick("registering with an expired credentials file");
    const std::string file =
        "C:\\Users\\maria.lopez\\Downloads\\ContosoVault_Wed Feb 11 2026.VaultCredentials";
    for (const char* name : {"ServiceResourceName", "MachineId", "ResourceId"})
    {
        scenario.server.Remove(std::string(kAgentKey) + "\\Config", name);
    }
    FileInfo info;
    info.name = "ContosoVault_Wed Feb 11 2026.VaultCredentials";
    info.attributes = 0x20;
    info.bytes = 5200;
    info.created = kNow - days(27);
    info.written = info.created;
    VaultCredentials credentials;
    credentials.rootElement = "RSBackupVaultAADCreds";
    credentials.version = "2.0";
    credentials.vault = "ContosoVault";
    credentials.notBefore = kNow - days(28);
    credentials.notAfter = kNow - days(17);
    scenario.server.Set(ReadFileInfo{file}, info);
    scenario.server.Set(
        ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, FileList{{info}, false});
    scenario.server.Set(ReadVaultCredentials{file}, credentials);
    scenario.server.Set(ListCertificates{"My"}, CertificateList{});
    scenario.server.Set(ListTasks{kTaskFolder}, TaskList{});
    scenario.server.log.clear();
    scenario.server.events.clear();
    scenario.server.Set(ReadFileInfo{std::string(kScratch) + "\\OnlineBackup.KEK"}, Absent{});
    scenario.given.credentialsFile = file;
    scenario.problems["credentials.file_expired"] = {Level::kError, "expired"};
    scenario.problems["scheduling.task_missing"] = {Level::kError, ""};
    return scenario;
}

Scenario TempFull()
{
    Scenario scenario = Sick("the Temp folder of Windows is full");
    TempFileCount count;
    count.all = {65'700, 1'900'000'000};
    count.olderThanDay = {65'600, 1'890'000'000};
    count.olderThanHour = {65'690, 1'899'000'000};
    count.largestPrefix = "CBP";
    count.largestPrefixFiles = 65'535;
    scenario.server.Set(CountTempFiles{"C:\\Windows\\Temp"}, count);
    FailSince(scenario.server, days(2), "Failed: Hr: = [0x86D1] 34513");
    scenario.problems["credentials.temp_folder_full"] = {Level::kError, "full"};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "credentials"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    // The certificate of the credentials that it was registered with.
    scenario.problems["encryption.stale_certificate"] = {Level::kWarning, "expired"};
    return scenario;
}

/// Every host is connected, and none is heard.
void NoAnswerSeen(Scenario& scenario)
{
    scenario.notChecked["connectivity.endpoint_unreachable"] =
        "every host ended in TLS, which another row says";
    scenario.notChecked["connectivity.root_certificates_missing"] = "no certificate was seen";
}

Scenario TlsOff()
{
    Scenario scenario = Sick("TLS 1.2 is switched off");
    scenario.server.SetNumber(
        "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\"
        "TLS 1.2\\Client",
        "Enabled", 0);
    scenario.server.internet.hasTls = false;
    FailSince(scenario.server, days(5), "Failed: Hr: = [0x186D2], caused by [0x80072F7D]");
    scenario.problems["credentials.tls_too_old"] = {Level::kError, "disabled"};
    scenario.problems["connectivity.tls_fails"] = {Level::kError, "handshake"};
    NoAnswerSeen(scenario);
    scenario.problems["jobs.recent_errors"] = {Level::kError, "connectivity"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

/// Nothing gets out, and the log says so.
void CutOff(Scenario& scenario)
{
    FailSince(scenario.server, days(4), "Failed: Hr: = [0x186D2] 100050");
    scenario.problems["jobs.recent_errors"] = {Level::kError, "connectivity"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    for (const char* id :
        {"connectivity.endpoint_unreachable", "connectivity.tls_fails",
            "connectivity.root_certificates_missing", "basics.clock_wrong", "connectivity.proxy_needs_login"})
    {
        scenario.notChecked[id] = "nothing was reached";
    }
}

Scenario NoNames()
{
    Scenario scenario = Sick("names of the internet are not resolved");
    scenario.server.internet.hasNames = false;
    CutOff(scenario);
    scenario.problems["connectivity.no_network"] = {Level::kError, ""};
    scenario.problems["connectivity.name_resolution_fails"] = {Level::kError, ""};
    return scenario;
}

Scenario HostsBlocked()
{
    Scenario scenario = Sick("a firewall lets only the sign-in through");
    scenario.server.internet.open = {"login.*", "www.*", "download.*", "management.*"};
    FailSince(scenario.server, days(4), "Failed: Hr: = [0x186D2] 100050");
    scenario.problems["connectivity.endpoint_unreachable"] = {Level::kError, ""};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "connectivity"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

ProxySettings Manual(const std::string& proxy)
{
    ProxySettings settings;
    settings.enabled = true;
    settings.server = proxy;
    return settings;
}

Scenario ProxyGone()
{
    Scenario scenario = Sick("the proxy of SYSTEM is gone");
    scenario.server.Set(ReadProxySettings{ProxyOwner::kSystem}, Manual("oldproxy.contoso.example:3128"));
    CutOff(scenario);
    scenario.problems["connectivity.system_proxy_wrong"] = {Level::kError, "dead_direct_works"};
    scenario.problems["connectivity.no_network"] = {Level::kError, ""};
    scenario.problems["connectivity.endpoint_unreachable"] = {Level::kError, "proxy_unreachable"};
    return scenario;
}

Scenario ProxyAsksForLogin()
{
    Scenario scenario = Sick("the proxy of SYSTEM asks for a login");
    const std::string proxy = "proxy.contoso.example:8080";
    scenario.server.Set(ReadProxySettings{ProxyOwner::kSystem}, Manual(proxy));
    scenario.server.internet.proxies[proxy] = ProbeEnd::kProxyNeedsLogin;
    scenario.server.internet.open.clear();
    CutOff(scenario);
    scenario.notChecked["connectivity.no_network"] = "the proxy answers for every host";
    scenario.notChecked.erase("connectivity.proxy_needs_login");
    scenario.problems["connectivity.proxy_needs_login"] = {Level::kError, ""};
    return scenario;
}

Scenario UntrustedInspection()
{
    Scenario scenario = Sick("TLS is inspected with a root that nobody trusts");
    scenario.server.internet.inspected = {"*"};
    scenario.server.internet.inspectionRoot = RootKind::kUntrusted;
    FailSince(scenario.server, days(2), "Failed: Hr: = [0x186D2], caused by [0x80072F8F]");
    scenario.problems["connectivity.tls_fails"] = {Level::kError, "not_trusted"};
    // The log has errors of TLS, and programs of .NET may still use an old version.
    scenario.problems["credentials.tls_too_old"] = {Level::kWarning, "strong_crypto_errors"};
    NoAnswerSeen(scenario);
    scenario.problems["connectivity.root_certificates_missing"] = {Level::kError, "untrusted_root"};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "connectivity"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

Scenario TenantRestricted()
{
    Scenario scenario = Sick("the proxy restricts tenants");
    FailSince(scenario.server, days(2),
        "AADSTS500021: Access to 'IDMServiceAADTenantwepod01.onmicrosoft.com' tenant is denied");
    scenario.problems["connectivity.tenant_restricted"] = {Level::kError, ""};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "connectivity"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

Scenario FirewallBlocks()
{
    Scenario scenario = Sick("a rule of this computer's firewall blocks the engine");
    Edit(scenario.server.answers, ReadFirewall{}, [](FirewallState& firewall) {
        FirewallRule rule;
        rule.name = "Block backup to the cloud";
        rule.program = std::string(kInstallPath) + "bin\\cbengine.exe";
        rule.protocol = 6;
        rule.remotePorts = "443";
        rule.profiles = 7;
        rule.blocks = true;
        rule.narrowed = false;
        firewall.rules.push_back(rule);
    });
    FailSince(scenario.server, days(2), "Failed: Hr: = [0x186D2], caused by [0x8007271D]");
    scenario.problems["connectivity.firewall_rule_blocks"] = {Level::kError, "agents_own"};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "connectivity"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

Scenario KeyFileMissing()
{
    Scenario scenario = Sick("the key file is gone");
    scenario.server.Set(ReadFileInfo{std::string(kScratch) + "\\OnlineBackup.KEK"}, Absent{});
    FailSince(scenario.server, days(2), "Failed: Hr: = [0x86CA] 34506");
    scenario.problems["encryption.key_file_missing"] = {Level::kError, ""};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "encryption"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

Scenario ScratchMovedHalf()
{
    Scenario scenario = Sick("the scratch folder was moved in one place only");
    const std::string folder = "E:\\Scratch";
    scenario.server.SetFolder(folder);
    scenario.server.SetFile(folder + "\\OnlineBackup.KEK", 800);
    scenario.server.Set(SurveyFolder{folder}, FolderSurvey{12, 3 * kGiB});
    scenario.server.SetText(std::string(kAgentKey) + "\\Config", "ScratchLocation", folder);
    FailSince(scenario.server, days(2), "ScratchLocationError");
    scenario.problems["encryption.scratch_location_mismatch"] = {Level::kError, "half_moved"};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "encryption"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    // The folder that counts now is not among the exclusions.
    scenario.problems["basics.antivirus_exclusions_missing"] = {Level::kWarning, "needed"};
    return scenario;
}

Scenario CertificateExpired()
{
    Scenario scenario = Sick("the server's certificate has ended");
    Edit(scenario.server.answers, ListCertificates{"My"},
        [](CertificateList& list) { list.certificates.front().notAfter = kNow - days(5); });
    FailSince(scenario.server, days(5), "Failed: Hr: = [0x80090328]");
    scenario.problems["encryption.machine_certificate_expired"] = {Level::kError, "expired"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

Scenario Renamed()
{
    Scenario scenario = Sick("the server was renamed");
    Edit(scenario.server.answers, ReadContext{},
        [](ProcessContext& context) { context.computer = "FS-BERLIN"; });
    FailSince(scenario.server, days(3), "Failed: Hr: = [0x38276] 230006");
    scenario.problems["encryption.server_renamed"] = {Level::kError, "renamed"};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "encryption"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

void EditXml(Scenario& scenario, const std::string& from, const std::string& to)
{
    Edit(scenario.server.answers, ListTasks{kTaskFolder}, [&](TaskList& list) {
        std::string& xml = list.tasks.front().xml;
        REQUIRE(xml.find(from) != std::string::npos);
        xml.replace(xml.find(from), from.size(), to);
    });
}

Scenario TaskAndTriggerOff()
{
    Scenario scenario = Sick("the task and its trigger are switched off");
    Edit(scenario.server.answers, ListTasks{kTaskFolder}, [](TaskList& list) {
        list.tasks.front().enabled = false;
        list.tasks.front().nextRun.reset();
    });
    EditXml(scenario, "<Enabled>true</Enabled>\n      <ScheduleByDay>",
        "<Enabled>false</Enabled>\n      <ScheduleByDay>");
    EditXml(scenario, "<Enabled>true</Enabled>\n  </Settings>", "<Enabled>false</Enabled>\n  </Settings>");
    StopBackups(scenario.server, days(8));
    scenario.problems["scheduling.task_disabled"] = {Level::kError, ""};
    scenario.problems["scheduling.trigger_disabled"] = {Level::kError, "disabled"};
    return scenario;
}

Scenario WrongAccount()
{
    Scenario scenario = Sick("the task runs as somebody");
    EditXml(scenario, "<UserId>S-1-5-18</UserId>",
        "<UserId>S-1-5-21-1111111111-2222222222-3333333333-1105</UserId><LogonType>Password</LogonType>");
    Edit(scenario.server.answers, ListTasks{kTaskFolder},
        [](TaskList& list) { list.tasks.front().lastResult = 0x8007052E; });
    StopBackups(scenario.server, days(8));
    scenario.problems["scheduling.wrong_account"] = {Level::kError, "keeps_password"};
    scenario.problems["scheduling.last_run_failed"] = {Level::kWarning, "account_refused"};
    return scenario;
}

Scenario ParallelRuns()
{
    Scenario scenario = Sick("runs may overlap, and Windows Server Backup runs at the same time");
    EditXml(scenario, "IgnoreNew", "Parallel");
    Edit(scenario.server.answers, ListTasks{kTaskFolder}, [&](TaskList& list) {
        ScheduledTask other = list.tasks.front();
        other.path = "\\Microsoft\\Windows\\Backup\\Microsoft-Windows-WindowsBackup";
        const std::string hour = "T21:00:00";
        other.xml.replace(other.xml.find(hour), hour.size(), "T21:30:00");
        scenario.server.Set(ListTasks{"\\Microsoft\\Windows\\Backup"}, TaskList{{other}});
    });
    scenario.problems["scheduling.overlapping_runs"] = {Level::kWarning, ""};
    scenario.problems["scheduling.windows_server_backup_conflict"] = {Level::kWarning, "close"};
    return scenario;
}

Scenario ModuleDamaged()
{
    Scenario scenario = Sick("a file of the module is missing");
    scenario.server.Set(ReadFileInfo{std::string(kInstallPath)
                            + "bin\\Modules\\MSOnlineBackup\\Microsoft.Internal.CloudBackup.Commands.dll"},
        Absent{});
    Edit(scenario.server.answers, ListTasks{kTaskFolder},
        [](TaskList& list) { list.tasks.front().lastResult = 1; });
    StopBackups(scenario.server, days(8));
    scenario.problems["scheduling.module_damaged"] = {Level::kError, "damaged"};
    scenario.problems["scheduling.last_run_failed"] = {Level::kWarning, "script_failed"};
    return scenario;
}

Scenario ScriptsForbidden()
{
    Scenario scenario = Sick("Group Policy forbids scripts");
    const std::string policy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell";
    scenario.server.SetNumber(policy, "EnableScripts", 0);
    Edit(scenario.server.answers, ListTasks{kTaskFolder},
        [](TaskList& list) { list.tasks.front().lastResult = 1; });
    StopBackups(scenario.server, days(8));
    scenario.problems["scheduling.execution_policy_restricted"] = {Level::kError, "restricted_by_policy"};
    scenario.problems["scheduling.last_run_failed"] = {Level::kWarning, "script_failed"};
    return scenario;
}

Scenario IscsiOff()
{
    Scenario scenario = Sick("the iSCSI service is disabled, and new disks stay offline");
    scenario.server.SetService("MSiSCSI", "Microsoft iSCSI Initiator Service", kStopped, kDisabled);
    scenario.server.Set(ReadNewDiskPolicy{}, NewDiskSetting{SanPolicy::kOfflineAll});
    scenario.problems["restore.iscsi_service_stopped"] = {Level::kWarning, "disabled"};
    scenario.problems["restore.san_policy_offline"] = {Level::kWarning, ""};
    return scenario;
}

Scenario IscsiDriver()
{
    Scenario scenario = Sick("the iSCSI device has no driver");
    Edit(scenario.server.answers, ListDevices{"ROOT\\ISCSIPRT"}, [](DeviceList& list) {
        list.devices.front().classGuid.clear();
        list.devices.front().problemCode = 28;
    });
    scenario.problems["restore.iscsi_driver_missing"] = {Level::kError, "no_driver"};
    return scenario;
}

Scenario MountFailed()
{
    Scenario scenario = Sick("a recovery volume could not be mounted");
    scenario.server.SetService("MSiSCSI", "Microsoft iSCSI Initiator Service", kStopped, kDisabled);
    scenario.server.log.push_back(
        {kNow - hours(2), "WARNING", "IscsiMountFailure: Failed: Hr: = [0xEFFF0040]"});
    scenario.problems["restore.iscsi_service_stopped"] = {Level::kError, "mount_failed"};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "restore"};
    return scenario;
}

Scenario StaleTarget()
{
    Scenario scenario = Sick("an iSCSI session has no connection");
    scenario.server.SetService("MSiSCSI", "Microsoft iSCSI Initiator Service", kRunning, kManual);
    scenario.server.Set(
        ListIscsiSessions{}, IscsiSessionList{{{"iqn.1991-05.com.microsoft:mabs-recovery", 0, true}}});
    scenario.problems["restore.iscsi_target_stale"] = {Level::kWarning, ""};
    return scenario;
}

Scenario FilesSkipped()
{
    Scenario scenario = Sick("the last backup skipped files");
    StopBackups(scenario.server, days(1));
    AddJob(scenario.server, kNow - hours(16), JobEnd::kSucceededWithWarnings);
    FailedFiles list;
    list.name = "LastBackupFailedFiles17af1_3_9_2026.txt";
    list.written = kNow - hours(15);
    list.groups = {{0x80070005, 3, {"E:\\Data\\private\\a.docx"}}};
    list.folders = {{0x80070005, "E:\\Data\\private", 3, {"E:\\Data\\private\\a.docx"}}};
    list.files = 3;
    scenario.server.Set(ReadFailedFiles{std::string(kInstallPath) + "Temp"}, list);
    scenario.problems["jobs.files_skipped"] = {Level::kWarning, "access_denied"};
    return scenario;
}

Scenario ShadowServiceOff()
{
    Scenario scenario = Sick("the shadow copy service is disabled");
    scenario.server.SetService("VSS", "Volume Shadow Copy", kStopped, kDisabled);
    FailSince(scenario.server, days(2), "CBPSourceSnapshotFailed: Failed: Hr: = [0x80070422] 100034");
    scenario.problems["jobs.shadow_services_disabled"] = {Level::kError, ""};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "jobs"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

Scenario SnapshotLost()
{
    Scenario scenario = Sick("the snapshot of the backup was lost");
    FailSince(scenario.server, days(1), "CBPSnapshotDisappeared: Failed: Hr: = [0x80042308]");
    scenario.server.events.push_back({"System", "volsnap", 25, kNow - hours(15) - std::chrono::minutes(20)});
    scenario.problems["jobs.shadow_storage_low"] = {Level::kError, "snapshot_lost"};
    scenario.problems["jobs.recent_errors"] = {Level::kError, "jobs"};
    scenario.problems["jobs.failed_events"] = kFailedEvents;
    return scenario;
}

Scenario NoServerBackup()
{
    Scenario scenario = Sick("the system state is scheduled without Windows Server Backup");
    Edit(scenario.server.answers, ListTasks{kTaskFolder}, [](TaskList& list) {
        list.tasks.push_back(list.tasks.front());
        list.tasks.back().path = std::string(kTaskFolder) + "\\Microsoft-OnlineBackup-SystemStateBackup";
    });
    scenario.problems["jobs.system_state_prerequisites"] = {Level::kError, "feature_missing"};
    return scenario;
}

Scenario OtherVault()
{
    Scenario scenario = Sick("the certificates name another vault");
    Edit(scenario.server.answers, ListCertificates{"My"}, [](CertificateList& list) {
        CertificateInfo other = list.certificates.back();
        other.friendlyName = "CB_FabrikamVault-3-9-2026-vaultcredentials";
        other.thumbprint = "ee112233445566778899aabbccddeeff00112233";
        other.notBefore = kNow - days(1);
        other.notAfter = kNow + days(1);
        list.certificates.push_back(other);
    });
    scenario.problems["encryption.registered_elsewhere"] = {Level::kError, "other_vault"};
    return scenario;
}

Scenario DidNotStart()
{
    Scenario scenario = Sick("the scheduled backup did not start");
    StopBackups(scenario.server, days(2));
    scenario.server.events.push_back({"CloudBackup", "", 18, kNow - hours(16)});
    scenario.problems["jobs.failed_events"] = {Level::kError, "did_not_start"};
    scenario.problems["scheduling.last_run_failed"] = {Level::kWarning, "start_failed"};
    return scenario;
}

} // namespace

std::vector<MakeScenario> SickServers()
{
    return {EngineStopped, ManagementStopped, ScratchFull, NoExclusions, UpdatesOverdue, ClockBehind,
        OldAgent, RestartPending, EngineCrashes, CredentialsExpired, TempFull, TlsOff, NoNames, HostsBlocked,
        ProxyGone, ProxyAsksForLogin, UntrustedInspection, TenantRestricted, FirewallBlocks, KeyFileMissing,
        ScratchMovedHalf, CertificateExpired, Renamed, TaskAndTriggerOff, WrongAccount, ParallelRuns,
        ModuleDamaged, ScriptsForbidden, IscsiOff, IscsiDriver, MountFailed, StaleTarget, FilesSkipped,
        ShadowServiceOff, SnapshotLost, DidNotStart, NoServerBackup, OtherVault};
}

} // namespace mars::test
