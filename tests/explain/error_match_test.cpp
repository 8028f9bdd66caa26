// SPDX-License-Identifier: MIT
#include "error_match.h"

#include <doctest/doctest.h>

#include <array>

namespace mars::test
{

namespace
{

constexpr RootCause kFirst{"a.first", "A-1"};
constexpr RootCause kSecond{"b.second", "Z-2"};
constexpr std::array<const RootCause*, 2> kCauses{&kFirst, &kSecond};

const Knowledge& Texts()
{
    static const std::array files{
        EmbeddedFile{"a/first.xml", R"(<entry id="a.first"><title>The purple elephant sleeps badly</title>
            <answers error="34513"/><answers error="AADSTS500021"/><answers error="407"/>
            <answers message="The moon could not reach the lighthouse keeper"/></entry>)"},
        EmbeddedFile{"b/second.xml", R"(<entry id="b.second"><title>A second thing entirely</title>
            <answers error="0x86D1"/><answers message="CBPOperationAborted"/>
            <answers message="A ship went past the lighthouse at night"/></entry>)"},
        EmbeddedFile{
            "interface.xml", R"(<interface><text id="explain.error">Error {error}</text></interface>)"}};
    static const Knowledge knowledge(files);
    return knowledge;
}

std::vector<ErrorMatch> Match(std::string_view text)
{
    return MatchErrors(text, kCauses, Texts(), Language::kEnglish);
}

} // namespace

TEST_CASE("error number: every spelling is the same number")
{
    for (const char* text :
        {"34513", "0x86D1", "0X86d1", "0x000086D1", "86D1", "86d1", "34,513", "34.513", "034513"})
    {
        CHECK_MESSAGE(ParseErrorNumber(text) == 34513U, text);
    }
    CHECK(ParseErrorNumber("-2147024891") == 0x80070005U);
    CHECK(ParseErrorNumber("4294967295") == 0xFFFFFFFFU);
    for (const char* text : {"", "-", "0x", "4294967296", "-2147483649", "3,45,13", "34,5131", ",345", "face",
             "12g4", "1e5", "0x123456789", "34 513"})
    {
        CHECK_MESSAGE(!ParseErrorNumber(text), text);
    }
}

TEST_CASE("error match: one number is one match with all its checks, however it was documented")
{
    const auto matches = Match("(Id.: 34513)");
    REQUIRE(matches.size() == 1);
    CHECK(matches[0].checks == std::vector<const RootCause*>{&kFirst, &kSecond});
    CHECK(matches[0].title == "Error 34513");
    CHECK(matches[0].section == "a");
    CHECK(matches[0].score == 1.0);
}

TEST_CASE("error match: a number that the text does not call an error counts less, a small one not at all")
{
    CHECK(Match("it said 34513 and stopped")[0].score < 1.0);
    CHECK(Match("it said 407 and stopped").empty());
    CHECK(Match("error 407")[0].score == 1.0);
    CHECK(Match("407")[0].score == 1.0);
}

TEST_CASE("error match: codes with letters are found as words")
{
    CHECK(Match("login failed: aadsts500021, tenant x")[0].checks[0] == &kFirst);
    CHECK(Match("Failed with CBPOperationAborted.")[0].checks[0] == &kSecond);
}

TEST_CASE("error match: a message fits whole, as a piece and inside a longer text")
{
    for (const char* text : {"The moon could not reach the lighthouse keeper", "moon lighthouse keeper",
             "12:00 job 5 failed: the moon could not reach the lighthouse keeper; retry in 30 s"})
    {
        REQUIRE_MESSAGE(Match(text).size() == 1, text);
        CHECK(Match(text)[0].checks[0] == &kFirst);
        CHECK(Match(text)[0].score <= 1.0);
    }
    CHECK(Match("moon").empty());
    CHECK(Match("The keeper of the moon sent a letter about something else, nobody knows what").empty());
}

TEST_CASE("error match: a title fits too, but is worth less than a documented message")
{
    const auto matches = Match("purple elephant sleeps badly");
    REQUIRE(matches.size() == 1);
    CHECK(matches[0].error == "");
    CHECK(matches[0].score < 0.8);
}

TEST_CASE("error match: nothing fits nothing")
{
    for (const char* text : {"", " ", "????", "the and for", "\xFF\xFE", "99999999999999999999"})
    {
        CHECK_MESSAGE(Match(text).empty(), text);
    }
}

} // namespace mars::test
