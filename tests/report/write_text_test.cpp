// SPDX-License-Identifier: MIT
#include "write_text.h"

#include "run_document.h"
#include "sample_report.h"
#include "test_support.h"
#include "text.h"
#include "wrap.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace mars::test
{

namespace
{

std::string RunText(const RunReport& report, Language language = Language::kEnglish)
{
    return WriteText(RunDocument(report, BuiltInKnowledge(), language));
}

} // namespace

TEST_CASE("text: lines break at blanks, and a long path stays whole")
{
    CHECK(Wrap("one two three", "- ", 9) == "- one two\n  three\n");
    CHECK(Wrap("see C:\\a\\very\\long\\path", "", 10) == "see\nC:\\a\\very\\long\\path\n");
    CHECK(Wrap("", "- ", 10) == "- \n");
    CHECK(Wrap("ñandú ñandú", "", 11) == "ñandú ñandú\n");
}

TEST_CASE("text: problems first, with evidence and the next step")
{
    const std::string text = RunText(SampleReport());
    CHECK(text.find("Error  B-3  ") < text.find("Advice  B-4  "));
    CHECK(
        text.find("Found: The start type of the service obengine (Agent) is Disabled.") != std::string::npos);
    CHECK(text.find("mars-check repair basics.service_stopped") != std::string::npos);
}

TEST_CASE("text: no line is longer than a console's, apart from addresses")
{
    for (const Language language : {Language::kEnglish, Language::kSpanish})
    {
        for (const std::string& line : Split(RunText(SampleReport(), language), '\n'))
        {
            const auto width = std::ranges::count_if(
                line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
            const bool address = line.find("https://") != std::string::npos;
            CHECK_MESSAGE((width <= 79 || address), line);
        }
    }
}

TEST_CASE("text: escape sequences from a machine do not reach the terminal")
{
    const std::string text = RunText(SampleReport("\x1B]0;owned\x07"));
    CHECK(text.find('\x1B') == std::string::npos);
    CHECK(text.find('\x07') == std::string::npos);
}

TEST_CASE("text: a table that does not fit beside itself is written below itself")
{
    Document document{"t", {}, "a", {}, {}};
    document.blocks.push_back(
        {Table{{"one", "two", "three"}, {{std::string(40, 'x'), std::string(20, 'y'), "z"}}}});
    CHECK(WriteText(document).find("x\n   two: yyyy") != std::string::npos);
    document.blocks = {{Table{{"one", "two", "three"}, {{"x", "y", "z"}}}}};
    CHECK(WriteText(document).find("one  two  three\nx    y    z\n") != std::string::npos);
}

} // namespace mars::test
