// SPDX-License-Identifier: MIT
#include "language.h"

#include <doctest/doctest.h>

#include <cstddef>

using namespace mars;

TEST_SUITE("language")
{
    TEST_CASE("each language has one row, at the place of its value")
    {
        REQUIRE(kLanguages.size() == EnumWords<Language>::Words().size());
        for (std::size_t i = 0; i < kLanguages.size(); ++i)
        {
            CHECK(kLanguages[i].language == static_cast<Language>(i));
        }
    }

    TEST_CASE("Windows' variants of a language are that language")
    {
        CHECK(LanguageOfWindows(0x0409) == Language::kEnglish);
        CHECK(LanguageOfWindows(0x0809) == Language::kEnglish);
        CHECK(LanguageOfWindows(0x040A) == Language::kSpanish);
        CHECK(LanguageOfWindows(0x0C0A) == Language::kSpanish);
        CHECK(LanguageOfWindows(0x580A) == Language::kSpanish);
    }

    TEST_CASE("a language that is not spoken is read in English")
    {
        CHECK(LanguageOfWindows(0x0407) == Language::kEnglish);
        CHECK(LanguageOfLocale("de_DE.UTF-8") == Language::kEnglish);
        CHECK(LanguageOfLocale("C") == Language::kEnglish);
        CHECK(LanguageOfLocale("") == Language::kEnglish);
    }

    TEST_CASE("a locale is known by its first part")
    {
        CHECK(LanguageOfLocale("es") == Language::kSpanish);
        CHECK(LanguageOfLocale("es_MX.UTF-8") == Language::kSpanish);
        CHECK(LanguageOfLocale("es@latin") == Language::kSpanish);
        CHECK(LanguageOfLocale("est_EE") == Language::kEnglish);
    }
}
