// SPDX-License-Identifier: MIT
#include "wildcard.h"

#include <doctest/doctest.h>

#include <string>

using namespace mars;

TEST_CASE("wildcard: a pattern without stars matches only itself")
{
    CHECK(MatchesWildcards("abc", "abc"));
    CHECK_FALSE(MatchesWildcards("abc", "ab"));
    CHECK_FALSE(MatchesWildcards("ab", "abc"));
    CHECK_FALSE(MatchesWildcards("abc", "ABC"));
    CHECK(MatchesWildcards("", ""));
}

TEST_CASE("wildcard: a star stands for any characters, also for none")
{
    CHECK(MatchesWildcards("abc", "*"));
    CHECK(MatchesWildcards("", "*"));
    CHECK(MatchesWildcards("backup.contoso.com", "*.contoso.com"));
    CHECK_FALSE(MatchesWildcards("contoso.com", "*.contoso.com"));
    CHECK(MatchesWildcards("10.1.2.3", "10.*"));
    CHECK(MatchesWildcards("aXbXc", "a*b*c"));
    CHECK(MatchesWildcards("aab", "*ab"));
    CHECK(MatchesWildcards("abc", "abc**"));
}

TEST_CASE("wildcard: a question mark stands for one character")
{
    CHECK(MatchesWildcards("abc", "a?c"));
    CHECK_FALSE(MatchesWildcards("ac", "a?c"));
    CHECK_FALSE(MatchesWildcards("ab", "ab?"));
}

TEST_CASE("wildcard: many stars on a long text end")
{
    const std::string text(20'000, 'a');
    std::string pattern;
    for (int star = 0; star < 2'000; ++star)
    {
        pattern += "*a";
    }
    CHECK(MatchesWildcards(text, pattern));
    CHECK_FALSE(MatchesWildcards(text, pattern + "b"));
}
