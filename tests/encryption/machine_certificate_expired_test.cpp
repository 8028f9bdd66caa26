// SPDX-License-Identifier: MIT
#include "certificates.h"
#include "knowledge.h"
#include "mars_agent.h"
#include "pass.h"
#include "questions/certificates.h"
#include "questions/computer.h"

#include <memory>

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("encryption.machine_certificate_expired");
}

RecordedMachine Ending(Timestamp end)
{
    RecordedMachine machine = HealthyServer();
    EditCertificates(machine, [&](auto& certificates) { certificates[0].notAfter = end; });
    return machine;
}

constexpr std::chrono::seconds kSecond(1);

} // namespace

TEST_CASE("machine_certificate_expired: an error from its end on")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    const Outcome outcome = Detect(Cause(), Ending(kNow));
    CheckProblem(outcome, Level::kError, "expired");
    CHECK(outcome.Text("registered_name") == "FILESRV07.contoso.example");
    CHECK(outcome.facts.at("ends") == Fact(kNow));
    CheckProblem(Detect(Cause(), Ending(kNow - std::chrono::days(300))), Level::kError, "expired");
}

TEST_CASE("machine_certificate_expired: a warning with less than 30 days left")
{
    const Outcome outcome = Detect(Cause(), Ending(kNow + std::chrono::days(30) - kSecond));
    CheckProblem(outcome, Level::kWarning, "ends_soon");
    CHECK(outcome.facts.at("days_left") == Fact(std::int64_t{29}));
    CheckProblem(Detect(Cause(), Ending(kNow + kSecond)), Level::kWarning, "ends_soon");
    CheckPassed(Detect(Cause(), Ending(kNow + std::chrono::days(30))));
}

TEST_CASE("machine_certificate_expired: of several the newest counts")
{
    RecordedMachine machine = HealthyServer();
    EditCertificates(machine, [](auto& certificates) {
        certificates.push_back(certificates[0]);
        certificates[2].notBefore = kNow - std::chrono::days(1000);
        certificates[2].notAfter = kNow - std::chrono::days(1);
    });
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("machine_certificate_expired: the certificate for a first backup on disks is never judged")
{
    RecordedMachine machine = HealthyServer();
    EditCertificates(machine, [](auto& certificates) {
        certificates.push_back(certificates[0]);
        certificates[2].subject = "CN=CB_AzureADCertforOfflineSeeding_6043214321432143";
        certificates[2].notBefore = kNow - std::chrono::days(1);
        certificates[2].notAfter = kNow;
    });
    CheckPassed(Detect(Cause(), machine));
    EditCertificates(machine, [](auto& certificates) { certificates.erase(certificates.begin()); });
    CheckCouldNotCheck(Detect(Cause(), machine), kCertificateNotFound);
}

TEST_CASE("machine_certificate_expired: the one of the present name counts before a newer one of another")
{
    RecordedMachine machine = HealthyServer();
    EditCertificates(machine, [](auto& certificates) {
        certificates.push_back(certificates[0]);
        certificates[2].subject = "CN=CB_OTHER.contoso.example_7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001";
        certificates[2].notBefore = kNow - std::chrono::days(1);
        certificates[2].notAfter = kNow;
    });
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("machine_certificate_expired: nobody is told to register again where a backup succeeded later")
{
    const auto steps = [](const RecordedMachine& machine) {
        std::string all;
        for (const GuidedStep& step :
            BuiltInKnowledge().TextFor(Cause().id, Detect(Cause(), machine), Language::kEnglish).steps)
        {
            all += step.text + "\n";
        }
        return all;
    };
    // The healthy server's last success was 14 hours ago.
    CHECK(steps(Ending(kNow - std::chrono::hours(14))).find("uninstall") != std::string::npos);
    const RecordedMachine later = Ending(kNow - std::chrono::hours(14) - kSecond);
    CHECK(Detect(Cause(), later).facts.at("succeeded_since") == Fact(kNow - std::chrono::hours(14)));
    CHECK(steps(later).find("uninstall") == std::string::npos);
    CHECK(steps(later).find("Do not register the server again") != std::string::npos);
    // A pass takes a success that is new for a proof.
    Pass pass(std::make_shared<RecordedMachine>(later), {}, MarsAgent());
    CheckPassed(pass.RunOne(Cause()).outcome);
}

TEST_CASE("machine_certificate_expired: without such a certificate nothing is known")
{
    RecordedMachine machine = HealthyServer();
    EditCertificates(machine, [](auto& certificates) { certificates.erase(certificates.begin()); });
    CheckCouldNotCheck(Detect(Cause(), machine), kCertificateNotFound);
    machine.Set(ListCertificates{"My"}, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), kCertificateNotFound);
    machine = HealthyServer();
    machine.Set(ReadClock{}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("machine_certificate_expired: needs the agent, a registration and the store")
{
    CheckNeedsAgent(Cause());
    CheckNeedsRegistration(Cause());
    CheckNeedsCertificateStore(Cause());
}

} // namespace mars::test
