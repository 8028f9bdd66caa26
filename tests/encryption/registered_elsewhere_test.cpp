// SPDX-License-Identifier: MIT
#include "certificates.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/registry.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("encryption.registered_elsewhere");
}

/// The vault's certificate is of yesterday, and valid for another week.
void MakeValid(CertificateInfo& certificate, int daysOld = 1)
{
    certificate.notBefore = kNow - std::chrono::days(daysOld);
    certificate.notAfter = kNow + std::chrono::days(7);
}

RecordedMachine WithCredentialsOf(const std::string& vault)
{
    RecordedMachine machine = HealthyServer();
    EditCertificates(machine, [&](auto& certificates) {
        certificates[1].friendlyName = "CB_" + vault + "-3-9-2026-vaultcredentials";
        MakeValid(certificates[1]);
    });
    return machine;
}

} // namespace

TEST_CASE("registered_elsewhere: the same vault passes, whatever its case")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    const Outcome outcome = Detect(Cause(), WithCredentialsOf("CONTOSOVAULT"));
    CheckPassed(outcome);
    CHECK(outcome.Text("certificate_vault") == "CONTOSOVAULT");
    CHECK(outcome.Text("case") == "same_vault");
}

TEST_CASE("registered_elsewhere: another vault is an error, with both names")
{
    const Outcome outcome = Detect(Cause(), WithCredentialsOf("Contoso-Vault-2"));
    CheckProblem(outcome, Level::kError, "other_vault");
    CHECK(outcome.Text("vault") == "ContosoVault");
    CHECK(outcome.Text("certificate_vault") == "Contoso-Vault-2");
    CHECK(outcome.facts.at("certificate_from") == Fact(kNow - std::chrono::days(1)));
}

TEST_CASE("registered_elsewhere: the subject tells where there is no friendly name")
{
    RecordedMachine machine = WithCredentialsOf("ContosoVault");
    EditCertificates(machine, [](auto& certificates) {
        certificates[1].friendlyName.clear();
        certificates[1].subject = "CN=CB_OtherVault-3-9-2026-vaultcredentials, O=x";
    });
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "other_vault");
    CHECK(outcome.Text("certificate_vault") == "OtherVault");
}

TEST_CASE("registered_elsewhere: only valid certificates count, and of these the newest")
{
    RecordedMachine machine = WithCredentialsOf("OtherVault");
    EditCertificates(machine, [](auto& certificates) { certificates[1].notAfter = kNow; });
    CheckPassed(Detect(Cause(), machine));
    EditCertificates(machine, [](auto& certificates) {
        MakeValid(certificates[1]);
        certificates[1].notBefore = kNow + std::chrono::seconds(1);
    });
    CheckPassed(Detect(Cause(), machine));
    EditCertificates(machine, [](auto& certificates) {
        MakeValid(certificates[1], 3);
        certificates.push_back(certificates[1]);
        certificates[2].friendlyName = "CB_ContosoVault-3-8-2026-vaultcredentials";
        MakeValid(certificates[2], 2);
    });
    CheckPassed(Detect(Cause(), machine));
    EditCertificates(machine, [](auto& certificates) { MakeValid(certificates[1], 1); });
    CheckProblem(Detect(Cause(), machine), Level::kError, "other_vault");
}

TEST_CASE("registered_elsewhere: names of another shape say nothing")
{
    for (const std::string& name :
        {std::string("CB_OtherVault"), std::string("CB_-3-9-2026-vaultcredentials"),
            std::string("CB_OtherVault-a-9-2026-vaultcredentials"), std::string("CB_9-2026-vaultcredentials"),
            std::string("OtherVault-3-9-2026-vaultcredentials"), std::string("CB_-vaultcredentials")})
    {
        RecordedMachine machine = WithCredentialsOf("ContosoVault");
        EditCertificates(machine, [&](auto& certificates) { certificates[1].friendlyName = name; });
        CheckPassed(Detect(Cause(), machine));
    }
}

TEST_CASE("registered_elsewhere: a registration without the vault's name cannot be compared")
{
    RecordedMachine machine = WithCredentialsOf("OtherVault");
    machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", "ServiceResourceName"}}, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    EditCertificates(machine, [](auto& certificates) { certificates[1].notAfter = kNow; });
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("registered_elsewhere: needs the agent, a registration and the store")
{
    CheckNeedsAgent(Cause());
    CheckNeedsRegistration(Cause());
    CheckNeedsCertificateStore(Cause());
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadClock{}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine = HealthyServer();
    machine.Set(ListCertificates{"My"}, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

} // namespace mars::test
