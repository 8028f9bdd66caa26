// SPDX-License-Identifier: MIT
#pragma once

#include "fields.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace mars
{

/// The languages that the programs speak. A new one is a value here, a row of kLanguages, and the files of
/// its texts (resources/locale/LINGUAS).
enum class Language
{
    kEnglish,
    kSpanish,
};
MARS_WORDS(Language, "en", "es");

struct LanguageInfo
{
    Language language;
    /// Its name in itself, UTF-8.
    std::string_view ownName;
    char thousands;
    char decimal;
    /// The low ten bits of a LANGID: https://learn.microsoft.com/windows/win32/intl/language-identifiers
    std::uint16_t windowsPrimaryId;
};

inline constexpr std::array kLanguages{
    LanguageInfo{Language::kEnglish, "English", ',', '.', 0x09},
    LanguageInfo{Language::kSpanish, "Espa\xC3\xB1ol", '.', ',', 0x0A},
};

/// In the order of the values.
constexpr const LanguageInfo& InfoOf(Language language)
{
    return kLanguages[static_cast<std::size_t>(language)];
}

/// For a LANGID, as GetUserDefaultUILanguage answers it; English for what is not spoken.
constexpr Language LanguageOfWindows(std::uint16_t langId)
{
    constexpr std::uint16_t kPrimary = 0x3FF;
    const auto found = std::ranges::find(
        kLanguages, static_cast<std::uint16_t>(langId & kPrimary), &LanguageInfo::windowsPrimaryId);
    return found == kLanguages.end() ? Language::kEnglish : found->language;
}

/// For a locale of POSIX, "es_ES.UTF-8"; English for what is not spoken.
constexpr Language LanguageOfLocale(std::string_view locale)
{
    const std::string_view word = locale.substr(0, locale.find_first_of("_.@"));
    const auto found = std::ranges::find_if(
        kLanguages, [&](const LanguageInfo& info) { return WordOf(info.language) == word; });
    return found == kLanguages.end() ? Language::kEnglish : found->language;
}

} // namespace mars
