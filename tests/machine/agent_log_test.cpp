// SPDX-License-Identifier: MIT
#include "agent_log.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>

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

/// Gives the text in pieces, so that lines are cut anywhere.
AgentLogFile FileOf(std::string text, const char* written, std::size_t piece = 7)
{
    AgentLogFile file;
    file.written = At(written);
    auto rest = std::make_shared<std::string>(std::move(text));
    file.read = [rest, piece](std::span<char> buffer) {
        const std::size_t size = std::min({rest->size(), buffer.size(), piece});
        std::copy_n(rest->begin(), size, buffer.begin());
        rest->erase(0, size);
        return size;
    };
    return file;
}

LogScan Scan(const std::vector<AgentLogFile>& files, std::vector<std::string> patterns)
{
    AgentLogScanner scanner(std::move(patterns));
    for (const AgentLogFile& file : files)
    {
        CHECK(scanner.Add(file, Wait{}));
    }
    return scanner.Take();
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
            "1\t2\t1/2\t3:4\t5\t6\t7\t8\t9\tNORMAL\tx",
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

TEST_CASE("agent log: where reading begins inside a line, that line is left out")
{
    AgentLogFile file = FileOf(
        "FATAL half a line x\r\n" + Line("03/10", "10:00:00.000", "FATAL", "x"), "2026-03-10T10:00:00Z");
    file.beginsInside = true;
    CHECK(Scan({file}, {"x"}).totals == std::vector<std::uint64_t>{1});
}

TEST_CASE("agent log: UTF-16 is read, also when a piece ends inside a character")
{
    std::string bytes;
    for (const char16_t unit : ToUtf16("\uFEFF" + Line("03/10", "10:00:00.000", "FATAL", "Ordner \xC3\x84")))
    {
        bytes += static_cast<char>(unit & 0xFF);
        bytes += static_cast<char>(unit >> 8);
    }
    AgentLogFile file = FileOf(bytes, "2026-03-10T10:00:00Z");
    file.utf16 = true;
    const LogScan scan = Scan({file}, {"Ordner"});
    REQUIRE(scan.matches.size() == 1);
    CHECK(scan.matches[0].message == "Ordner \xC3\x84");
}

TEST_CASE("agent log: bytes of a code page become valid text")
{
    const LogScan scan = Scan(
        {FileOf(Line("03/10", "10:00:00.000", "FATAL", "Ordner \xC4"), "2026-03-10T10:00:00Z")}, {"Ordner"});
    REQUIRE(scan.matches.size() == 1);
    CHECK(scan.matches[0].message == "Ordner \xC3\x84");
}

TEST_CASE("agent log: the newest 2,000 lines are kept and all are counted")
{
    std::string text;
    for (int i = 0; i < 5000; ++i)
    {
        text += Line("03/10", "10:00:00.000", "FATAL", fmt::format("x {}", i));
    }
    const LogScan scan =
        Scan({FileOf(text, "2026-03-10T10:00:00Z", 100'000), FileOf(text, "2026-03-10T10:00:00Z", 100'000)},
            {"x"});
    CHECK(scan.totals == std::vector<std::uint64_t>{10'000});
    REQUIRE(scan.matches.size() == 2000);
    CHECK(scan.matches.front().message == "x 4999");
    CHECK(scan.matches.back().message == "x 3000");
}

TEST_CASE("agent log: at most 1 MiB of text is kept, and a long message is cut at a character")
{
    std::string text;
    for (int i = 0; i < 1500; ++i)
    {
        text += Line("03/10", "10:00:00.000", "FATAL", "xx" + std::string(1997, 'y') + "\xC3\x84\xC3\x84");
    }
    const LogScan scan = Scan({FileOf(text, "2026-03-10T10:00:00Z", 100'000)}, {"xx"});
    std::size_t kept = 0;
    for (const LogMatch& match : scan.matches)
    {
        kept += match.message.size();
    }
    CHECK(kept <= 1024 * 1024);
    CHECK(scan.totals == std::vector<std::uint64_t>{1500});
    CHECK(scan.matches.front().message == "xx" + std::string(1997, 'y'));
}

TEST_CASE("agent log: an endless line costs no endless memory")
{
    std::string text = Line("03/10", "10:00:00.000", "FATAL", "x");
    text += std::string(3'000'000, 'z');
    const LogScan scan = Scan({FileOf(text, "2026-03-10T10:00:00Z", 100'000)}, {"x", "z"});
    CHECK(scan.totals == std::vector<std::uint64_t>{1, 1});
    CHECK(scan.matches[0].message.size() == 2000);
}

TEST_CASE("agent log: it stops when the wait is over")
{
    Wait over;
    over.deadline = std::chrono::steady_clock::time_point::min();
    AgentLogScanner scanner({"x"});
    CHECK_FALSE(
        scanner.Add(FileOf(Line("03/10", "10:00:00.000", "FATAL", "x"), "2026-03-10T10:00:00Z"), over));
}

TEST_CASE("agent log: no line, no newest")
{
    const LogScan scan = Scan(
        {FileOf("", "2026-03-10T10:00:00Z"), FileOf("rubbish\n\n", "2026-03-10T10:00:00Z")}, {"rubbish"});
    CHECK_FALSE(scan.newest);
    CHECK(scan.matches.empty());
}

} // namespace mars
