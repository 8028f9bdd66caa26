// SPDX-License-Identifier: MIT
#include "certificates.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("encryption.server_renamed");
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
    const Outcome outcome = Detect(Cause(), RegisteredAs("OLDSRV.contoso.example"));
    CheckProblem(outcome, Level::kError, "renamed");
    CHECK(outcome.Text("registered_name") == "OLDSRV.contoso.example");
    CHECK(outcome.Text("present_name") == "FILESRV07.contoso.example");
    CheckProblem(Detect(Cause(), RegisteredAs("FILESRV070.contoso.example")), Level::kError, "renamed");
    CheckProblem(Detect(Cause(), RegisteredAs("FILESRV0")), Level::kError, "renamed");
}

TEST_CASE("server_renamed: another domain is an error")
{
    CheckProblem(Detect(Cause(), RegisteredAs("FILESRV07.old.example")), Level::kError, "domain_changed");
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadContext{}, [](ProcessContext& context) { context.domain.clear(); });
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "domain_changed");
    CHECK(outcome.Text("present_name") == "FILESRV07");
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
