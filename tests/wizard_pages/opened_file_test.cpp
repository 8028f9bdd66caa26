// SPDX-License-Identifier: MIT
#include "model/opened_file.h"

#include "catalogue.h"
#include "recording.h"
#include "test_support.h"
#include "xml_codec.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace mars::test
{

namespace
{

std::string ARecording()
{
    RecordingHeader header;
    header.toolVersion = "1.2.3";
    header.taken = kNow;
    header.redacted = true;
    Given given;
    given.cloud = Cloud::kUsGov;
    WriteXml(header.given.append_child("given"), given);
    return WriteRecording(header, HealthyServer());
}

OpenedFile Open(const std::string& bytes)
{
    return OpenSupportFile(bytes, AllRootCauses());
}

OpenFault FaultOf(const std::string& bytes)
{
    const OpenedFile opened = Open(bytes);
    const auto* fault = std::get_if<OpenFault>(&opened);
    REQUIRE(fault != nullptr);
    return *fault;
}

std::string Replaced(std::string text, const std::string& what, const std::string& by)
{
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

} // namespace

TEST_CASE("opened file: a support bundle is a recording with its origin")
{
    const OpenedFile opened = Open("\xEF\xBB\xBF" + ARecording());
    const auto* recording = std::get_if<OpenedRecording>(&opened);
    REQUIRE(recording != nullptr);
    CHECK(recording->origin.toolVersion == "1.2.3");
    CHECK(recording->origin.taken == kNow);
    CHECK(recording->origin.redacted);
    CHECK(recording->origin.unknownQuestions == 0);
    CHECK(recording->given.cloud == Cloud::kUsGov);
    CHECK(recording->machine->QuestionCount() == HealthyServer().QuestionCount());
}

TEST_CASE("opened file: answers that this version does not know are counted")
{
    const OpenedFile opened =
        Open(Replaced(ARecording(), "<entry>", "<entry><read_mind/><value/></entry><entry>"));
    const auto* recording = std::get_if<OpenedRecording>(&opened);
    REQUIRE(recording != nullptr);
    CHECK(recording->origin.unknownQuestions == 1);
}

TEST_CASE("opened file: a support plan")
{
    const SupportPlan plan{kNow, "1.2.3", {{FindRootCause("scheduling.trigger_disabled"), "At night."}}};
    const OpenedFile opened = Open(FormatSupportPlan(plan));
    REQUIRE(std::holds_alternative<SupportPlan>(opened));
    CHECK(std::get<SupportPlan>(opened) == plan);
}

TEST_CASE("opened file: what is not ours is not opened")
{
    CHECK(FaultOf("") == OpenFault::kNotOurs);
    CHECK(FaultOf("PK\x03\x04") == OpenFault::kNotOurs);
    CHECK(FaultOf("{\"schema\":1}") == OpenFault::kNotOurs);
    CHECK(FaultOf("<!DOCTYPE html><html></html>") == OpenFault::kNotOurs);
    CHECK(FaultOf("<!-- <recording> --><report/>") == OpenFault::kNotOurs);
}

TEST_CASE("opened file: the key to the names is recognised, because it should not have been sent")
{
    CHECK(FaultOf("<?xml version=\"1.0\"?><names schema=\"1\"></names>") == OpenFault::kKeyToNames);
}

TEST_CASE("opened file: a recording that was cut off is damaged")
{
    const std::string whole = ARecording();
    CHECK(FaultOf(whole.substr(0, whole.size() / 2)) == OpenFault::kDamaged);
    CHECK(FaultOf("<recording/>") == OpenFault::kDamaged);
}

TEST_CASE("opened file: a newer recording and a newer plan say so")
{
    CHECK(FaultOf(Replaced(ARecording(), fmt::format("schema=\"{}\"", kFileFormat),
              fmt::format("schema=\"{}\"", kFileFormat + 1)))
        == OpenFault::kNewer);
    const SupportPlan plan{kNow, "9.0", {{FindRootCause("scheduling.trigger_disabled"), ""}}};
    CHECK(FaultOf(Replaced(FormatSupportPlan(plan), "schema=\"1\"", "schema=\"2\"")) == OpenFault::kNewer);
    CHECK(FaultOf(Replaced(FormatSupportPlan(plan), "trigger_disabled", "of_tomorrow")) == OpenFault::kNewer);
}

TEST_CASE("opened file: a plan with more than steps and notes is damaged")
{
    const SupportPlan plan{kNow, "1.0", {{FindRootCause("scheduling.trigger_disabled"), "Here."}}};
    CHECK(FaultOf(Replaced(FormatSupportPlan(plan), "<note>", "<command>x</command><note>"))
        == OpenFault::kDamaged);
}

TEST_CASE("opened file: a document type is suspicious in what calls itself a recording")
{
    CHECK(FaultOf("<!DOCTYPE recording [<!ENTITY x SYSTEM \"file:///c:/x\">]>\n<recording schema=\"1\"/>")
        == OpenFault::kSuspicious);
}

TEST_CASE("opened file: nesting that no recording has is refused")
{
    std::string deep = "<recording schema=\"1\">";
    for (int i = 0; i < 100'000; ++i)
    {
        deep += "<a>";
    }
    CHECK(FaultOf(deep) == OpenFault::kDamaged);
}

TEST_CASE("opened file: more than a recording may be is not read")
{
    CHECK(FaultOf(std::string(kLargestRecording + 1, '<')) == OpenFault::kTooLarge);
}

} // namespace mars::test
