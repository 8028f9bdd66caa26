// SPDX-License-Identifier: MIT
#include "agent_log.h"
#include "questions/log.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace mars
{

namespace
{

Timestamp At(const char* text)
{
    return *FromIso8601(text);
}

std::string Line(const char* date, const char* time, const char* severity, const std::string& message)
{
    return fmt::format("44B4\t3968\t{}\t{}\t71\tbackupasync.cpp(1607)\t[000000001B73B830]\t"
                       "0517B3DB-347D-45A8-9DAB-FD7D1EA7D134\t\t{}\t{}\r\n",
        date, time, severity, message);
}

/// Reads like a file.
AgentLogFile FileOf(std::string text, const char* written)
{
    AgentLogFile file;
    file.written = At(written);
    file.size = text.size();
    const auto bytes = std::make_shared<const std::string>(std::move(text));
    file.read = [bytes](std::uint64_t offset, std::span<char> buffer) {
        const std::size_t begin = std::min<std::size_t>(offset, bytes->size());
        const std::size_t size = std::min(bytes->size() - begin, buffer.size());
        std::copy_n(bytes->begin() + static_cast<std::ptrdiff_t>(begin), size, buffer.begin());
        return Answer<std::size_t>(size);
    };
    return file;
}

std::string InUtf16(const std::string& text, bool bigEndian = false)
{
    std::string bytes;
    for (const char16_t unit : ToUtf16(text))
    {
        const auto low = static_cast<char>(unit & 0xFF);
        const auto high = static_cast<char>(unit >> 8);
        bytes += bigEndian ? high : low;
        bytes += bigEndian ? low : high;
    }
    return bytes;
}

/// All searches in one reading.
std::vector<LogScan> ScanFor(std::vector<AgentLogSearch> searches, const std::vector<AgentLogFile>& files,
    std::size_t block = AgentLogScanner::kBlock)
{
    AgentLogScanner scanner(std::move(searches), block);
    for (const AgentLogFile& file : files)
    {
        CHECK(scanner.Add(file, Wait{}));
    }
    return scanner.Take();
}

LogScan ScanWith(AgentLogSearch search, const std::vector<AgentLogFile>& files,
    std::size_t block = AgentLogScanner::kBlock)
{
    return ScanFor({std::move(search)}, files, block).front();
}

/// The same whatever the size of what is read at once: blocks cut lines, characters and messages anywhere.
LogScan Scan(const std::vector<AgentLogFile>& files, const std::vector<std::string>& patterns)
{
    const LogScan scan = ScanWith({patterns}, files);
    for (const std::size_t block : {1, 2, 7, 64, 1000, 4096})
    {
        CAPTURE(block);
        CHECK(ScanWith({patterns}, files, block) == scan);
    }
    return scan;
}

LogScan ScanWords(const std::string& text, const std::vector<std::string>& patterns)
{
    return ScanWith({patterns, true}, {FileOf(text, "2026-03-10T10:00:00Z")});
}

} // namespace

TEST_CASE("agent log: a line of eleven columns is taken apart")
{
    const std::string text = Line("10/21", "21:02:21.611", "FATAL", "Failed: Hr: = [0x80780054]\tmore");
    const auto line = ParseAgentLogLine(text);
    REQUIRE(line);
    CHECK(line->month == 10);
    CHECK(line->day == 21);
    CHECK(line->timeOfDay == std::chrono::hours(21) + std::chrono::minutes(2) + std::chrono::seconds(21));
    CHECK(line->severity == "FATAL");
    CHECK(line->message == "Failed: Hr: = [0x80780054]\tmore");
}

TEST_CASE("agent log: empty columns are no harm")
{
    const auto line = ParseAgentLogLine("1\t2\t01/02\t03:04:05.006\t\t\t\t\t\tNORMAL\t");
    REQUIRE(line);
    CHECK(line->severity == "NORMAL");
    CHECK(line->message.empty());
}

TEST_CASE("agent log: a copy that lost its tabs is read")
{
    const auto line =
        ParseAgentLogLine("44B4 3968 10/21 21:02:21.611 71 backupasync.cpp(1607) [000000001B73B830] "
                          "0517B3DB-347D-45A8-9DAB-FD7D1EA7D134 WARNING Failed: Hr: = [0x80780054]");
    REQUIRE(line);
    CHECK(line->severity == "WARNING");
    CHECK(line->message == "Failed: Hr: = [0x80780054]");
}

TEST_CASE("agent log: headlines, continued messages and rubbish are no lines")
{
    for (const char* text :
        {"ProcessId\tThreadId\tDate\tTime\tComponent\tSource\tObject\tTaskId\tMachine\tSeverity\tMessage",
            "   at System.Net.HttpWebRequest.GetResponse()", "", "\t\t\t\t\t\t\t\t\t\t",
            "1\t2\t1/2\t3:4\t5\t6\t7\t8\t9\tNORMAL\tx", "1\t2\t20/21\t21:02:21.611\t5\t6\t7\t8\t9\tNORMAL\tx",
            "1\t2\t02/30\t21:02:21.611\t5\t6\t7\t8\t9\tNORMAL\tx",
            "1\t2\t10/21\t25:02:21.611\t5\t6\t7\t8\t9\tNORMAL\tx"})
    {
        CAPTURE(text);
        CHECK_FALSE(ParseAgentLogLine(text));
    }
}

TEST_CASE("agent log: the year is the last one in which the day was not in the future")
{
    AgentLogLine line;
    line.month = 12;
    line.day = 31;
    CHECK(DateOf(line, At("2026-01-02T00:00:00Z")) == At("2025-12-31T00:00:00Z"));
    CHECK(DateOf(line, At("2026-12-31T10:00:00Z")) == At("2026-12-31T00:00:00Z"));
    line.month = 1;
    line.day = 1;
    CHECK(DateOf(line, At("2025-12-31T23:30:00Z")) == At("2026-01-01T00:00:00Z"));
    line.month = 2;
    line.day = 29;
    CHECK(DateOf(line, At("2026-03-01T00:00:00Z")) == At("2024-02-29T00:00:00Z"));
    line.month = 13;
    CHECK_FALSE(DateOf(line, At("2026-03-01T00:00:00Z")));
}

TEST_CASE("agent log: matches come newest first, with totals for each pattern")
{
    const AgentLogFile current = FileOf("Pid\tTid\r\n" + Line("03/10", "10:00:00.000", "NORMAL", "start")
            + Line("03/10", "10:05:00.000", "WARNING", "connection attempt failed :443")
            + Line("03/10", "10:10:00.000", "FATAL", "Hr: = [0x80070005]"),
        "2026-03-10T10:10:01Z");
    const AgentLogFile older =
        FileOf(Line("03/08", "09:00:00.000", "FATAL", "connection attempt failed"), "2026-03-08T09:00:00Z");
    const LogScan scan = Scan({current, older}, {"connection attempt failed", "Hr: =", "nothing"});
    REQUIRE(scan.matches.size() == 3);
    CHECK(scan.matches[0] == LogMatch{At("2026-03-10T10:10:00Z"), "Hr: =", "FATAL", "Hr: = [0x80070005]"});
    CHECK(scan.matches[1].time == At("2026-03-10T10:05:00Z"));
    CHECK(scan.matches[2].time == At("2026-03-08T09:00:00Z"));
    CHECK(scan.totals == std::vector<std::uint64_t>{2, 1, 0});
    CHECK(scan.newest == At("2026-03-10T10:10:00Z"));
}

TEST_CASE("agent log: a line with two patterns counts for both")
{
    const LogScan scan = Scan({FileOf(Line("03/10", "10:00:00.000", "FATAL", "AADSTS500021 in GetAADToken"),
                                  "2026-03-10T10:00:00Z")},
        {"AADSTS500021", "GetAADToken"});
    CHECK(scan.totals == std::vector<std::uint64_t>{1, 1});
    CHECK(scan.matches.size() == 2);
}

TEST_CASE("agent log: later lines of a message belong to its time and severity")
{
    const LogScan scan =
        Scan({FileOf(Line("03/10", "10:00:00.000", "FATAL", "Exception") + "   AADSTS500021: tenant\r\n",
                 "2026-03-10T10:00:00Z")},
            {"AADSTS500021"});
    REQUIRE(scan.matches.size() == 1);
    CHECK(scan.matches[0]
        == LogMatch{At("2026-03-10T10:00:00Z"), "AADSTS500021", "FATAL", "AADSTS500021: tenant"});
}

TEST_CASE("agent log: the file's last change shows whether the log counts in local time or in UTC")
{
    const std::string text = Line("03/10", "12:00:00.000", "FATAL", "x");
    AgentLogFile local = FileOf(text, "2026-03-10T10:00:30Z");
    local.utcOffset = std::chrono::minutes(120);
    CHECK(Scan({local}, {}).newest == At("2026-03-10T10:00:00Z"));

    AgentLogFile utc = FileOf(text, "2026-03-10T12:00:30Z");
    utc.utcOffset = std::chrono::minutes(120);
    CHECK(Scan({utc}, {}).newest == At("2026-03-10T12:00:00Z"));

    AgentLogFile copied = FileOf(text, "2026-05-01T00:00:00Z");
    copied.utcOffset = std::chrono::minutes(120);
    CHECK(Scan({copied}, {}).newest == At("2026-03-10T10:00:00Z"));
}

TEST_CASE("agent log: UTF-16 is read in either order of bytes, and without its mark")
{
    const std::string line = Line("03/10", "10:00:00.000", "FATAL", "Ordner \xC3\x84 \xF0\x9F\x98\x80");
    for (const std::string& bytes :
        {InUtf16("\uFEFF" + line), InUtf16("\uFEFF" + line, true), InUtf16(line), InUtf16(line) + "x"})
    {
        const LogScan scan = Scan({FileOf(bytes, "2026-03-10T10:00:00Z")}, {"Ordner"});
        REQUIRE(scan.matches.size() == 1);
        CHECK(scan.matches[0].message.starts_with("Ordner \xC3\x84"));
    }
}

TEST_CASE("agent log: bytes of a code page become valid text")
{
    const LogScan scan = Scan(
        {FileOf(Line("03/10", "10:00:00.000", "FATAL", "Ordner \xC4"), "2026-03-10T10:00:00Z")}, {"Ordner"});
    REQUIRE(scan.matches.size() == 1);
    CHECK(scan.matches[0].message == "Ordner \xC3\x84");
}

TEST_CASE("agent log: the newest 2,000 lines are kept and all are counted, with the first and the last time")
{
    std::string text;
    for (int i = 0; i < 5000; ++i)
    {
        text += Line("03/10", fmt::format("{:02}:{:02}:00.000", 1 + i / 600, i / 10 % 60).c_str(), "FATAL",
            fmt::format("x {}", i));
    }
    const AgentLogFile file = FileOf(text, "2026-03-10T10:00:00Z");
    const LogScan scan = ScanWith({{"x", "not there"}}, {file, file});
    CHECK(scan.totals == std::vector<std::uint64_t>{10'000, 0});
    REQUIRE(scan.matches.size() == 2000);
    CHECK(scan.matches.front().message == "x 4999");
    CHECK(scan.matches.back().message == "x 3000");
    CHECK(scan.times[0] == PatternTimes{At("2026-03-10T01:00:00Z"), At("2026-03-10T09:19:00Z")});
    CHECK(scan.times[1] == PatternTimes{});
    CHECK(scan.IsComplete());
    CHECK_FALSE(scan.readSince);
}

TEST_CASE("agent log: at most 1 MiB of text is kept, and a long message is cut at a character")
{
    std::string text;
    for (int i = 0; i < 1500; ++i)
    {
        text += Line("03/10", "10:00:00.000", "FATAL", "xx" + std::string(1997, 'y') + "\xC3\x84\xC3\x84");
    }
    const LogScan scan = ScanWith({{"xx"}}, {FileOf(text, "2026-03-10T10:00:00Z")});
    std::size_t kept = 0;
    for (const LogMatch& match : scan.matches)
    {
        kept += match.message.size();
    }
    CHECK(kept <= 1024 * 1024);
    CHECK(kept > 1000 * 1024);
    CHECK(scan.totals == std::vector<std::uint64_t>{1500});
    CHECK(scan.matches.front().message == "xx" + std::string(1997, 'y'));
}

TEST_CASE("agent log: an endless line costs no endless memory")
{
    std::string text = Line("03/10", "10:00:00.000", "FATAL", "x");
    text += std::string(3'000'000, 'z');
    const LogScan scan = ScanWith({{"x", "z"}}, {FileOf(text, "2026-03-10T10:00:00Z")}, 100'000);
    CHECK(scan.totals == std::vector<std::uint64_t>{1, 1});
    CHECK(scan.matches[0].message.size() == 2000);
}

TEST_CASE("agent log: when the time is over it stops, and what was read counts")
{
    Wait over;
    over.deadline = std::chrono::steady_clock::time_point::min();
    AgentLogScanner scanner({AgentLogSearch{{"x"}}});
    const auto line = FileOf(Line("03/10", "10:00:00.000", "FATAL", "x"), "2026-03-10T10:00:00Z");
    CHECK_FALSE(scanner.Add(line, over));
    CHECK_FALSE(scanner.HasReadAnything());
    CHECK(scanner.Take().front().missedBecause == code::kTimeout);

    // The newest block of two is read.
    std::string older = Line("03/10", "08:00:00.000", "FATAL", "x old");
    older += older.size() % 2 == 0 ? "" : "\n";
    std::string newer = Line("03/10", "09:00:00.000", "FATAL", "x new");
    newer += newer.size() % 2 == 0 ? "" : "\n";
    AgentLogFile file = FileOf(older + newer, "2026-03-10T09:00:00Z");
    Wait wait;
    std::stop_source stop;
    wait.stop = stop.get_token();
    const auto read = file.read;
    file.read = [&](std::uint64_t offset, std::span<char> bytes) {
        if (offset == older.size())
        {
            stop.request_stop();
        }
        return read(offset, bytes);
    };
    REQUIRE(older.size() == newer.size());
    AgentLogScanner stopped({AgentLogSearch{{"x"}}}, older.size());
    CHECK_FALSE(stopped.Add(file, wait));
    CHECK(stopped.HasReadAnything());
    // Its first line may have begun in the block before, so the newer line is not sure to be whole.
    const LogScan scan = stopped.Take().front();
    CHECK(scan.missedBecause == code::kCancelled);
    CHECK(scan.matches.empty());
}

TEST_CASE("agent log: an incomplete scan says since when everything was read")
{
    std::string text;
    for (int minute = 0; minute < 60; ++minute)
    {
        text += Line("03/10", fmt::format("09:{:02}:00.000", minute).c_str(), "FATAL", "x");
    }
    AgentLogFile file = FileOf(text, "2026-03-10T09:59:00Z");
    const std::size_t line = text.size() / 60;
    const auto read = file.read;
    file.read = [read, line](std::uint64_t offset, std::span<char> bytes) {
        // Somebody locked the first half.
        return offset < 30 * line && !bytes.empty() && bytes.size() > 4
            ? Answer<std::size_t>(Failure{33, "ReadFile"})
            : read(offset, bytes);
    };
    const LogScan scan = ScanWith({{"x"}}, {file, FileOf(text, "2026-03-10T09:59:00Z")}, 10 * line);
    CHECK(scan.missedBecause == 33);
    CHECK(scan.readSince == At("2026-03-10T09:31:00Z"));
    CHECK(scan.Covers(At("2026-03-10T09:31:00Z")));
    CHECK_FALSE(scan.Covers(At("2026-03-10T09:30:59Z")));
    // The other file is read all the same.
    CHECK(scan.totals[0] == 29 + 60);
}

TEST_CASE("agent log: a file that shrinks or grows while it is read is no harm")
{
    const std::string text =
        Line("03/10", "08:00:00.000", "FATAL", "x old") + Line("03/10", "09:00:00.000", "FATAL", "x new");
    AgentLogFile shrunk = FileOf(text, "2026-03-10T09:00:00Z");
    shrunk.size += 5000;
    CHECK(Scan({shrunk}, {"x"}).totals[0] == 2);
    AgentLogFile grown = FileOf(text + "half a li", "2026-03-10T09:00:00Z");
    grown.size = text.size();
    CHECK(Scan({grown}, {"x"}).totals[0] == 2);
    AgentLogFile gone = FileOf("", "2026-03-10T09:00:00Z");
    gone.size = 5000;
    CHECK(Scan({gone}, {"x"}).totals[0] == 0);
}

TEST_CASE("agent log: half a line at the end belongs to the line before it")
{
    const std::string text = Line("03/10", "09:00:00.000", "FATAL", "first") + "44B4\t3968\t03/1";
    const LogScan scan = Scan({FileOf(text, "2026-03-10T09:00:00Z")}, {"03/1", "first"});
    CHECK(scan.totals == std::vector<std::uint64_t>{2, 1});
    CHECK(scan.newest == At("2026-03-10T09:00:00Z"));
}

TEST_CASE("agent log: a log that was renamed between two looks is read once")
{
    AgentLogFile file = FileOf(Line("03/10", "09:00:00.000", "FATAL", "x"), "2026-03-10T09:00:00Z");
    file.identity = "1:2";
    AgentLogFile other = file;
    other.identity = "1:3";
    CHECK(Scan({file, file, other}, {"x"}).totals[0] == 2);
}

TEST_CASE("agent log: without patterns only the newest line's time is looked for")
{
    AgentLogFile older = FileOf("", "2026-03-10T09:00:00Z");
    older.size = 1;
    bool isRead = false;
    older.read = [&](std::uint64_t, std::span<char>) {
        isRead = true;
        return Answer<std::size_t>(std::size_t(0));
    };
    const LogScan scan =
        ScanWith({}, {FileOf(Line("03/10", "09:00:00.000", "FATAL", "x"), "2026-03-10T09:00:00Z"), older});
    CHECK(scan.newest == At("2026-03-10T09:00:00Z"));
    CHECK_FALSE(isRead);
}

TEST_CASE("agent log: whole words only, where that is asked")
{
    const std::string text = Line("03/10", "09:00:00.000", "FATAL", "1000501 and A100050, CBPErrorNameLonger")
        + Line("03/10", "09:01:00.000", "FATAL", "Error 100050. CBPErrorName!");
    CHECK(ScanWords(text, {"100050", "CBPErrorName", "Name!"}).totals == std::vector<std::uint64_t>{1, 1, 0});
    CHECK(Scan({FileOf(text, "2026-03-10T10:00:00Z")}, {"100050"}).totals[0] == 2);
}

TEST_CASE("agent log: a decimal number in a line that tells no error is a size or a time")
{
    const std::string text = Line("03/10", "09:00:00.000", "NORMAL", "sent 100050 bytes")
        + Line("03/10", "09:01:00.000", "NORMAL", "Hr: = [0x186D2]");
    CHECK(ScanWords(text, {"0x186D2", "100050"}).totals == std::vector<std::uint64_t>{1, 0});
}

TEST_CASE("agent log: a decimal number counts where it is called an error")
{
    const auto isNamed = [](const std::string& text) { return IsNamedAsError(text, text.find("34513"), 5); };
    for (const char* text : {"(ID: 34513)", "Se produjo un error. (Id.: 34513)", "ID:34513", "error 34513",
             "Error: 34513.", "errorCode = 34513", "LastError=34513", "code [34513]", "hr=34513",
             "failed (error ID 34513)", "Try later. ID: 34513"})
    {
        CHECK_MESSAGE(isNamed(text), text);
    }
    for (const char* text :
        {"34513", "sent 34513 bytes", "process id 34513", "TaskId: 34513", "job ID: 34513", "took 34513 ms",
            "(34513)", "backup.cpp(34513)", "errors: 34513", "error 34513.5", "port 34513"})
    {
        CHECK_FALSE_MESSAGE(isNamed(text), text);
    }
    const std::string text = Line("03/10", "09:00:00.000", "WARNING", "waited 100050 ms for thread id 100050")
        + Line("03/10", "09:01:00.000", "FATAL", "The job failed (ID: 100050)");
    CHECK(ScanWords(text, {"100050"}).totals == std::vector<std::uint64_t>{1});
    // Only where whole words are asked for.
    CHECK(Scan({FileOf(text, "2026-03-10T10:00:00Z")}, {"100050"}).totals[0] == 2);
}

TEST_CASE("agent log: a line that has one number in several spellings counts once")
{
    const std::string text =
        Line("03/10", "09:00:00.000", "FATAL", "0x000186D2 0x186d2 (ID: 100050) error 100034")
        + Line("03/10", "09:01:00.000", "FATAL", "error 100050");
    CHECK(ScanWords(text, {"0x186D2", "0x186d2", "0x000186D2", "100050", "100034"}).totals
        == std::vector<std::uint64_t>{0, 1, 0, 1, 1});
}

TEST_CASE("agent log: the logs of an installation count lines without a date by the file's time")
{
    AgentLogFile file = FileOf("Action ended 10:02:11: InstallFinalize.\r\n"
                               "MSI (s) (3C:10) [10:02:12:511]: MainEngineThread is returning 1603\r\n",
        "2026-03-10T09:00:00Z");
    file.undatedLinesCount = true;
    file.utcOffset = std::chrono::minutes(60);
    const LogScan scan = Scan({file}, {"is returning 1603"});
    REQUIRE(scan.matches.size() == 1);
    CHECK(scan.matches[0].time == At("2026-03-10T09:00:00Z"));
    CHECK(scan.matches[0].message.ends_with("MainEngineThread is returning 1603"));
}

TEST_CASE("agent log: the answer comes in time, with how far it is")
{
    const auto file = FileOf(Line("03/10", "10:00:00.000", "FATAL", "x"), "2026-03-10T10:00:00Z");
    Wait wait;
    wait.howFar = std::make_shared<HowFar>();
    const auto scan = ScanLogFiles({file, file}, {{"x"}}, wait);
    REQUIRE(scan);
    CHECK(scan->totals[0] == 2);
    CHECK(wait.howFar->Percent() == 100);

    wait.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
    CHECK(ScanLogFiles({file}, {{"x"}}, wait).Error().code == code::kTimeout);

    std::stop_source stop;
    stop.request_stop();
    Wait cancelled;
    cancelled.stop = stop.get_token();
    CHECK(ScanLogFiles({file}, {{"x"}}, cancelled).Error().code == code::kCancelled);
}

TEST_CASE("agent log: the names of logs")
{
    CHECK(IsAgentLogName("CBEngineCurr.errlog"));
    CHECK(IsAgentLogName("cbengine12.ERRLOG"));
    CHECK_FALSE(IsAgentLogName("CBEngine.txt"));
    CHECK(IsConsoleLogName("CBUICurr.errlog"));
    CHECK(IsConsoleLogName("cbui3.ERRLOG"));
    CHECK_FALSE(IsConsoleLogName("CBEngineCurr.errlog"));
    CHECK_FALSE(IsConsoleLogName("CBUICurr.txt"));
    CHECK_FALSE(IsAgentLogName("CBUICurr.errlog"));
    CHECK(IsInstallLogName("OBInstaller0Curr.errlog"));
    CHECK(IsInstallLogName("OBManagedlog.LOGCurr.errlog"));
    CHECK(IsInstallLogName("obmsi.log"));
    CHECK_FALSE(IsInstallLogName("OBMsi2.log"));
    CHECK_FALSE(IsInstallLogName("CBEngineCurr.errlog"));
}

TEST_CASE("agent log: no line, no newest")
{
    const LogScan scan = Scan(
        {FileOf("", "2026-03-10T10:00:00Z"), FileOf("rubbish\n\n", "2026-03-10T10:00:00Z")}, {"rubbish"});
    CHECK_FALSE(scan.newest);
    CHECK(scan.matches.empty());
}

TEST_CASE("agent_log: several searches in one reading find what each finds by itself")
{
    const std::string chatty(3000, '.');
    std::string text;
    for (std::size_t i = 0; i < chatty.size(); ++i)
    {
        text += Line("03/10", "09:00:00.000", "WARNING", i == 5 ? "rare 100050" : "often 100050");
    }
    const std::vector<AgentLogFile> files{FileOf(text, "2026-03-10T10:00:00Z")};
    const std::vector<AgentLogSearch> searches{{{"often", "100050"}}, {{"rare"}}, {{"100050"}, true}, {}};
    for (const std::size_t block : {std::size_t(100), AgentLogScanner::kBlock})
    {
        const auto together = ScanFor(searches, files, block);
        REQUIRE(together.size() == searches.size());
        for (std::size_t i = 0; i < searches.size(); ++i)
        {
            CHECK(together[i] == ScanWith(searches[i], files, block));
        }
        // What is found all the time does not push out what is rare.
        CHECK(together[1].matches.size() == 1);
    }
}

} // namespace mars
