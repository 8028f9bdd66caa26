// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "log_errors.h"
#include "questions/events.h"
#include "questions/failed_files.h"
#include "questions/files.h"
#include "questions/log.h"
#include "questions/protection.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.interfering_software");
}

const std::string kLogs = std::string(kInstallPath) + "Temp";
const ReadEvents kJobs{"CloudBackup", {1, 3, 10, 11}};
constexpr Timestamp kLastClean = kNow - std::chrono::days(3);

RecordedMachine With(const FilterDriver& driver)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ListFilterDrivers{}, [&](FilterDriverList& list) { list.drivers.push_back(driver); });
    return machine;
}

FilterDriver Widget(const char* group, const char* altitude)
{
    return {"widgetflt", group, altitude, true, "Widget Corp.", "WidgetShield"};
}

std::vector<std::string> Found(const FilterDriver& driver)
{
    const Outcome outcome = Detect(Cause(), With(driver));
    CheckProblem(outcome, Level::kAdvice);
    return outcome.IsProblem() ? std::get<std::vector<std::string>>(outcome.facts.at("found"))
                               : std::vector<std::string>();
}

} // namespace

TEST_CASE("interfering_software: the filters of Windows pass")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
}

TEST_CASE("interfering_software: another antivirus or backup filter is named")
{
    CHECK(Found(Widget("FSFilter Anti-Virus", "321234"))
        == std::vector<std::string>{"Widget Corp. WidgetShield (widgetflt, antivirus)"});
    CHECK(Found(Widget("FSFilter Continuous Backup", "281000"))
        == std::vector<std::string>{"Widget Corp. WidgetShield (widgetflt, backup)"});
    CHECK(Found(Widget("FSFilter Open File", "100100"))
        == std::vector<std::string>{"Widget Corp. WidgetShield (widgetflt, backup)"});
    FilterDriver nameless = Widget("FSFilter Anti-Virus", "");
    nameless.company.clear();
    nameless.product.clear();
    CHECK(Found(nameless) == std::vector<std::string>{"widgetflt (antivirus)"});
}

TEST_CASE("interfering_software: the altitude counts where the group says something else")
{
    CHECK(Found(Widget("FSFilter Activity Monitor", "320000")).size() == 1);
    CHECK(Found(Widget("", "329999")).size() == 1);
    CHECK(Found(Widget("", "328010.5")).size() == 1);
    CheckPassed(Detect(Cause(), With(Widget("FSFilter Activity Monitor", "319999"))));
    CheckPassed(Detect(Cause(), With(Widget("", "330000"))));
    CheckPassed(Detect(Cause(), With(Widget("FSFilter Encryption", "not a number"))));
}

TEST_CASE("interfering_software: a driver that does not run does no harm")
{
    FilterDriver driver = Widget("FSFilter Anti-Virus", "321234");
    driver.running = false;
    CheckPassed(Detect(Cause(), With(driver)));
}

TEST_CASE("interfering_software: Microsoft's own are judged elsewhere")
{
    FilterDriver driver = Widget("FSFilter Anti-Virus", "328000");
    driver.company = "Microsoft Corporation";
    CheckPassed(Detect(Cause(), With(driver)));
    driver.company.clear();
    driver.service = "mpfilter";
    CheckPassed(Detect(Cause(), With(driver)));
}

TEST_CASE("interfering_software: is judged without an agent too, then with the folders of a usual one")
{
    const std::string bin = std::string(kInstallPath) + "bin";
    const Fact exclusions = std::vector<std::string>{kScratch, bin, bin + "\\cbengine.exe"};
    RecordedMachine machine = With(Widget("FSFilter Anti-Virus", "321234"));
    CHECK(Detect(Cause(), machine).facts.at("exclusions") == exclusions);
    machine.Set(ReadFileInfo{bin + "\\cbengine.exe"}, Absent{});
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kAdvice);
    CHECK(outcome.facts.at("exclusions") == exclusions);
}

TEST_CASE("interfering_software: is a warning where files were held since the last backup without warnings")
{
    const auto judge = [](std::uint32_t code, Timestamp written) {
        RecordedMachine machine = With(Widget("FSFilter Anti-Virus", "321234"));
        FailedFiles list;
        list.name = "LastBackupFailedFiles17af1_3_9_2026.txt";
        list.written = written;
        list.files = 12;
        list.groups = {{code, 12, {"C:\\Data\\a.docx"}}};
        machine.Set(ReadFailedFiles{kLogs}, list);
        // The last backup had warnings, because it skipped files.
        machine.Set(kJobs,
            EventList{
                {{10, kNow - std::chrono::hours(14)}, {3, kLastClean}, {11, kNow - std::chrono::days(20)}}});
        return Detect(Cause(), machine);
    };
    for (const std::uint32_t code : {0x80070005U, 0x80070020U, 0x80070021U})
    {
        const Outcome outcome = judge(code, kLastClean + std::chrono::seconds(1));
        CheckProblem(outcome, Level::kWarning, "files_held");
        CHECK(outcome.facts.contains("signs"));
        CheckProblem(judge(code, kLastClean), Level::kAdvice);
    }
    // Damaged, of a cloud, or gone: no other product is to blame for these.
    for (const std::uint32_t code : {0x80070570U, 0x8007018BU, 0x80070002U})
    {
        CheckProblem(judge(code, kLastClean + std::chrono::seconds(1)), Level::kAdvice);
    }
}

TEST_CASE("interfering_software: an error of the scratch folder in the log is such a sign too")
{
    const auto judge = [](const std::string& error, Timestamp time) {
        RecordedMachine machine = With(Widget("FSFilter Anti-Virus", "321234"));
        machine.Set(kJobs, EventList{{{3, kLastClean}}});
        const auto patterns = LogErrorPatterns();
        LogScan scan;
        scan.matches = {{time, error, "FATAL", "Failed: " + error + " the rest"}};
        scan.totals = std::vector<std::uint64_t>(patterns.size());
        scan.times = std::vector<PatternTimes>(patterns.size());
        machine.Set(ScanAgentLogs{kLogs, patterns, true}, scan);
        return Detect(Cause(), machine);
    };
    const Timestamp later = kLastClean + std::chrono::seconds(1);
    CheckProblem(judge("SalChecksumStoreInitializationFailed", later), Level::kWarning, "files_held");
    CheckProblem(judge("BackupRead failed on file(", later), Level::kWarning, "files_held");
    CheckProblem(judge("SalChecksumStoreInitializationFailed", kLastClean), Level::kAdvice);
    CheckProblem(judge("CloudTimeoutError", later), Level::kAdvice);
}

TEST_CASE("interfering_software: what the agent wrote down cannot be read: the product alone is advice")
{
    RecordedMachine machine = With(Widget("FSFilter Anti-Virus", "321234"));
    machine.Set(ReadFailedFiles{kLogs}, Failure{code::kAccessDenied, "list"});
    machine.Set(ScanAgentLogs{kLogs, LogErrorPatterns(), true}, Failure{code::kAccessDenied, "log"});
    CheckProblem(Detect(Cause(), machine), Level::kAdvice);
    machine.Set(kJobs, Failure{code::kAccessDenied, "events"});
    CheckProblem(Detect(Cause(), machine), Level::kAdvice);
}

TEST_CASE("interfering_software: a list that cannot be read is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFilterDrivers{}, Failure{code::kAccessDenied, "OpenSCManager"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
