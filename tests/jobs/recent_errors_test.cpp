// SPDX-License-Identifier: MIT
#include "jobs.h"
#include "log_errors.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/log.h"

#include <algorithm>

namespace mars::test
{
namespace
{

using std::chrono::days;
using std::chrono::hours;

const RootCause& Cause()
{
    return *FindRootCause("jobs.recent_errors");
}

const ScanAgentLogs kScan{kLogFolder, LogErrorPatterns(), true};

const ScanConsoleLogs kConsole{kLogFolder, LogErrorPatterns(), true};

LogMatch Line(hours ago, const std::string& pattern, const std::string& message)
{
    return {kNow - ago, pattern, "FATAL", message};
}

RecordedMachine WithLog(std::vector<LogMatch> matches)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kScan, [&](LogScan& scan) { scan.matches = matches; });
    return machine;
}

const LogMatch kVault = Line(hours(2), "0x86D1", "Failed: Hr: = [0x86D1] vault credentials");
const LogMatch kSnapshot = Line(hours(5), "100034", "job ended with error 100034");

} // namespace

TEST_CASE("recent_errors: a log without known errors passes, and so does no log")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    RecordedMachine machine = HealthyServer();
    machine.Set(kScan, Absent{});
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "no_log");
}

TEST_CASE("recent_errors: a recording that did not look for all of today's errors says so")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kScan, [](LogScan& scan) { scan.notAsked = {"SomethingNew", "0x12345"}; });
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "passed_older");
    CHECK(outcome.facts.at("not_asked") == Fact(std::int64_t{2}));
    // Where the log was not read whole, that counts more.
    Edit(machine, kScan, [](LogScan& scan) { scan.missedBecause = code::kTimeout; });
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("recent_errors: the newest error says which page to look at first")
{
    const Outcome outcome = Detect(Cause(), WithLog({kVault, kSnapshot}));
    CheckProblem(outcome, Level::kError, "credentials");
    CHECK(outcome.Text("newest_error") == "34513 (0x86D1)");
    CHECK(outcome.facts.at("newest_at") == Fact(kNow - hours(2)));
    CHECK(outcome.facts.at("errors")
        == Fact(std::vector<std::string>{"34513 (0x86D1) [credentials] x1 2026-03-10T10:00:00Z",
            "100034 (0x186C2) [jobs] x1 2026-03-10T07:00:00Z"}));
    CHECK(outcome.facts.at("sections") == Fact(std::vector<std::string>{"credentials", "jobs"}));
}

TEST_CASE("recent_errors: the level is that of the worst error")
{
    const LogMatch warning =
        Line(hours(1), "CBPPassphraseValidationWarning", "CBPPassphraseValidationWarning");
    CheckProblem(Detect(Cause(), WithLog({warning})), Level::kWarning, "encryption");
    CheckProblem(Detect(Cause(), WithLog({warning, kSnapshot})), Level::kError, "encryption");
}

TEST_CASE("recent_errors: lines of one error are one finding")
{
    LogMatch older = kSnapshot;
    older.time -= hours(1);
    const Outcome outcome = Detect(Cause(), WithLog({kSnapshot, older}));
    CHECK(outcome.facts.at("error_count") == Fact(std::int64_t{1}));
    CHECK(outcome.facts.at("errors")
        == Fact(std::vector<std::string>{"100034 (0x186C2) [jobs] x2 2026-03-10T07:00:00Z"}));
}

TEST_CASE("recent_errors: what came before the last success was overcome")
{
    LogMatch line = kVault;
    line.time = kNow - hours(14);
    CheckPassed(Detect(Cause(), WithLog({line})));
    line.time += std::chrono::seconds(1);
    CheckProblem(Detect(Cause(), WithLog({line})), Level::kError, "credentials");
}

TEST_CASE("recent_errors: without a success, or where that is not told, thirty days count")
{
    for (const Answer<EventList>& events :
        {Answer<EventList>(EventList{}), Answer<EventList>(Failure{code::kNotSupported, "EvtQuery"}),
            Answer<EventList>(EventList{{{3, kNow - days(200)}}})})
    {
        LogMatch line = kVault;
        line.time = kNow - days(30);
        RecordedMachine machine = WithLog({line});
        machine.Set(kEndsOfJobs, events);
        machine.Set(ReadEvents{"CloudBackup/Operational", {1, 3, 10, 11}}, Absent{});
        CheckPassed(Detect(Cause(), machine));
        line.time += std::chrono::seconds(1);
        Edit(machine, kScan, [&](LogScan& scan) { scan.matches = {line}; });
        CheckProblem(Detect(Cause(), machine), Level::kError, "credentials");
    }
}

TEST_CASE("recent_errors: a number inside a longer one is another number")
{
    CheckPassed(Detect(Cause(),
        WithLog({Line(hours(1), "100034", "1000345 bytes"), Line(hours(1), "0x186C2", "address 0x186C2F0"),
            Line(hours(1), "34513", "12345134")})));
}

TEST_CASE("recent_errors: only ten errors are shown, and all are counted")
{
    std::vector<LogMatch> lines;
    for (const LogError& error : LogErrors())
    {
        lines.push_back(Line(hours(1), error.Patterns().front(), error.Patterns().front()));
    }
    const Outcome outcome = Detect(Cause(), WithLog(lines));
    CHECK(outcome.facts.at("error_count") == Fact(static_cast<std::int64_t>(LogErrors().size())));
    CHECK(std::get<std::vector<std::string>>(outcome.facts.at("errors")).size() == 10);
}

TEST_CASE("recent_errors: every page that an error names has its text")
{
    for (const LogError& error : LogErrors())
    {
        LogMatch line = Line(hours(1), error.Patterns().front(), error.Patterns().front());
        CHECK(FindSection(error.section) != nullptr);
        CheckProblem(Detect(Cause(), WithLog({line})), error.level, error.section);
    }
}

TEST_CASE("recent_errors: an error of which no line is kept counts by its times")
{
    const auto patterns = LogErrorPatterns();
    const auto at = static_cast<std::size_t>(std::ranges::find(patterns, "0x186D2") - patterns.begin());
    RecordedMachine machine = WithLog({kVault});
    Edit(machine, kScan, [&](LogScan& scan) {
        scan.totals[at] = 11;
        scan.times[at] = {kNow - hours(9), kNow - hours(4)};
    });
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "credentials");
    CHECK(outcome.facts.at("errors")
        == Fact(std::vector<std::string>{"34513 (0x86D1) [credentials] x1 2026-03-10T10:00:00Z",
            "100050 (0x186D2) [connectivity] x11 2026-03-10T08:00:00Z"}));

    // Of those that are older than the last success, at least one came later.
    Edit(machine, kScan, [&](LogScan& scan) { scan.times[at].first = kNow - days(9); });
    CHECK(std::get<std::vector<std::string>>(Detect(Cause(), machine).facts.at("errors"))[1]
        == "100050 (0x186D2) [connectivity] x1 2026-03-10T08:00:00Z");

    // All of them are older.
    Edit(machine, kScan, [&](LogScan& scan) { scan.times[at].last = kNow - hours(14); });
    CHECK(Detect(Cause(), machine).facts.at("error_count") == Fact(std::int64_t{1}));
}

TEST_CASE("recent_errors: a log of which not all was read is not taken for a clean one")
{
    RecordedMachine machine = WithLog({});
    Edit(machine, kScan, [](LogScan& scan) {
        scan.missedBecause = code::kTimeout;
        scan.readSince = kNow - hours(13);
    });
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    Edit(machine, kScan, [](LogScan& scan) { scan.readSince.reset(); });
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    // Back to the last success, nothing older counts.
    Edit(machine, kScan, [](LogScan& scan) { scan.readSince = kNow - hours(14); });
    CheckPassed(Detect(Cause(), machine));
    // What was found is found.
    Edit(machine, kScan, [](LogScan& scan) {
        scan.readSince = kNow - hours(3);
        scan.matches = {kVault};
    });
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "credentials");
    CHECK(outcome.facts.at("whole_log_read") == Fact(false));
}

TEST_CASE("recent_errors: of the console's log counts what only the console writes")
{
    RecordedMachine machine = HealthyServer();
    const std::string credential = "Unable to create an Azure AD application credential";
    machine.Set(
        kConsole, LogScan{{kVault, Line(hours(1), credential, credential + " in customer's account.")}});
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "basics");
    CHECK(outcome.Text("newest_error") == credential);
    CHECK(outcome.facts.at("error_count") == Fact(std::int64_t{1}));
    machine.Set(kConsole, LogScan{{kVault}});
    CheckPassed(Detect(Cause(), machine));
    // Older than the newest error of the agent's own log.
    machine = WithLog({Line(hours(1), "100034", "error 100034")});
    machine.Set(kConsole, LogScan{{Line(hours(3), credential, credential)}});
    CHECK(Detect(Cause(), machine).facts.at("errors")
        == Fact(std::vector<std::string>{"100034 (0x186C2) [jobs] x1 2026-03-10T11:00:00Z",
            credential + " [basics] x1 2026-03-10T09:00:00Z"}));
}

TEST_CASE("recent_errors: a console's log that cannot be read is not taken for a clean one")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kConsole, Failure{code::kAccessDenied, "FindFirstFile"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    LogScan cut;
    cut.missedBecause = code::kTimeout;
    machine.Set(kConsole, cut);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    // Older recordings did not ask for it.
    machine.Set(kConsole, Failure{code::kNotRecorded, "scan_console_logs"});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("recent_errors: trouble that the agent tries again over is advice")
{
    const LogMatch line =
        Line(hours(1), "could not be resolved", "The remote name could not be resolved: 'HOST'");
    CheckProblem(Detect(Cause(), WithLog({line})), Level::kAdvice, "connectivity");
    CheckProblem(Detect(Cause(), WithLog({line, kSnapshot})), Level::kError, "connectivity");
}

TEST_CASE("recent_errors: needs the agent, the clock and a log that can be read")
{
    CheckNeedsTheAgent(Cause());
    RecordedMachine machine = HealthyServer();
    machine.Set(kScan, Failure{code::kTimeout, "scan"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine = HealthyServer();
    machine.Set(ReadClock{}, Failure{code::kNotSupported, "clock"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
}

} // namespace mars::test
