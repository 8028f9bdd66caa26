// SPDX-License-Identifier: MIT
#include "machine_certificate.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/files.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "server_facts.h"
#include "test_support.h"

#include <algorithm>

namespace mars::test
{
namespace
{

Answer<Fact> Value(const RecordedMachine& machine, std::string_view name)
{
    const ServerFacts facts = ReadServerFacts(MachineView(machine, Wait{}));
    const auto found = std::ranges::find(facts, name, &ServerFact::name);
    REQUIRE(found != facts.end());
    return found->value;
}

CertificateInfo Certificate(const char* subject, int fromDay, int toDay)
{
    CertificateInfo info;
    info.subject = subject;
    info.notBefore = kNow + std::chrono::days(fromDay);
    info.notAfter = kNow + std::chrono::days(toDay);
    return info;
}

} // namespace

TEST_CASE("server_facts: a healthy server tells all of them, in their order")
{
    const RecordedMachine machine = HealthyServer();
    const ServerFacts facts = ReadServerFacts(MachineView(machine, Wait{}));
    std::vector<std::string> names;
    for (const ServerFact& fact : facts)
    {
        names.emplace_back(fact.name);
        CHECK_MESSAGE(!fact.value.HasFailed(), std::string(fact.name));
    }
    CHECK(names
        == std::vector<std::string>{"agent_version", "vault", "registered_name", "machine_certificate_ends",
            "scratch_location", "scratch_location_provider", "last_backup", "next_run", "proxy_system",
            "proxy_user"});
    CHECK(Value(machine, "agent_version") == Answer<Fact>(Fact("2.0.9938.0")));
    CHECK(Value(machine, "vault") == Answer<Fact>(Fact("ContosoVault")));
    CHECK(Value(machine, "registered_name") == Answer<Fact>(Fact("FILESRV07.contoso.example")));
    CHECK(Value(machine, "machine_certificate_ends") == Answer<Fact>(Fact(kNow + std::chrono::days(430))));
    CHECK(Value(machine, "scratch_location") == Answer<Fact>(Fact(kScratch)));
    CHECK(Value(machine, "last_backup") == Answer<Fact>(Fact(kNow - std::chrono::hours(14))));
    CHECK(Value(machine, "next_run") == Answer<Fact>(Fact(kNow + std::chrono::hours(9))));
    CHECK(Value(machine, "proxy_system").IsAbsent());
}

TEST_CASE("server_facts: absent and failed stay apart")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListCertificates{"My"}, Failure{code::kAccessDenied, "x"});
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", "ScratchLocation"}}, Absent{});
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    machine.Set(ReadProxySettings{ProxyOwner::kUser}, Failure{code::kTimeout, "x"});
    CHECK(Value(machine, "registered_name").HasFailed());
    CHECK(Value(machine, "machine_certificate_ends").Error().code == code::kAccessDenied);
    CHECK(Value(machine, "next_run").IsAbsent());
    CHECK(Value(machine, "scratch_location").IsAbsent());
    CHECK(Value(machine, "agent_version").IsAbsent());
    CHECK(Value(machine, "proxy_user").Error().code == code::kTimeout);
}

TEST_CASE("server_facts: a disabled task has no next run, of several the first counts")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) {
        list.tasks.push_back(list.tasks[0]);
        list.tasks[1].nextRun = kNow + std::chrono::hours(2);
        list.tasks.push_back(list.tasks[0]);
        list.tasks[2].nextRun = kNow + std::chrono::hours(1);
        list.tasks[2].enabled = false;
    });
    CHECK(Value(machine, "next_run") == Answer<Fact>(Fact(kNow + std::chrono::hours(2))));
}

TEST_CASE("server_facts: a backup with warnings counts, a failed one does not, and the channel has two names")
{
    RecordedMachine machine = HealthyServer();
    const std::vector<std::uint32_t> ids{1, 3, 10, 11};
    machine.Set(ReadEvents{"CloudBackup", ids},
        EventList{{{11, kNow - std::chrono::hours(1)}, {10, kNow - std::chrono::hours(2)}}});
    CHECK(Value(machine, "last_backup") == Answer<Fact>(Fact(kNow - std::chrono::hours(2))));
    machine.Set(ReadEvents{"CloudBackup", ids}, Absent{});
    machine.Set(ReadEvents{"CloudBackup/Operational", ids}, EventList{{{3, kNow - std::chrono::hours(3)}}});
    CHECK(Value(machine, "last_backup") == Answer<Fact>(Fact(kNow - std::chrono::hours(3))));
    machine.Set(ReadEvents{"CloudBackup/Operational", ids}, Absent{});
    CHECK(Value(machine, "last_backup").IsAbsent());
}

TEST_CASE("server_facts: the proxies are shown without a login")
{
    RecordedMachine machine = HealthyServer();
    ProxySettings settings;
    settings.enabled = true;
    settings.server = "user:secret@proxy:8080";
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    CHECK(Value(machine, "proxy_system") == Answer<Fact>(Fact("proxy:8080")));
}

TEST_CASE("machine_certificate: the newest one of this server counts")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListCertificates{"My"},
        CertificateList{{Certificate("CN=CB_OLD._1f0e", -400, 900),
            Certificate("CN=CB_NEW.contoso.example._2a, O=x", -10, 20),
            Certificate("CN=CB_Vault-5-14-2025_x-vaultcredentials", -1, 9),
            Certificate("CN=CB_nothing", -1, 9), Certificate("CN=Windows Azure Tools", -1, 9)}});
    const auto found = ReadMachineCertificate(MachineView(machine, Wait{}));
    REQUIRE(found);
    CHECK(found->registeredName == "NEW.contoso.example");
    CHECK(found->notAfter == kNow + std::chrono::days(20));
    machine.Set(ListCertificates{"My"}, Absent{});
    CHECK(ReadMachineCertificate(MachineView(machine, Wait{})).IsAbsent());
}

TEST_CASE("machine_certificate: the one for a first backup on disks names no server")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListCertificates{"My"},
        CertificateList{{Certificate("CN=CB_AzureADCertforOfflineSeeding_6043214321432143", -1, 900),
            Certificate("CN=CB_FILESRV07.contoso.example_2a7b1c2f0e", -300, 20)}});
    CHECK(
        ReadMachineCertificate(MachineView(machine, Wait{}))->registeredName == "FILESRV07.contoso.example");
    CHECK(Value(machine, "registered_name") == Answer<Fact>(Fact("FILESRV07.contoso.example")));
    machine.Set(ListCertificates{"My"},
        CertificateList{{Certificate("CN=CB_AzureADCertforOfflineSeeding_6043214321432143", -1, 900)}});
    CHECK(ReadMachineCertificate(MachineView(machine, Wait{})).IsAbsent());
    // Not even on a computer of that name.
    Edit(machine, ReadContext{},
        [](ProcessContext& context) { context.computer = "AzureADCertforOfflineSeeding"; });
    CHECK(ReadMachineCertificate(MachineView(machine, Wait{})).IsAbsent());
}

TEST_CASE("machine_certificate: the present name comes first, then the newest")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListCertificates{"My"},
        CertificateList{{Certificate("CN=CB_NEWER.contoso.example_2a7b1c2f0e", -10, 900),
            Certificate("CN=CB_filesrv07._2a7b1c2f0e", -300, 20),
            Certificate("CN=CB_FILESRV07.old.example_2a7b1c2f0e", -400, 10)}});
    const auto all = ListMachineCertificates(MachineView(machine, Wait{}));
    REQUIRE(all);
    REQUIRE(all->size() == 3);
    CHECK((*all)[0].registeredName == "filesrv07");
    CHECK((*all)[1].registeredName == "FILESRV07.old.example");
    CHECK((*all)[2].registeredName == "NEWER.contoso.example");
}

TEST_CASE("machine_certificate: a name without a dot counts only where it is the present one")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListCertificates{"My"}, CertificateList{{Certificate("CN=CB_OTHER_2a7b1c2f0e", -10, 900)}});
    CHECK(ReadMachineCertificate(MachineView(machine, Wait{})).IsAbsent());
    machine.Set(
        ListCertificates{"My"}, CertificateList{{Certificate("CN=CB_filesrv07_2a7b1c2f0e", -10, 900)}});
    CHECK(ReadMachineCertificate(MachineView(machine, Wait{}))->registeredName == "filesrv07");
    machine.Set(ReadContext{}, Failure{code::kTimeout, "x"});
    CHECK(ReadMachineCertificate(MachineView(machine, Wait{})).IsAbsent());
    machine.Set(
        ListCertificates{"My"}, CertificateList{{Certificate("CN=CB_filesrv07._2a7b1c2f0e", -10, 900)}});
    CHECK(ReadMachineCertificate(MachineView(machine, Wait{}))->registeredName == "filesrv07");
}

} // namespace mars::test
