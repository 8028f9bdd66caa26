// SPDX-License-Identifier: MIT
#include "report_content.h"

#include "sample_report.h"

#include <doctest/doctest.h>

namespace mars::test
{

TEST_CASE("report: problems come first, the worst of them before the others")
{
    const RunReport report = SampleReport();
    const ReportContent content = MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish);
    REQUIRE(content.groups.size() == 2);
    REQUIRE(content.groups[0].rows.size() == 2);
    CHECK(content.groups[0].rows[0].Cause().code == "B-3");
    CHECK(content.groups[0].rows[0].result == "Error");
    CHECK(content.groups[0].rows[1].Cause().code == "B-4");
    CHECK(content.groups[0].rows[1].result == "Advice");
    CHECK(content.groups[1].heading == "What could not be checked");
    CHECK(content.all.size() == 4);
    CHECK(content.all[0].Cause().code == "B-1");
}

TEST_CASE("report: the answer counts problems, advice and what could not be checked apart")
{
    RunReport report = SampleReport();
    CHECK(MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).answer
        == "One problem was found. There is one recommendation. One check could not be done, so something "
           "else may be "
           "wrong.");
    CHECK(MakeReportContent(report, BuiltInKnowledge(), Language::kSpanish)
              .answer.starts_with("Se encontró un problema."));
    report.checks.resize(1);
    CHECK(
        MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).answer == "No problem was found.");
    report.checks.clear();
    CHECK(MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).answer == "No check was run.");
}

TEST_CASE("report: a fact that is absent, failed or there is three different things")
{
    const RunReport report = SampleReport();
    const auto facts = MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).serverFacts;
    CHECK(facts[0] == LabelledText{"Agent version", "2.0.9938.0"});
    CHECK(facts[1] == LabelledText{"Vault", "none"});
    CHECK(facts[2].second.starts_with("Access was denied."));
}

TEST_CASE("report: it says how the results were taken")
{
    RunReport report = SampleReport();
    report.machine.elevated = false;
    report.machine.remoteSession = true;
    report.recorded = report.started;
    std::string about;
    for (const std::string& line : MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).about)
    {
        about += line + "\n";
    }
    CHECK(about.find("without administrator rights") != std::string::npos);
    CHECK(about.find("remote session") != std::string::npos);
    CHECK(about.find("recording") != std::string::npos);
}

TEST_CASE("report: nothing from a machine steers a terminal or turns the line around")
{
    CHECK(ForReading("a\x1B[31mb\r\nc") == "a [31mb  c");
    CHECK(ForReading("exe.\xE2\x80\xAEgpj") == "exe. gpj");
    CHECK(ForReading("csi \xC2\x9B end") == "csi   end");
    CHECK(ForReading("\xED\xA0\x80") == ToValidUtf8("\xED\xA0\x80"));
    CHECK(ForReading("Señal €  𝄞") == "Señal €  𝄞");
}

} // namespace mars::test
