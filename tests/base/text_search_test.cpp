// SPDX-License-Identifier: MIT
#include "text_search.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>

namespace mars::test
{
namespace
{

using Places = std::map<std::string, std::multiset<std::size_t>>;

Places FindAll(const std::vector<std::string>& patterns, std::string_view text)
{
    Places places;
    TextSearch(patterns).Find(
        text, [&](std::uint32_t pattern, std::size_t at) { places[patterns[pattern]].insert(at); });
    return places;
}

/// What is found where every byte is looked at.
Places FindPlainly(const std::vector<std::string>& patterns, std::string_view text)
{
    Places places;
    for (const std::string& pattern : patterns)
    {
        for (std::size_t at = text.find(pattern); !pattern.empty() && at != std::string_view::npos;
             at = text.find(pattern, at + 1))
        {
            places[pattern].insert(at);
        }
    }
    return places;
}

} // namespace

TEST_CASE("text search: finds every occurrence once, at the beginning, at the end and overlapping")
{
    CHECK(FindAll({"abcab"}, "abcabcab abcab") == Places{{"abcab", {0, 3, 9}}});
    CHECK(FindAll({"abc", "bcd", "abcd"}, "abcd") == Places{{"abc", {0}}, {"bcd", {1}}, {"abcd", {0}}});
    CHECK(FindAll({"x"}, "xx") == Places{{"x", {0, 1}}});
    CHECK(FindAll({"xy"}, "xy") == Places{{"xy", {0}}});
    CHECK(FindAll({"longer than the text"}, "longer").empty());
}

TEST_CASE("text search: nothing to find is never found")
{
    CHECK(FindAll({}, "text").empty());
    CHECK(FindAll({""}, "text").empty());
    CHECK(FindAll({"", "ext"}, "text") == Places{{"ext", {1}}});
}

TEST_CASE("text search: one text under two numbers is found under both")
{
    std::size_t found = 0;
    TextSearch({"same", "same"}).Find("same", [&](std::uint32_t, std::size_t) { ++found; });
    CHECK(found == 2);
}

TEST_CASE("text search: finds what a plain search finds, in any text")
{
    std::mt19937 random; // the default seed: the same texts on every run
    for (int round = 0; round < 300; ++round)
    {
        const auto letters = [&](std::size_t length) {
            std::string text;
            for (std::size_t i = 0; i < length; ++i)
            {
                text += static_cast<char>(random() % 8 == 0 ? random() : 'a' + random() % 3);
            }
            return text;
        };
        std::set<std::string> patterns;
        const std::size_t shortest = 1 + random() % 7;
        for (unsigned i = 0; i < 1 + random() % 20; ++i)
        {
            patterns.insert(letters(shortest + random() % 5));
        }
        const std::vector<std::string> list(patterns.begin(), patterns.end());
        const std::string text = letters(random() % 400);
        CHECK(FindAll(list, text) == FindPlainly(list, text));
    }
}

TEST_CASE("text search: lines come one after the other")
{
    std::string text;
    for (int i = 0; i < 200; ++i)
    {
        text += "some words and an AnotherName or 100050, then 0x186D2\n";
    }
    std::size_t lineBegin = 0;
    TextSearch({"100050", "0x186D2", "AnotherName"}).Find(text, [&](std::uint32_t, std::size_t at) {
        CHECK(at >= lineBegin);
        lineBegin = text.rfind('\n', at) == std::string::npos ? 0 : text.rfind('\n', at);
    });
}

} // namespace mars::test
