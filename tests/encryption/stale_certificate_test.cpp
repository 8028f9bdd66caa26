// SPDX-License-Identifier: MIT
#include "certificates.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/log.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("encryption.stale_certificate");
}

const ScanAgentLogs kScan{std::string(kInstallPath) + "Temp", {"34513", "0x86D1", "0x86d1"}};
const ReadEvents kJobs{"CloudBackup", {1, 3, 10, 11}};
/// The healthy server's last success.
const Timestamp kSuccess = kNow - std::chrono::hours(14);

RecordedMachine WithErrorAt(Timestamp time)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kScan,
        LogScan{{{time, "0x86D1", "WARNING", "Failed: Hr: = [0x86D1]"},
                    {time - std::chrono::days(90), "34513", "WARNING", "(ID: 34513)"}},
            {1, 1, 0}, kNow});
    return machine;
}

} // namespace

TEST_CASE("stale_certificate: an expired one is only listed while nothing fails")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.facts.at("certificates")
        == Fact(
            std::vector<std::string>{"CB_ContosoVault-5-14-2025-vaultcredentials (2025-05-16T12:00:00Z)"}));
}

TEST_CASE("stale_certificate: a warning when 34513 is later than the last success")
{
    const Outcome outcome = Detect(Cause(), WithErrorAt(kSuccess + std::chrono::seconds(1)));
    CheckProblem(outcome, Level::kWarning, "expired");
    CHECK(outcome.facts.at("error_at") == Fact(kSuccess + std::chrono::seconds(1)));
    CheckPassed(Detect(Cause(), WithErrorAt(kSuccess)));
}

TEST_CASE("stale_certificate: where no backup has ever succeeded the error counts")
{
    RecordedMachine machine = WithErrorAt(kNow - std::chrono::days(100));
    CheckPassed(Detect(Cause(), machine));
    machine.Set(kJobs, EventList{});
    machine.Set(ReadEvents{"CloudBackup/Operational", kJobs.ids}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "expired");
}

TEST_CASE("stale_certificate: a line that only has the number, as a size or a time, is no error")
{
    const LogMatch size{kNow, "34513", "NORMAL", "34513 entries in 12 ms"};
    RecordedMachine machine = HealthyServer();
    machine.Set(kScan, LogScan{{size}, {1, 0, 0}, kNow});
    CheckPassed(Detect(Cause(), machine));
    const LogMatch error{kSuccess + std::chrono::seconds(1), "0x86D1", "NORMAL", "Failed: Hr: = [0x86D1]"};
    machine.Set(kScan, LogScan{{size, error}, {1, 1, 0}, kNow});
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kWarning, "expired");
    CHECK(outcome.facts.at("error_at") == Fact(error.time));
}

TEST_CASE("stale_certificate: one that is valid, or of another subject, is none")
{
    RecordedMachine machine = WithErrorAt(kNow);
    EditCertificates(
        machine, [](auto& certificates) { certificates[1].notAfter = kNow + std::chrono::seconds(1); });
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(std::get<std::vector<std::string>>(outcome.facts.at("certificates")).size() == 1);
    EditCertificates(machine, [](auto& certificates) { certificates[1].notAfter = kNow; });
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "expired");
    EditCertificates(
        machine, [](auto& certificates) { certificates[1].subject = "CN=Windows Azure Tools 2"; });
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ListCertificates{"My"}, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("stale_certificate: what the log or the events do not tell is not judged")
{
    RecordedMachine machine = WithErrorAt(kNow);
    machine.Set(kJobs, Failure{code::kNotSupported, "EvtQuery"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    machine.Set(kScan, LogScan{{}, {0, 0, 0}, kNow});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(kScan, Absent{});
    CheckPassed(Detect(Cause(), machine));
    LogScan partly{{}, {0, 0, 0}, kNow};
    partly.missedBecause = code::kTimeout;
    machine.Set(kScan, partly);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine.Set(kScan, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ReadClock{}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("stale_certificate: needs the agent and the store")
{
    CheckNeedsAgent(Cause());
    CheckNeedsCertificateStore(Cause());
}

} // namespace mars::test
