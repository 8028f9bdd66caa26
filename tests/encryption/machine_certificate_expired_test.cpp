// SPDX-License-Identifier: MIT
#include "certificates.h"

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
