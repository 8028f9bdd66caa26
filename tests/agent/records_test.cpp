// SPDX-License-Identifier: MIT
#include "records.h"

#include "agent.h"
#include "json.h"
#include "log_errors.h"
#include "message_vocabulary.h"
#include "questions/events.h"
#include "questions/failed_files.h"
#include "questions/files.h"
#include "questions/log.h"
#include "questions/tasks.h"
#include "records_text.h"
#include "redaction.h"
#include "test_support.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mars::test
{
namespace
{

using std::chrono::days;
using std::chrono::hours;

const std::string kLogs = std::string(kInstallPath) + "Temp";
const ScanAgentLogs kLog{kLogs, LogErrorPatterns(), true};
const ScanConsoleLogs kConsoleLog{kLogs, LogErrorPatterns(), true};
const ScanInstallLogs kInstallLog{"C:\\Windows\\Temp", InstallLogPatterns()};
const ReadEvents kEvents{"CloudBackup", {3, 10, 11, 14, 16, 18}};
const ListTasks kTasks{"\\Microsoft\\OnlineBackup"};

Records Read(const RecordedMachine& machine)
{
    return ReadRecords(MachineView(machine, Wait{}), BuiltInKnowledge());
}

/// The healthy server's own events end with a success of 14 hours ago and a failure of 20 days ago.
RecordedMachine Quiet()
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEvents, EventList{});
    machine.Set(ReadEvents{"CloudBackup/Operational", kEvents.ids}, Absent{});
    return machine;
}

void Found(LogScan& scan, const std::vector<std::string>& patterns, const std::string& pattern,
    std::uint64_t count, PatternTimes times)
{
    const auto at = static_cast<std::size_t>(std::ranges::find(patterns, pattern) - patterns.begin());
    REQUIRE(at < patterns.size());
    scan.totals.resize(patterns.size());
    scan.times.resize(patterns.size());
    scan.totals[at] = count;
    scan.times[at] = times;
}

RecordedMachine WithErrors()
{
    RecordedMachine machine = Quiet();
    Edit(machine, kLog, [](LogScan& scan) {
        Found(scan, kLog.patterns, "0x186D2", 9, {kNow - hours(12), kNow - hours(2)});
        Found(scan, kLog.patterns, "100050", 2, {kNow - hours(13), kNow - hours(3)});
        Found(scan, kLog.patterns, "CBPPassphraseValidationWarning", 1, {kNow - hours(1), kNow - hours(1)});
    });
    return machine;
}

std::string Line(const RecordEntry& entry, Language language = Language::kEnglish)
{
    return RecordLine(entry, BuiltInKnowledge(), language);
}

} // namespace

TEST_CASE("records: a server without errors has none, and nothing is unread")
{
    const Records records = Read(Quiet());
    CHECK(records.entries.empty());
    CHECK(records.unread.empty());
    CHECK(records.Suggested() == nullptr);
    CHECK(SuggestionText(records, BuiltInKnowledge(), Language::kEnglish).empty());
    CHECK(RecordLines(records, BuiltInKnowledge(), Language::kEnglish)
        == std::vector<std::string>{"The records hold no documented error."});
}

TEST_CASE(
    "records: an error of the log counts in all its spellings, newest first, and names page and symptom")
{
    const Records records = Read(WithErrors());
    REQUIRE(records.entries.size() == 2);
    CHECK(records.entries[0].error == "CBPPassphraseValidationWarning");
    CHECK(records.entries[0].level == Level::kWarning);
    const RecordEntry& entry = records.entries[1];
    CHECK(entry.error == "100050 (0x186D2)");
    CHECK(entry.knownError == "100050");
    CHECK(entry.count == 11);
    CHECK(entry.first == kNow - hours(13));
    CHECK(entry.last == kNow - hours(2));
    CHECK(entry.section == "connectivity");
    CHECK(entry.symptom == "cannot_connect");
    CHECK_FALSE(entry.atLeast);
    CHECK_FALSE(entry.past);
    // An error before a warning, though that is newer.
    CHECK(records.Suggested() == &entry);
    CHECK(Line(entry).starts_with("100050 (0x186D2): "));
    CHECK(Line(entry).find("11 times in the agent's log") != std::string::npos);
    CHECK(Line(entry, Language::kSpanish).find("11 veces en el registro del agente") != std::string::npos);
    CHECK(SuggestionText(records, BuiltInKnowledge(), Language::kEnglish)
              .ends_with("Start with the page \"Connection to Azure\"?"));
}

TEST_CASE("records: what a backup has overcome, or what is long ago, is told and not suggested")
{
    RecordedMachine machine = Quiet();
    const auto lastIsAgo = [&](std::chrono::seconds ago) {
        Edit(machine, kLog, [&](LogScan& scan) {
            Found(scan, kLog.patterns, "0x186D2", 1, {kNow - ago, kNow - ago});
        });
        return Read(machine);
    };
    CHECK(lastIsAgo(hours(14)).Suggested() == nullptr);
    CHECK(
        Line(lastIsAgo(hours(14)).entries.front()).find("before the last good backup") != std::string::npos);
    CHECK(lastIsAgo(hours(14) - std::chrono::seconds(1)).Suggested() != nullptr);

    // Without a success thirty days count.
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{});
    machine.Set(ReadEvents{"CloudBackup/Operational", {1, 3, 10, 11}}, Absent{});
    CHECK(lastIsAgo(days(30)).Suggested() != nullptr);
    CHECK(lastIsAgo(days(30) + std::chrono::seconds(1)).Suggested() == nullptr);
}

TEST_CASE("records: a log of which not all was read says so, and counts are \"at least\"")
{
    RecordedMachine machine = WithErrors();
    Edit(machine, kLog, [](LogScan& scan) { scan.missedBecause = code::kTimeout; });
    const Records records = Read(machine);
    REQUIRE(records.entries.size() == 2);
    CHECK(records.entries[1].atLeast);
    CHECK(Line(records.entries[1]).find("There may be more") != std::string::npos);
    REQUIRE(records.unread.size() == 1);
    CHECK(records.unread[0].source == RecordSource::kAgentLog);
    CHECK(records.unread[0].why.code == code::kTimeout);
    CHECK(RecordLines(records, BuiltInKnowledge(), Language::kEnglish).size() == 3);
}

TEST_CASE("records: the console's log is read too, and older recordings have none")
{
    RecordedMachine machine = WithErrors();
    LogScan scan;
    Found(scan, kConsoleLog.patterns, "Unable to create an Azure AD application credential", 2,
        {kNow - hours(5), kNow - hours(4)});
    scan.missedBecause = code::kTimeout;
    machine.Set(kConsoleLog, scan);
    const Records records = Read(machine);
    REQUIRE(records.entries.size() == 3);
    CHECK(records.entries[2].source == RecordSource::kConsoleLog);
    CHECK(records.entries[2].knownError == "offline_credential");
    CHECK(records.entries[2].section == "basics");
    CHECK(records.entries[2].atLeast);
    CHECK(Line(records.entries[2]).find("2 times in the log of the agent's console") != std::string::npos);
    REQUIRE(records.unread.size() == 1);
    CHECK(records.unread[0].source == RecordSource::kConsoleLog);

    machine.Set(kConsoleLog, Failure{code::kNotRecorded, "scan_console_logs"});
    CHECK(Read(machine).entries.size() == 2);
    CHECK(Read(machine).unread.empty());
    machine.Set(kConsoleLog, Failure{code::kAccessDenied, "FindFirstFile"});
    CHECK(Read(machine).unread.size() == 1);
}

TEST_CASE("records: trouble that the agent tries again over is overcome by a success, a warning is not")
{
    RecordedMachine machine = Quiet();
    const auto isPast = [&](const std::string& pattern) {
        Edit(machine, kLog, [&](LogScan& scan) {
            scan = LogScan{};
            Found(scan, kLog.patterns, pattern, 1, {kNow - hours(20), kNow - hours(20)});
        });
        return Read(machine).entries.at(0).past;
    };
    CHECK(isPast("could not be resolved"));
    CHECK(isPast("0x186D2"));
    CHECK_FALSE(isPast("CBPPassphraseValidationWarning"));
}

TEST_CASE("records: a text of the log leads to the error that errors.xml explains")
{
    RecordedMachine machine = Quiet();
    Edit(machine, kLog, [&](LogScan& scan) {
        Found(scan, kLog.patterns, "No se puede resolver el nombre remoto", 3,
            {kNow - hours(2), kNow - hours(1)});
    });
    const Records records = Read(machine);
    REQUIRE(records.entries.size() == 1);
    CHECK(records.entries[0].error == "could not be resolved");
    CHECK(records.entries[0].knownError == "name_not_resolved");
    CHECK(records.entries[0].level == Level::kAdvice);
    CHECK(records.entries[0].causes.front() == "connectivity.name_resolution_fails");
}

TEST_CASE("records: events of failed and of not started backups")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEvents,
        EventList{
            {{11, kNow - hours(1)}, {18, kNow - hours(2)}, {11, kNow - hours(3)}, {3, kNow - hours(30)}}});
    const Records records = Read(machine);
    REQUIRE(records.entries.size() == 2);
    CHECK(records.entries[0].source == RecordSource::kEvents);
    CHECK(records.entries[0].error == "11");
    CHECK(records.entries[0].count == 2);
    CHECK(records.entries[0].section == "jobs");
    CHECK(records.entries[1].error == "18");
    CHECK(records.entries[1].section == "scheduling");
    CHECK(Line(records.entries[1]).starts_with("18: A scheduled backup did not start. One event"));
}

TEST_CASE("records: the result of the last run of a task, where it is a failure")
{
    RecordedMachine machine = Quiet();
    const auto withResult = [&](std::optional<std::uint32_t> result) {
        Edit(machine, kTasks, [&](TaskList& list) {
            list.tasks.front().lastResult = result;
            list.tasks.front().lastRun = kNow - hours(5);
        });
        return Read(machine).entries;
    };
    for (const std::optional<std::uint32_t> result :
        {std::optional<std::uint32_t>(), std::optional(0U), std::optional(0x41301U), std::optional(0x41303U)})
    {
        CHECK(withResult(result).empty());
    }
    const auto entries = withResult(0x8004131F);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].source == RecordSource::kTask);
    CHECK(entries[0].knownError == "0x8004131f");
    CHECK(entries[0].section == "scheduling");
    CHECK(entries[0].symptom == "schedule_does_not_run");
    CHECK(
        Line(withResult(0xC0000005).front()).starts_with("0xC0000005: The backup task ended with an error."));
}

TEST_CASE("records: skipped files are told by their code, and stay so though the backup succeeded")
{
    RecordedMachine machine = Quiet();
    FailedFiles list;
    list.written = kNow - hours(14);
    list.files = 12;
    list.groups = {{0x80070005, 11, {}}, {0, 1, {}}};
    machine.Set(ReadFailedFiles{kLogs}, list);
    const Records records = Read(machine);
    REQUIRE(records.entries.size() == 2);
    CHECK(records.entries[0].error == "0x80070005");
    CHECK(records.entries[0].count == 11);
    CHECK(records.Suggested() == &records.entries[0]);
    CHECK(Line(records.entries[1]).starts_with("Files were skipped. One file in the list of"));
}

TEST_CASE("records: the logs of an installation are read also where there is no agent")
{
    RecordedMachine machine = Quiet();
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    LogScan scan;
    Found(scan, kInstallLog.patterns, "MainEngineThread is returning 1603", 1,
        {kNow - hours(1), kNow - hours(1)});
    machine.Set(kInstallLog, scan);
    const Records records = Read(machine);
    REQUIRE(records.entries.size() == 1);
    CHECK(records.entries[0].source == RecordSource::kInstallLog);
    CHECK(records.entries[0].error == "1603");
    CHECK(records.entries[0].causes.front() == "basics.installation_failed");
    CHECK(records.entries[0].section == "basics");
    CHECK(records.unread.empty());
}

TEST_CASE("records: what cannot be read is named, and hides nothing else")
{
    RecordedMachine machine = WithErrors();
    const Failure denied{code::kAccessDenied, "x"};
    machine.Set(kEvents, denied);
    machine.Set(kTasks, denied);
    machine.Set(ReadFailedFiles{kLogs}, denied);
    machine.Set(kInstallLog, denied);
    machine.Set(ReadEvents{"CloudBackup/Operational", kEvents.ids}, Absent{});
    const Records records = Read(machine);
    CHECK(records.entries.size() == 2);
    REQUIRE(records.unread.size() == 4);
    for (const std::string& line : RecordLines(records, BuiltInKnowledge(), Language::kSpanish))
    {
        CHECK(line.find('[') == std::string::npos);
    }
    machine.Set(kLog, denied);
    CHECK(Read(machine).entries.empty());
}

TEST_CASE("records: live, from the recording and from the redacted recording they are the same")
{
    const auto json = [](const RecordedMachine& machine) {
        return RecordsJson(Read(machine), BuiltInKnowledge(), Language::kEnglish);
    };
    RecordedMachine machine = WithErrors();
    FailedFiles list;
    list.groups = {{0x80070005, 11, {"C:\\Users\\maria.lopez\\mail.pst"}}};
    list.folders = {{0x80070005, "C:\\Users\\maria.lopez", 11, {"C:\\Users\\maria.lopez\\mail.pst"}}};
    list.written = kNow;
    machine.Set(ReadFailedFiles{kLogs}, list);
    CHECK(json(machine) == json(Redactor(machine, MessageVocabulary()).Redact(machine)));
    const auto object = nlohmann::json::parse(json(machine));
    CHECK(object["matches"].size() == 3);
    CHECK(object["matches"][2]["error"] == "100050 (0x186D2)");
    CHECK(object["matches"][2]["count"] == 11);
    CHECK(object["matches"][2]["source"] == "agent_log");
    CHECK_FALSE(object.contains("unread"));
}

TEST_CASE("records: each source has its texts")
{
    for (const std::string_view source : EnumWords<RecordSource>::Words())
    {
        const std::string word(source);
        const Knowledge& knowledge = BuiltInKnowledge();
        CHECK_MESSAGE(knowledge.HasText("records." + word + "_one"), word);
        CHECK_MESSAGE(knowledge.HasText("records.unread." + word), word);
        CHECK_MESSAGE((knowledge.HasText("records.title." + word) || word == "events"), word);
    }
}

} // namespace mars::test
