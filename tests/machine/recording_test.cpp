// SPDX-License-Identifier: MIT
#include "recording.h"

#include "test_support.h"
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
    CHECK(RefusedWith(Replaced(good, "schema=\"1\"", "schema=\"2\"")) == code::kNewerFormat);
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

TEST_CASE("Questions of a newer version are skipped and counted")
{
    Recording recording;
    const std::string text = Replaced(Written(), "<entry>", "<entry><read_mind/><value/></entry><entry>");
    REQUIRE(ReadInto(recording, text).Ok());
    CHECK(recording.unknownQuestions == 1);
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
