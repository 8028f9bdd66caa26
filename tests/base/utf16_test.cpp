// SPDX-License-Identifier: MIT
#include "utf16.h"

#include <doctest/doctest.h>

#include <string_view>

using namespace mars;
using namespace std::string_view_literals;

TEST_SUITE("utf16")
{
    TEST_CASE("units are read in the order that is asked for")
    {
        CHECK(Utf16Units(std::span("\xF1\x00\xAC\x20"sv)) == u"\u00F1\u20AC");
        CHECK(Utf16Units(std::span("\x00\xF1\x20\xAC"sv), ByteOrder::kBigEndian) == u"\u00F1\u20AC");
    }

    TEST_CASE("an odd last byte is no unit")
    {
        CHECK(Utf16Units(std::span("a\0b"sv)) == u"a");
        CHECK(Utf16Units(std::span("a"sv)).empty());
    }

    TEST_CASE("a lone surrogate is kept")
    {
        CHECK(Utf16Units(std::span("\x00\xD8"sv)) == std::u16string(1, char16_t{0xD800}));
    }
}
