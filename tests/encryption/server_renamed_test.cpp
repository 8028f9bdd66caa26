// SPDX-License-Identifier: MIT
#include "certificates.h"
#include "knowledge.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/registry.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("encryption.server_renamed");
}

const ReadRegistryValue kSuffix{{"HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters", "Domain"}};
const ReadRegistryValue kPolicySuffix{
    {"HKLM\\SOFTWARE\\Policies\\Microsoft\\System\\DNSClient", "NV PrimaryDnsSuffix"}};

/// The backups of a server that the service no longer knows fail.
RecordedMachine Failing(RecordedMachine machine)
{
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{{{11, kNow - std::chrono::hours(14)}}});
    return machine;
}

RecordedMachine RegisteredAs(const std::string& name)
{
    RecordedMachine machine = HealthyServer();
    EditCertificates(machine, [&](auto& certificates) {
        certificates[0].subject = "CN=CB_" + name + "_7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001";
    });
    return machine;
}

} // namespace

TEST_CASE("server_renamed: the same name passes, whatever its case and with or without the domain")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    CheckPassed(Detect(Cause(), RegisteredAs("filesrv07.CONTOSO.example")));
    CheckPassed(Detect(Cause(), RegisteredAs("FILESRV07.")));
    CheckPassed(Detect(Cause(), RegisteredAs("FILESRV07")));
}

TEST_CASE("server_renamed: a name that is a word of every Windows stays the same in every place")
{
    for (const char* name : {"BACKUP", "Server"})
    {
        CAPTURE(name);
        RecordedMachine machine = RegisteredAs(std::string(name) + ".contoso.example");
        Edit(machine, ReadContext{}, [&](ProcessContext& context) { context.computer = name; });
        CheckPassed(Detect(Cause(), machine));
    }
}

TEST_CASE("server_renamed: another host name is an error, with both names")
{
    const Outcome outcome = Detect(Cause(), Failing(RegisteredAs("OLDSRV.contoso.example")));
    CheckProblem(outcome, Level::kError, "renamed");
    CHECK(outcome.Text("registered_name") == "OLDSRV.contoso.example");
    CHECK(outcome.Text("present_name") == "FILESRV07.contoso.example");
    CheckProblem(
        Detect(Cause(), Failing(RegisteredAs("FILESRV070.contoso.example"))), Level::kError, "renamed");
    CheckProblem(Detect(Cause(), Failing(RegisteredAs("FILESRV0."))), Level::kError, "renamed");
}

TEST_CASE(
    "server_renamed: a name without a dot, and the certificate for a first backup on disks, tell nothing")
{
    for (const char* name : {"FILESRV0", "AzureADCertforOfflineSeeding"})
    {
        CheckCouldNotCheck(Detect(Cause(), Failing(RegisteredAs(name))), kCertificateNotFound);
    }
    RecordedMachine machine = RegisteredAs("AzureADCertforOfflineSeeding");
    EditCertificates(machine, [](auto& certificates) {
        certificates.push_back(certificates[0]);
        certificates[2].subject = "CN=CB_FILESRV07.contoso.example_7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001";
        certificates[2].notBefore = kNow - std::chrono::days(700);
    });
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("server_renamed: of several certificates one that fits is enough")
{
    RecordedMachine machine = Failing(RegisteredAs("FILESRV07.old.example"));
    EditCertificates(machine, [](auto& certificates) {
        certificates.push_back(certificates[0]);
        certificates[2].subject = "CN=CB_FILESRV07.contoso.example_7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001";
        certificates[2].notBefore = kNow - std::chrono::days(700);
    });
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("registered_name") == "FILESRV07.contoso.example");
}

TEST_CASE("server_renamed: another domain is an error")
{
    CheckProblem(
        Detect(Cause(), Failing(RegisteredAs("FILESRV07.old.example"))), Level::kError, "domain_changed");
    RecordedMachine machine = Failing(HealthyServer());
    Edit(machine, ReadContext{}, [](ProcessContext& context) { context.domain.clear(); });
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "domain_changed");
    CHECK(outcome.Text("present_name") == "FILESRV07");
}

TEST_CASE("server_renamed: the primary DNS suffix is a domain of the name too")
{
    for (const ReadRegistryValue& place : {kSuffix, kPolicySuffix})
    {
        // A member of contoso.example with another suffix, and a workgroup server with one.
        for (const bool isMember : {true, false})
        {
            RecordedMachine machine = Failing(RegisteredAs("FILESRV07.dmz.example"));
            machine.Set(kSuffix, Absent{});
            machine.Set(kPolicySuffix, Absent{});
            Edit(machine, ReadContext{},
                [&](ProcessContext& context) { context.domain = isMember ? context.domain : std::string(); });
            CheckProblem(Detect(Cause(), machine), Level::kError, "domain_changed");
            machine.Set(place, RegistryValue::String("DMZ.example"));
            const Outcome outcome = Detect(Cause(), machine);
            CheckPassed(outcome);
            CHECK(outcome.Text("present_name") == "FILESRV07.DMZ.example");
        }
    }
    // The domain counts as before.
    RecordedMachine machine = HealthyServer();
    machine.Set(kSuffix, RegistryValue::String("dmz.example"));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("server_renamed: a suffix that cannot be read forbids only the judgement of the domain")
{
    RecordedMachine machine = Failing(RegisteredAs("FILESRV07.dmz.example"));
    machine.Set(kSuffix, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = Failing(RegisteredAs("OLDSRV.dmz.example"));
    machine.Set(kSuffix, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "renamed");
    machine = HealthyServer();
    machine.Set(kSuffix, Failure{code::kAccessDenied, "x"});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("server_renamed: while backups succeed another name is a warning that changes nothing")
{
    for (const auto& [name, textCase] : {std::pair("OLDSRV.contoso.example", "renamed"),
             std::pair("FILESRV07.old.example", "domain_changed")})
    {
        RecordedMachine machine = RegisteredAs(name);
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kWarning, "backups_succeed");
        CHECK(outcome.facts.at("last_success") == Fact(kNow - std::chrono::hours(14)));
        CHECK(BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish).steps.size() == 1);
        machine.Set(
            ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{{{3, kNow - std::chrono::hours(49)}}});
        CheckProblem(Detect(Cause(), machine), Level::kError, textCase);
    }
}

TEST_CASE("server_renamed: without the certificate or today's name nothing is known")
{
    RecordedMachine machine = HealthyServer();
    EditCertificates(machine, [](auto& certificates) { certificates.clear(); });
    CheckCouldNotCheck(Detect(Cause(), machine), kCertificateNotFound);
    machine = HealthyServer();
    machine.Set(ReadContext{}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("server_renamed: needs the agent, a registration and the store")
{
    CheckNeedsAgent(Cause());
    CheckNeedsRegistration(Cause());
    CheckNeedsCertificateStore(Cause());
}

} // namespace mars::test
