// SPDX-License-Identifier: MIT
#include "questions/certificates.h"
#include "questions/events.h"
#include "questions/log.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "recorded_machine.h"
#include "recording.h"
#include "test_support.h"
#include "xml_codec.h"

#include <doctest/doctest.h>

/// What is written to disk can grow: a member, a thing asked for and a question that are added later lose
/// none of the answers of earlier files.
namespace mars::test
{
namespace
{

/// As version 0.1.0 might have had it, and the same with members that came later.
struct Before
{
    std::string name = "obengine";
    bool running = true;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &Before::name), MakeField("running", &Before::running));
    }
};
struct After
{
    std::string name;
    bool running = false;
    std::optional<std::uint32_t> checkpoint;
    bool isCritical = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &After::name), MakeField("running", &After::running),
            MakeField("checkpoint", &After::checkpoint, Since{2}),
            MakeField("is_critical", &After::isCritical, Since{2}));
    }
};

template <class T>
pugi::xml_document Written(const T& value)
{
    pugi::xml_document document;
    WriteXml(document.append_child("value"), value);
    return document;
}

struct AskBefore
{
    static constexpr std::string_view kName = "ask";
    std::string name;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &AskBefore::name));
    }
};
struct AskAfter
{
    static constexpr std::string_view kName = "ask";
    std::string name;
    bool whole = false;
    RegistryPath path{};
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &AskAfter::name), MakeField("whole", &AskAfter::whole, Since{2}),
            MakeField("path", &AskAfter::path, Since{2}));
    }
};

constexpr const char* kLogs = "C:\\Agent\\Temp";

LogScan Scan(std::vector<std::pair<std::string, int>> found)
{
    LogScan scan;
    scan.newest = kNow;
    for (const auto& [pattern, hours] : found)
    {
        const Timestamp time = kNow - std::chrono::hours(hours);
        scan.totals.push_back(hours == 0 ? 0 : 1);
        scan.times.push_back(hours == 0 ? PatternTimes() : PatternTimes{time, time});
        if (hours != 0)
        {
            scan.matches.push_back({time, pattern, "FATAL", pattern + " happened"});
        }
    }
    return scan;
}

Answer<LogScan> AskLogs(const RecordedMachine& machine, std::vector<std::string> patterns)
{
    return machine.Ask(ScanAgentLogs{kLogs, std::move(patterns), true}, Wait{});
}

} // namespace

TEST_CASE("format: a member that came later has its default in an older file, and is missed in a newer one")
{
    const pugi::xml_document file = Written(Before{});
    After value{"other", false, 7, true};
    value = After{};
    REQUIRE(ReadXml(file.document_element(), value, 1));
    CHECK(value.name == "obengine");
    CHECK(value.running);
    CHECK_FALSE(value.checkpoint);
    CHECK_FALSE(value.isCritical);
    CHECK_FALSE(ReadXml(file.document_element(), value, 2));

    const pugi::xml_document today = Written(After{"obengine", true, 3, true});
    REQUIRE(ReadXml(today.document_element(), value, 2));
    CHECK(value.checkpoint == 3U);
    CHECK(value.isCritical);
}

TEST_CASE("format: a question keeps its key when it gets a member, and differs where that is not the default")
{
    CHECK(KeyOf(AskAfter{"x"}) == KeyOf(AskBefore{"x"}));
    CHECK(KeyOf(AskAfter{"x", true}) != KeyOf(AskAfter{"x"}));
    CHECK(KeyOf(AskAfter{"x", false, {"HKLM\\A", "", RegistryView::k32}})
        != KeyOf(AskAfter{"x", false, {"HKLM\\A", "", RegistryView::k64}}));
    CHECK(KeyOf(AskAfter{"x"}) != KeyOf(AskAfter{"y"}));
    CHECK(KeyOf(ScanAgentLogs{kLogs, {"a"}}) != KeyOf(ScanAgentLogs{kLogs, {"a", "b"}}));
}

TEST_CASE("format: a text in the log that is looked for later leaves what was found of the others")
{
    RecordedMachine machine;
    LogScan first = Scan({{"0x86D1", 2}, {"100034", 0}});
    machine.Set(ScanAgentLogs{kLogs, {"0x86D1", "100034"}, true}, first);
    machine.Set(ScanAgentLogs{kLogs, {"(407)"}, true}, Scan({{"(407)", 1}}));
    machine.Set(ScanAgentLogs{"C:\\Other", {"new"}, true}, Scan({{"new", 1}}));

    const auto scan = AskLogs(machine, {"new", "100034", "(407)", "0x86D1"});
    REQUIRE(scan);
    CHECK(scan->totals == std::vector<std::uint64_t>{0, 0, 1, 1});
    CHECK(scan->times
        == std::vector{PatternTimes(), PatternTimes(),
            PatternTimes{kNow - std::chrono::hours(1), kNow - std::chrono::hours(1)},
            PatternTimes{kNow - std::chrono::hours(2), kNow - std::chrono::hours(2)}});
    REQUIRE(scan->matches.size() == 2);
    CHECK(scan->matches[0].pattern == "(407)");
    CHECK(scan->matches[1].pattern == "0x86D1");
    CHECK(scan->newest == kNow);
    CHECK(scan->IsComplete());
    CHECK(scan->notAsked == std::vector<std::string>{"new"});

    // A part of what was asked for is there, and nothing of it is unknown.
    const auto part = AskLogs(machine, {"0x86D1"});
    REQUIRE(part);
    CHECK(part->notAsked.empty());
    CHECK(part->matches.size() == 1);
    // Only the exact question has the exact answer.
    CHECK(AskLogs(machine, {"0x86D1", "100034"}) == Answer<LogScan>(first));
    CHECK(AskLogs(machine, {}).HasValue());
    CHECK(AskLogs(machine, {"new"}).Error().code == code::kNotRecorded);
    CHECK(machine.Ask(ScanAgentLogs{kLogs, {"0x86D1"}, false}, Wait{}).Error().code == code::kNotRecorded);
}

TEST_CASE("format: what was not read of the log stays so when answers are put together")
{
    RecordedMachine machine;
    LogScan whole = Scan({{"a", 1}});
    LogScan cut = Scan({{"b", 1}});
    cut.missedBecause = code::kTimeout;
    cut.readSince = kNow - std::chrono::hours(5);
    LogScan cutEarlier = Scan({{"c", 1}});
    cutEarlier.missedBecause = code::kAccessDenied;
    cutEarlier.readSince = kNow - std::chrono::hours(3);
    LogScan lost = Scan({{"d", 1}});
    lost.missedBecause = code::kAccessDenied;
    machine.Set(ScanAgentLogs{kLogs, {"a"}, true}, whole);
    machine.Set(ScanAgentLogs{kLogs, {"b"}, true}, cut);
    machine.Set(ScanAgentLogs{kLogs, {"c"}, true}, cutEarlier);
    machine.Set(ScanAgentLogs{kLogs, {"d"}, true}, lost);

    CHECK(AskLogs(machine, {"a", "new"})->IsComplete());
    const auto two = AskLogs(machine, {"a", "b"});
    CHECK(two->missedBecause == code::kTimeout);
    CHECK(two->readSince == kNow - std::chrono::hours(5));
    CHECK(AskLogs(machine, {"a", "b", "c"})->readSince == kNow - std::chrono::hours(3));
    CHECK_FALSE(AskLogs(machine, {"a", "b", "d"})->readSince);
}

TEST_CASE("format: a log that is not there, or cannot be read, is so whatever is looked for")
{
    RecordedMachine machine;
    machine.Set(ScanAgentLogs{kLogs, {"a"}, true}, Absent{});
    CHECK(AskLogs(machine, {"a", "new"}).IsAbsent());
    machine.Set(ScanAgentLogs{kLogs, {"a"}, true}, Failure{code::kAccessDenied, "FindFirstFile"});
    CHECK(AskLogs(machine, {"new"}).Error().code == code::kAccessDenied);
}

TEST_CASE("format: events and certificates that are asked for later")
{
    RecordedMachine machine;
    machine.Set(
        ReadEvents{"CloudBackup", {3, 10}}, EventList{{{10, kNow}, {3, kNow - std::chrono::hours(1)}}});
    const auto events = machine.Ask(ReadEvents{"CloudBackup", {10, 18}}, Wait{});
    REQUIRE(events);
    CHECK(events->events == std::vector{EventInfo{10, kNow}});
    CHECK(events->notAsked == std::vector<std::uint32_t>{18});
    CHECK(machine.Ask(ReadEvents{"System", {10}}, Wait{}).Error().code == code::kNotRecorded);

    machine.Set(FindCertificates{"Root", {"aa", "bb"}}, CertificatePresence{{"aa"}});
    const auto roots = machine.Ask(FindCertificates{"Root", {"aa", "bb", "cc"}}, Wait{});
    REQUIRE(roots);
    CHECK(roots->present == std::vector<std::string>{"aa"});
    CHECK(roots->notAsked == std::vector<std::string>{"cc"});
}

TEST_CASE("format: a question that is added later leaves the answers of an older file")
{
    // Version 0.1.0 wrote this member always, and a version before it would not have known it.
    const std::string file = R"(<recording schema="1" tool="0.1.0" taken="2026-03-10T12:00:00Z" redacted="no">
 <entry><query_service><service>VSS</service></query_service><absent/></entry>
 <entry><scan_agent_logs><folder>C:\Agent\Temp</folder><patterns><item>a</item></patterns>
  <whole_words>no</whole_words></scan_agent_logs>
  <value><matches/><totals><item>0</item></totals><newest/><times><item><first/><last/></item></times>
  <missed_because>0</missed_because><read_since/></value></entry>
</recording>)";
    Recording recording;
    REQUIRE(ReadRecording(file, recording).Ok());
    CHECK(recording.header.format == 1);
    CHECK(recording.damagedEntries == 0);
    CHECK(recording.unknownQuestions == 0);
    CHECK(recording.machine.Ask(QueryService{"VSS"}, Wait{}).IsAbsent());
    CHECK(recording.machine.Ask(ScanAgentLogs{kLogs, {"a"}}, Wait{}).HasValue());
    // What was not asked then.
    CHECK(recording.machine.Ask(QueryService{"MpsSvc"}, Wait{}).Error().code == code::kNotRecorded);
    // Written again it is of today's format, and holds the same.
    Recording again;
    REQUIRE(ReadRecording(WriteRecording(recording.header, recording.machine), again).Ok());
    CHECK(again.header.format == kFileFormat);
    CHECK(again.machine.Ask(ScanAgentLogs{kLogs, {"a"}}, Wait{})
        == recording.machine.Ask(ScanAgentLogs{kLogs, {"a"}}, Wait{}));
}

} // namespace mars::test
