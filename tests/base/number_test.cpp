// SPDX-License-Identifier: MIT
#include "number.h"

#include <doctest/doctest.h>

#include <cstdint>

using namespace mars;

TEST_SUITE("number")
{
    TEST_CASE("a number is the whole text")
    {
        CHECK(ParseNumber<std::uint32_t>("65535") == 65535);
        CHECK(ParseNumber<int>("-3") == -3);
        for (const char* text : {"", " 1", "1 ", "+1", "1,000", "0x10", "12a", "-"})
        {
            CAPTURE(text);
            CHECK_FALSE(ParseNumber<std::uint32_t>(text));
        }
    }

    TEST_CASE("what does not fit is no number")
    {
        CHECK(ParseNumber<std::uint32_t>("4294967295") == 4294967295U);
        CHECK_FALSE(ParseNumber<std::uint32_t>("4294967296"));
        CHECK_FALSE(ParseNumber<std::uint32_t>("-1"));
    }

    TEST_CASE("an error's number is decimal, or hexadecimal behind 0x")
    {
        CHECK(ParseDecimalOrHex("34513") == 34513);
        CHECK(ParseDecimalOrHex("0x86D1") == 34513);
        CHECK(ParseDecimalOrHex("0X86d1") == 34513);
        CHECK_FALSE(ParseDecimalOrHex("86D1"));
        CHECK_FALSE(ParseDecimalOrHex("0x"));
    }

    TEST_CASE("decimals have a point")
    {
        CHECK(ParseDecimal("328010.5") == 328010.5);
        CHECK_FALSE(ParseDecimal("328010,5"));
        CHECK_FALSE(ParseDecimal(""));
    }
}
