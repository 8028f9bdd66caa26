// SPDX-License-Identifier: MIT
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/devices.h"
#include "questions/firewall.h"
#include "questions/network.h"
#include "questions/protection.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "server.h"

#include <array>

namespace mars::test
{

namespace
{

using enum ServiceState;
using enum StartType;

constexpr std::uint64_t kTiB = 1ULL << 40;

Scenario Role(const char* name)
{
    Scenario scenario;
    scenario.name = name;
    return scenario;
}

Scenario Workgroup()
{
    Scenario scenario = Role("workgroup");
    TestServer& server = scenario.server;
    Edit(server.answers, ReadContext{}, [](ProcessContext& context) {
        context.domain.clear();
        context.user = "Administrator";
    });
    Edit(server.answers, ListCertificates{"My"}, [](CertificateList& list) {
        CertificateInfo& own = list.certificates.front();
        own.subject = "CN=CB_FILESRV07._7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001";
        own.issuer = own.subject;
    });
    const std::string tcpip = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters";
    server.SetText(tcpip, "Domain", "");
    server.SetText(tcpip, "NV Domain", "");
    // Outside a domain Windows starts the time service when it wants the time, and stops it again.
    server.SetService("W32Time", "Windows Time", kStopped, kManual);
    const std::string time = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\";
    server.SetText(time + "Parameters", "Type", "NTP");
    server.SetNumber(time + "Config", "MaxPosPhaseCorrection", 54'000);
    server.SetNumber(time + "Config", "MaxNegPhaseCorrection", 54'000);
    Edit(server.answers, ReadFirewall{}, [](FirewallState& firewall) {
        firewall.profiles[0].active = false;
        firewall.profiles[2].active = true;
    });
    return scenario;
}

Scenario DomainController()
{
    Scenario scenario = Role("domain controller");
    TestServer& server = scenario.server;
    Edit(server.answers, ReadWindowsVersion{},
        [](WindowsVersion& windows) { windows.domainController = true; });
    for (const char* name : {"NTDS", "Netlogon", "Kdc", "DNS", "DFSR"})
    {
        server.SetService(name, name, kRunning, kAutomatic);
    }
    server.SetText("HKLM\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters", "Type", "NTP");
    server.Replace({{"FILESRV07", "DC01"}});
    return scenario;
}

Scenario HyperVHost()
{
    Scenario scenario = Role("Hyper-V host");
    TestServer& server = scenario.server;
    server.SetService("vmms", "Hyper-V Virtual Machine Management", kRunning, kAutomatic);
    server.volumes["V"] = {"V:\\", DriveKind::kFixed, "ReFS", 8 * kTiB, kTiB, false};
    server.Set(ListNetworkAdapters{},
        NetworkAdapterList{
            {{"Ethernet", "Intel X710", true, {}, {}, {}}, {"Ethernet 2", "Intel X710 #2", false, {}, {}, {}},
                {"vEthernet (Management)", "Hyper-V Virtual Ethernet Adapter", true, {"10.1.2.30"},
                    {"10.1.2.1"}, {"10.1.2.5"}}}});
    Edit(server.answers, ListFilterDrivers{}, [](FilterDriverList& list) {
        list.drivers.push_back(
            {"storqosflt", "FSFilter Quota Management", "244000", true, "Microsoft Corporation", ""});
        list.drivers.push_back(
            {"FsDepends", "FSFilter Virtualization", "407000", true, "Microsoft Corporation", ""});
    });
    return scenario;
}

/// Its disks are on a storage system that it reaches by iSCSI all the time.
Scenario ClusterNode()
{
    Scenario scenario = Role("cluster node");
    TestServer& server = scenario.server;
    server.SetService("ClusSvc", "Cluster Service", kRunning, kAutomatic);
    server.SetService("MSiSCSI", "Microsoft iSCSI Initiator Service", kRunning, kAutomatic);
    server.Set(ListIscsiSessions{},
        IscsiSessionList{{{"iqn.1992-08.com.example:sn.storage01", 1, false},
            {"iqn.1992-08.com.example:sn.storage02", 2, false}}});
    server.volumes["Q"] = {"Q:\\", DriveKind::kFixed, "NTFS", kTiB / 1024, kTiB / 2048, false};
    server.volumes["V"] = {
        "C:\\ClusterStorage\\Volume1\\", DriveKind::kFixed, "CSVFS", 4 * kTiB, kTiB, false};
    Edit(server.answers, ListNetworkAdapters{}, [](NetworkAdapterList& list) {
        list.adapters.push_back({"Local Area Connection* 12", "Microsoft Failover Cluster Virtual Adapter",
            true, {"169.254.1.37"}, {}, {}});
    });
    Edit(server.answers, ListFilterDrivers{}, [](FilterDriverList& list) {
        list.drivers.push_back(
            {"CsvNSFlt", "FSFilter Cluster File System", "404900", true, "Microsoft Corporation", ""});
    });
    return scenario;
}

Scenario AzureVirtualMachine()
{
    Scenario scenario = Role("virtual machine of Azure");
    TestServer& server = scenario.server;
    server.internet.azure = true;
    server.Set(ReadChassisTag{}, ChassisTag{"7783-7084-3265-9085-8269-3286-77"});
    server.SetService("WindowsAzureGuestAgent", "Windows Azure Guest Agent", kRunning, kAutomatic);
    server.volumes["D"] = {"D:\\", DriveKind::kFixed, "NTFS", 32ULL << 30, 30ULL << 30, false};
    return scenario;
}

/// Backs up the system state too, by the second task of the agent and by Windows Server Backup.
Scenario SystemState()
{
    Scenario scenario = Role("system state scheduled");
    TestServer& server = scenario.server;
    Edit(server.answers, ListTasks{kTaskFolder}, [](TaskList& list) {
        ScheduledTask state = list.tasks.front();
        state.path = std::string(kTaskFolder) + "\\Microsoft-OnlineBackup-SystemStateBackup";
        const std::string evening = "T21:00:00";
        state.xml.replace(state.xml.find(evening), evening.size(), "T03:00:00");
        state.lastRun = kNow - std::chrono::hours(10);
        state.nextRun = kNow + std::chrono::hours(14);
        list.tasks.push_back(state);
    });
    server.SetNumber("HKLM\\SOFTWARE\\Microsoft\\ServerManager\\ServicingStorage\\"
                     "ServerComponentCache\\Windows-Server-Backup",
        "InstallState", 1);
    server.SetService("wbengine", "Block Level Backup Engine Service", kStopped, kManual);
    for (const char* file : {"C:\\Windows\\System32\\wbengine.exe", "C:\\Windows\\System32\\wbadmin.exe",
             "C:\\Windows\\System32\\WindowsPowerShell\\v1."
             "0\\Modules\\WindowsServerBackup\\WindowsServerBackup.psd1"})
    {
        server.SetFile(file, 1'500'000);
    }
    return scenario;
}

/// Its Azure File Sync has done no harm.
Scenario FileSync()
{
    Scenario scenario = Role("Azure File Sync beside it");
    TestServer& server = scenario.server;
    server.SetService("FileSyncSvc", "Storage Sync Agent", kRunning, kAutomatic);
    server.SetFile("C:\\Windows\\System32\\drivers\\StorageSync.sys", 600'000);
    Edit(server.answers, ListFilterDrivers{}, [](FilterDriverList& list) {
        list.drivers.push_back({"StorageSync", "FSFilter HSM", "180618", true, "Microsoft Corporation", ""});
    });
    return scenario;
}

} // namespace

std::vector<MakeScenario> RolesOfServers()
{
    return {Workgroup, DomainController, HyperVHost, ClusterNode, AzureVirtualMachine, SystemState, FileSync};
}

} // namespace mars::test
