// SPDX-License-Identifier: MIT
#include "recording.h"

#include "questions/computer.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "test_support.h"
#include "xml_codec.h"
#include "xml_guard.h"

#include <fmt/format.h>

using namespace mars;
using namespace mars::test;

namespace
{

std::string Written()
{
    RecordingHeader header;
    header.toolVersion = "0.1.0";
    header.taken = kNow;
    header.redacted = true;
    return WriteRecording(header, HealthyServer());
}

std::string Replaced(std::string text, std::string_view what, std::string_view with)
{
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

std::string Newer(const std::string& text)
{
    return Replaced(
        text, fmt::format("schema=\"{}\"", kFileFormat), fmt::format("schema=\"{}\"", kFileFormat + 1));
}

/// What is refused leaves the recording alone.
Status ReadInto(Recording& recording, std::string_view text)
{
    recording.header.toolVersion = "before";
    recording.machine.Set(ReadClock{}, Absent{});
    const Status status = ReadRecording(text, recording);
    if (!status)
    {
        CHECK(recording.header.toolVersion == "before");
        CHECK(recording.machine.QuestionCount() == 1);
    }
    return status;
}

std::uint32_t RefusedWith(std::string_view text)
{
    Recording recording;
    const Status status = ReadInto(recording, text);
    return status ? 0 : status.Error().code;
}

} // namespace

TEST_CASE("A recording that is read back holds the same")
{
    Recording recording;
    REQUIRE(ReadInto(recording, Written()).Ok());
    CHECK(recording.header.toolVersion == "0.1.0");
    CHECK(recording.header.taken == kNow);
    CHECK(recording.header.redacted);
    CHECK(recording.unknownQuestions == 0);
    CHECK(recording.machine.QuestionCount() == HealthyServer().QuestionCount());
    const std::string again = WriteRecording(recording.header, recording.machine);
    Recording reread;
    REQUIRE(ReadInto(reread, again).Ok());
    CHECK(WriteRecording(reread.header, reread.machine) == again);
}

TEST_CASE("Values survive that XML cannot hold as they are")
{
    RecordedMachine machine;
    const std::string wild("a\x01\0b \xed\xa0\x80 \xff ]]> &amp; <x> \r\n", 28);
    const RegistryValue value{kRegBinary, {0, 255, 13, 10}};
    machine.Set(FindFolder{KnownFolder::kWindows}, PathText{wild});
    machine.Set(ReadRegistryValue{{"HKLM\\" + wild, wild, RegistryView::k32}}, value);
    Recording recording;
    REQUIRE(ReadRecording(WriteRecording({}, machine), recording).Ok());
    CHECK(recording.machine.Ask(FindFolder{KnownFolder::kWindows}, {})->path == wild);
    const auto read =
        recording.machine.Ask(ReadRegistryValue{{"HKLM\\" + wild, wild, RegistryView::k32}}, {});
    REQUIRE(read);
    CHECK(*read == value);
}

TEST_CASE("Absent, failed and never asked stay three things")
{
    RecordedMachine machine;
    machine.Set(QueryService{"absent"}, Absent{});
    machine.Set(QueryService{"denied"}, Failure{code::kAccessDenied, "OpenService"});
    Recording recording;
    REQUIRE(ReadRecording(WriteRecording({}, machine), recording).Ok());
    CHECK(recording.machine.Ask(QueryService{"absent"}, {}).IsAbsent());
    CHECK(recording.machine.Ask(QueryService{"denied"}, {}).Error()
        == Failure{code::kAccessDenied, "OpenService"});
    CHECK(recording.machine.Ask(QueryService{"never asked"}, {}).Error().code == code::kNotRecorded);
}

TEST_CASE("What is no recording, too new or hostile is refused whole")
{
    CHECK(RefusedWith("") == code::kInvalidData);
    CHECK(RefusedWith("hello") == code::kInvalidData);
    CHECK(RefusedWith("<html/>") == code::kInvalidData);
    CHECK(RefusedWith("<recording/>") == code::kInvalidData);
    const std::string good = Written();
    CHECK(RefusedWith(good.substr(0, good.size() - 20)) == code::kInvalidData);
    CHECK(RefusedWith(Newer(good)) == code::kNewerFormat);
    CHECK(RefusedWith("<!DOCTYPE recording [<!ENTITY a \"b\">]>" + good.substr(good.find("<recording")))
        == code::kInvalidData);
    CHECK(RefusedWith(std::string(kLargestRecording + 1, ' ')) == code::kInvalidData);

    std::string deep = "<recording schema=\"1\"><entry>";
    for (int i = 0; i < 100'000; ++i)
    {
        deep += "<a>";
    }
    CHECK(RefusedWith(deep) == code::kInvalidData);
    for (int i = 0; i < 100'000; ++i)
    {
        deep += "</a>";
    }
    CHECK(RefusedWith(deep + "</entry></recording>") == code::kInvalidData);
}

TEST_CASE("A file with more entries than any recording has is refused")
{
    std::string text = "<recording schema=\"2\">";
    for (std::size_t i = 0; i < kMostEntries; ++i)
    {
        text += "<entry><read_clock/><absent/></entry>";
    }
    Recording recording;
    CHECK(ReadRecording(text + "</recording>", recording).Ok());
    CHECK(RefusedWith(text + "<entry><read_clock/><absent/></entry></recording>") == code::kInvalidData);
}

TEST_CASE("A list that is longer than any answer is damaged, and the rest is read")
{
    RecordedMachine machine;
    machine.Set(ReadClock{}, ClockReading{kNow, 0, kNow});
    RegistryKeyContent key;
    key.keys.assign(1, "a");
    machine.Set(ListRegistryKey{"HKLM\\SOFTWARE"}, key);
    const std::string text = WriteRecording({}, machine);
    const std::size_t item = text.find("<item>a</item>");
    REQUIRE(item != std::string::npos);
    const auto withItems = [&](std::size_t count) {
        std::string items;
        for (std::size_t i = 0; i < count; ++i)
        {
            items += "<item>a</item>";
        }
        return std::string(text).replace(item, std::string_view("<item>a</item>").size(), items);
    };
    Recording recording;
    REQUIRE(ReadInto(recording, withItems(detail::kMostItems)).Ok());
    CHECK(recording.damagedEntries == 0);
    REQUIRE(ReadInto(recording, withItems(detail::kMostItems + 1)).Ok());
    CHECK(recording.damagedEntries == 1);
    CHECK(recording.machine.Ask(ReadClock{}, {}).HasValue());
}

TEST_CASE("Questions of a newer version are skipped and counted")
{
    Recording recording;
    const std::string text = Replaced(Written(), "<entry>", "<entry><read_mind/><value/></entry><entry>");
    REQUIRE(ReadInto(recording, text).Ok());
    CHECK(recording.unknownQuestions == 1);
    CHECK(recording.damagedEntries == 0);
    CHECK(recording.machine.QuestionCount() == HealthyServer().QuestionCount());
}

TEST_CASE("An answer that does not fit its question fails, and only that one")
{
    RecordedMachine machine;
    machine.Set(ReadClock{}, ClockReading{kNow, 0, kNow});
    machine.Set(QueryService{"VSS"}, ServiceStatus{});
    std::string text = WriteRecording({}, machine);
    text = Replaced(text, "<utc_offset_minutes>0<", "<utc_offset_minutes>noon<");
    Recording recording;
    REQUIRE(ReadInto(recording, text).Ok());
    CHECK(recording.machine.Ask(ReadClock{}, {}).HasFailed());
    CHECK(recording.machine.Ask(QueryService{"VSS"}, {}).HasValue());
}

TEST_CASE("A question that cannot be read is damaged and not newer, and a failure is neither")
{
    RecordedMachine machine;
    machine.Set(QueryService{"VSS"}, Failure{code::kAccessDenied, "OpenService"});
    const std::string good = WriteRecording({}, machine);
    Recording whole;
    REQUIRE(ReadInto(whole, good).Ok());
    CHECK(whole.damagedEntries == 0);
    Recording damaged;
    REQUIRE(ReadInto(damaged, Replaced(good, "<service>VSS</service>", "")).Ok());
    CHECK(damaged.damagedEntries == 1);
    CHECK(damaged.unknownQuestions == 0);
}

TEST_CASE("A recording that ends anywhere is refused")
{
    const std::string good = Written();
    for (std::size_t size = 0; size < good.find("</recording>"); size += 64)
    {
        CAPTURE(size);
        CHECK(RefusedWith(std::string_view(good).substr(0, size)) == code::kInvalidData);
    }
}

TEST_CASE("Damaged answers fail, each by itself, and what is twice counts as it was last")
{
    const std::string begin = "<recording schema=\"1\"><entry>";
    const std::string question = "<read_registry_value><path><key>HKLM\\X</key><name>a</name><view>64</"
                                 "view></path></read_registry_value>";
    const std::string end = "</entry></recording>";
    for (const char* answer : {"", "<value/>", "<value type=\"1\"/>",
             "<value type=\"x\"><text>a</text></value>", "<value type=\"99999999999\"><text>a</text></value>",
             "<value type=\"3\"><bytes>0g</bytes></value>", "<value type=\"3\"><bytes>123</bytes></value>",
             "<value type=\"1\"><text encoding=\"rot13\">a</text></value>",
             "<value type=\"1\"><text encoding=\"base64\">a</text></value>", "<failed/>",
             "<failed code=\"0\"/>", "<failed code=\"-\"/>", "<maybe/>"})
    {
        CAPTURE(answer);
        Recording recording;
        REQUIRE(ReadRecording(begin + question + answer + end, recording).Ok());
        CHECK(recording.machine.Ask(ReadRegistryValue{{"HKLM\\X", "a"}}, {}).HasFailed());
        CHECK(recording.damagedEntries == 1);
        CHECK(recording.unknownQuestions == 0);
    }
    Recording twice;
    REQUIRE(ReadRecording(begin + question + "<absent/></entry><entry>" + question
            + "<value type=\"1\"><text>b</text></value>" + end,
        twice)
                .Ok());
    CHECK(twice.machine.QuestionCount() == 1);
    CHECK(twice.machine.Ask(ReadRegistryValue{{"HKLM\\X", "a"}}, {}).HasValue());
}

TEST_CASE("Numbers that an answer cannot hold, and dates that are none, fail")
{
    RecordedMachine machine;
    machine.Set(ReadClock{}, ClockReading{kNow, 77, kNow});
    const std::string good = WriteRecording({}, machine);
    for (const char* number : {"99999999999999999999", "-2147483649", "7.5", "0x7", " 7", ""})
    {
        CAPTURE(number);
        Recording recording;
        REQUIRE(ReadRecording(Replaced(good, ">77<", std::string(">") + number + "<"), recording).Ok());
        CHECK(recording.machine.Ask(ReadClock{}, {}).HasFailed());
    }
    Recording recording;
    REQUIRE(ReadRecording(Replaced(good, ToIso8601(kNow), "2026-13-40T99:00:00Z"), recording).Ok());
    CHECK(recording.machine.Ask(ReadClock{}, {}).HasFailed());
}
