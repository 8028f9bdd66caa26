// SPDX-License-Identifier: MIT
#include "model/answers.h"

#include <doctest/doctest.h>

using namespace mars;

TEST_CASE("answers: a size is a number of GB of 2^30 bytes")
{
    CHECK(ParseDataSize("1500") == 1500ULL << 30);
    CHECK(ParseDataSize("0.5") == 1ULL << 29);
    CHECK(ParseDataSize("0,5") == 1ULL << 29);
    CHECK(ParseDataSize("999999999.999"));
    for (const char* text : {"", "0", "0.000", "-5", "+5", "nan", "inf", "1e3", "0x10", "1500 GB", " 1500",
             "1.500,5", "1.", ".5", "1.2345", "1000000000", "1500\n"})
    {
        CHECK_MESSAGE(!ParseDataSize(text), text);
    }
}

TEST_CASE("answers: a size is written so that it is read again")
{
    CHECK(DataSizeText({}) == "");
    for (const char* text : {"1500", "0.5", "1.25", "100", "999999999.999", "0.001"})
    {
        CHECK(DataSizeText(ParseDataSize(text)) == text);
    }
}

TEST_CASE("answers: each has the checks made again that judge by it, and no others")
{
    const Given before;
    CHECK(SectionsThatAskFor(before, before).empty());
    Given after;
    after.dataBytes = 1;
    CHECK(SectionsThatAskFor(before, after) == std::vector<std::string_view>{"basics"});
    after.offlineSeeding = true;
    CHECK(SectionsThatAskFor(before, after) == std::vector<std::string_view>{"basics"});
    after.agentProxy = "none";
    CHECK(SectionsThatAskFor(before, after) == std::vector<std::string_view>{"basics", "connectivity"});
}
