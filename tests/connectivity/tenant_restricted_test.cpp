// SPDX-License-Identifier: MIT
#include "network.h"
#include "questions/log.h"

namespace mars::test
{
namespace
{

const std::vector<std::string> kPatterns{"AADSTS500021"};
constexpr const char* kLine =
    "AADSTS500021: Access to 'IDMServiceAADTenantjpepod01.onmicrosoft.com' tenant is denied.";

const RootCause& Cause()
{
    return *FindRootCause("connectivity.tenant_restricted");
}

RecordedMachine WithLine(std::chrono::hours age, const std::string& message)
{
    RecordedMachine machine = HealthyServer();
    SetLog(machine, kPatterns, OneLine(age, kPatterns.front(), message));
    return machine;
}

} // namespace

TEST_CASE("tenant_restricted: a log without the code passes, and so does no log or no agent")
{
    RecordedMachine machine = HealthyServer();
    CheckPassed(Detect(Cause(), machine));
    SetLog(machine, kPatterns, Absent{});
    CheckPassed(Detect(Cause(), machine));
    RemoveAgent(machine);
    CheckPassed(Detect(Cause(), machine));
    CheckPassed(Detect(Cause(), machine, Offline()));
}

TEST_CASE("tenant_restricted: the code in the log is an error that names the tenant")
{
    const Outcome outcome = Detect(Cause(), WithLine(std::chrono::hours(1), kLine));
    CheckProblem(outcome, Level::kError);
    CHECK(outcome.Text("tenant_name") == "IDMServiceAADTenantjpepod01.onmicrosoft.com");
    CHECK(outcome.facts.at("refused_at") == Fact(kNow - std::chrono::hours(1)));
    CheckProblem(Detect(Cause(), WithLine(std::chrono::hours(1), kLine), Offline()), Level::kError);
}

TEST_CASE("tenant_restricted: a line without the tenant's name is shown as it is")
{
    for (const char* line : {"Exception in GetAADToken AADSTS500021", "AADSTS500021: Access to 'cut off"})
    {
        const Outcome outcome = Detect(Cause(), WithLine(std::chrono::hours(1), line));
        CheckProblem(outcome, Level::kError, "unnamed");
        CHECK(outcome.Text("log_line") == line);
    }
}

TEST_CASE(
    "tenant_restricted: a log of which not all was read since the last success is not taken for a clean one")
{
    RecordedMachine machine = HealthyServer();
    const auto readSince = [&](std::optional<Timestamp> since) {
        LogScan scan;
        scan.missedBecause = code::kTimeout;
        scan.readSince = since;
        SetLog(machine, kPatterns, scan);
    };
    readSince(std::nullopt);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    readSince(kNow - std::chrono::hours(13));
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    readSince(kNow - std::chrono::hours(14));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("tenant_restricted: a backup that succeeded since shows that the way is open")
{
    // The healthy server's last backup succeeded 14 hours ago.
    CheckProblem(Detect(Cause(), WithLine(std::chrono::hours(14), kLine)), Level::kError);
    CheckPassed(Detect(Cause(), WithLine(std::chrono::hours(15), kLine)));
}

TEST_CASE("tenant_restricted: a log that cannot be read lets nothing pass")
{
    RecordedMachine machine = HealthyServer();
    SetLog(machine, kPatterns, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
