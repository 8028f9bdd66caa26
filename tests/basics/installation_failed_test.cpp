// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/files.h"
#include "questions/log.h"
#include "questions/registry.h"
#include "records.h"
#include "test_support.h"

#include <fmt/format.h>

namespace mars::test
{
namespace
{

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

const RootCause& Cause()
{
    return *FindRootCause("basics.installation_failed");
}

const ScanInstallLogs kLogs{"C:\\Windows\\Temp", InstallLogPatterns()};
const ReadFileInfo kEngine{std::string(kInstallPath) + "bin\\cbengine.exe"};

LogMatch End(int result, Timestamp time)
{
    const std::string text = fmt::format("MainEngineThread is returning {}", result);
    return {time, text, "", "MSI (s) (A4:10) [12:00:00:000]: " + text};
}

/// Newest first, as the scan tells them.
RecordedMachine With(const std::vector<LogMatch>& ends)
{
    RecordedMachine machine = AdvisedServer();
    LogScan scan;
    scan.matches = ends;
    scan.totals.resize(kLogs.patterns.size());
    scan.times.resize(kLogs.patterns.size());
    machine.Set(kLogs, scan);
    return machine;
}

RecordedMachine WithoutAgent(const std::vector<LogMatch>& ends)
{
    RecordedMachine machine = With(ends);
    machine.Set(kEngine, Absent{});
    return machine;
}

} // namespace

TEST_CASE("installation_failed: no log, a log without an end, and one that ends well pass")
{
    const Outcome none = Detect(Cause(), AdvisedServer());
    CheckPassed(none);
    CHECK(none.Text("case") == "passed_without_log");
    CheckPassed(Detect(Cause(), With({})));
    CheckPassed(Detect(Cause(), WithoutAgent({})));
    for (const int success : {0, 1641, 3010})
    {
        CheckPassed(
            Detect(Cause(), WithoutAgent({End(success, kNow - hours(1)), End(1603, kNow - hours(1))})));
    }
}

TEST_CASE("installation_failed: without an agent the newest attempt that failed is an error, with its code")
{
    const std::map<int, const char*> cases{{1603, "fatal"}, {1612, "package"}, {1618, "busy"},
        {1619, "package"}, {1620, "package"}, {1624, "package"}, {1625, "policy"}, {1632, "temp"},
        {1633, "platform"}};
    for (const auto& [result, textCase] : cases)
    {
        const Outcome outcome =
            Detect(Cause(), WithoutAgent({End(result, kNow - hours(1)), End(0, kNow - days(100))}));
        CheckProblem(outcome, Level::kError, textCase);
        CHECK(outcome.Text("code") == std::to_string(result));
        CHECK(outcome.facts.at("failed") == Fact(kNow - hours(1)));
        CHECK(outcome.facts.at("agent_installed") == Fact(false));
    }
}

TEST_CASE("installation_failed: the lines of one log have one time, and the last of them counts")
{
    const Timestamp written = kNow - hours(1);
    CheckProblem(
        Detect(Cause(), WithoutAgent({End(1603, written), End(0, written)})), Level::kError, "fatal");
    CheckPassed(Detect(Cause(), WithoutAgent({End(0, written), End(1603, written)})));
}

TEST_CASE("installation_failed: an old log says nothing of an agent that was installed later")
{
    const Timestamp installed = kNow - days(300);
    const Outcome outcome = Detect(Cause(), With({End(1603, installed)}));
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "passed_since");
    CheckProblem(
        Detect(Cause(), With({End(1603, installed + seconds(1))})), Level::kAdvice, "upgrade_failed");
}

TEST_CASE("installation_failed: an upgrade that failed is an error until a backup has succeeded after it")
{
    const Timestamp success = kNow - hours(14);
    CheckProblem(Detect(Cause(), With({End(1603, success)})), Level::kError, "fatal");
    CheckProblem(Detect(Cause(), With({End(1603, success - seconds(1))})), Level::kAdvice, "upgrade_failed");
}

TEST_CASE("installation_failed: what the installer needs and this server lacks is named")
{
    RecordedMachine machine = WithoutAgent({End(1603, kNow - hours(1))});
    const auto needs = [&](const char* fact) {
        return Detect(Cause(), machine).facts.at(fact) == Fact(true);
    };
    for (const char* fact : {"needs_dotnet", "needs_powershell", "restart_pending"})
    {
        CHECK_FALSE(needs(fact));
    }
    const ReadRegistryValue release{
        {"HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full", "Release"}};
    machine.Set(release, RegistryValue::Dword(528039));
    CHECK(needs("needs_dotnet"));
    machine.Set(release, RegistryValue::Dword(528040));
    CHECK_FALSE(needs("needs_dotnet"));
    machine.Set(release, Absent{});
    CHECK(needs("needs_dotnet"));
    const ReadRegistryValue shell{
        {"HKLM\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine", "PowerShellVersion"}};
    machine.Set(shell, RegistryValue::String("4.0"));
    CHECK(needs("needs_powershell"));
    machine.Set(shell, RegistryValue::String("5.0.10586.117"));
    CHECK_FALSE(needs("needs_powershell"));
    machine.Set(shell, Absent{});
    CHECK(needs("needs_powershell"));
    const std::string windows = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\";
    for (const char* key :
        {"Component Based Servicing\\RebootPending", "WindowsUpdate\\Auto Update\\RebootRequired"})
    {
        machine.Set(ListRegistryKey{windows + key}, RegistryKeyContent{});
        CHECK(needs("restart_pending"));
        machine.Set(ListRegistryKey{windows + key}, Absent{});
    }
}

TEST_CASE("installation_failed: what cannot be read is not called missing")
{
    RecordedMachine machine = WithoutAgent({End(1603, kNow - hours(1))});
    const Failure denied{code::kAccessDenied, "read"};
    machine.Set(
        ReadRegistryValue{{"HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full", "Release"}},
        denied);
    machine.Set(ReadRegistryValue{{"HKLM\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine",
                    "PowerShellVersion"}},
        denied);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "fatal");
    CHECK(outcome.facts.at("needs_dotnet") == Fact(false));
    CHECK(outcome.facts.at("needs_powershell") == Fact(false));
}

TEST_CASE("installation_failed: logs that were not read to their end are no pass")
{
    RecordedMachine machine = With({});
    Edit(machine, kLogs, [](LogScan& scan) { scan.missedBecause = code::kTimeout; });
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine = With({End(0, kNow - hours(1))});
    Edit(machine, kLogs, [](LogScan& scan) { scan.missedBecause = code::kTimeout; });
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    Edit(machine, kLogs, [](LogScan& scan) { scan.readSince = kNow - hours(2); });
    CheckPassed(Detect(Cause(), machine));
    machine = WithoutAgent({End(1603, kNow - hours(1))});
    Edit(machine, kLogs, [](LogScan& scan) { scan.missedBecause = code::kTimeout; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "fatal");
}

TEST_CASE("installation_failed: what cannot be read is no pass")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(kLogs, Failure{code::kAccessDenied, "FindFirstFile"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(FindFolder{KnownFolder::kWindows}, Failure{code::kTimeout, "find the folder"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine = With({End(1603, kNow - hours(1))});
    machine.Set(kEngine, Failure{code::kAccessDenied, "cbengine.exe"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("installation_failed: a recording that was not asked for successes still shows a failure")
{
    RecordedMachine machine;
    LogScan scan;
    scan.matches = {End(1603, kNow - hours(1))};
    scan.totals = {1};
    scan.times = {{kNow - hours(1), kNow - hours(1)}};
    machine.Set(ScanInstallLogs{"C:\\Windows\\Temp", {"MainEngineThread is returning 1603"}}, scan);
    machine.Set(FindFolder{KnownFolder::kWindows}, PathText{"C:\\Windows"});
    const std::string setup = std::string(kAgentKey) + "\\Setup";
    machine.Set(ReadRegistryValue{{setup, "InstallPath"}}, Absent{});
    machine.Set(ListRegistryKey{setup}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "fatal");
}

} // namespace mars::test
