// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

using Bytes = std::vector<std::uint8_t>;
/// UTC, whole seconds.
using Timestamp = std::chrono::sys_seconds;

/// WTF-8: like UTF-8, but a lone UTF-16 surrogate, legal in a Windows name, survives as its own three bytes.
std::string ToWtf8(std::u16string_view text);
/// Bytes that are no WTF-8 become U+FFFD.
std::u16string ToUtf16(std::string_view wtf8);
/// Valid UTF-8 for JSON, HTML and screens: lone surrogates and broken bytes become U+FFFD.
std::string ToValidUtf8(std::string_view wtf8);
/// Bytes whose encoding nobody wrote down: UTF-8 where they are that, else what they mean in Latin-1. Only
/// names can look wrong by that.
std::string FromUnknownEncoding(std::string_view bytes);
/// True if `text` is valid UTF-8 made of characters that XML 1.0 can hold and gives back unchanged.
bool IsCleanXmlText(std::string_view text);

std::string ToHex(std::span<const std::uint8_t> bytes);
std::optional<Bytes> FromHex(std::string_view hex);
std::string ToBase64(std::span<const std::uint8_t> bytes);
/// Ignores white space; nothing else that is not base64 is accepted.
std::optional<Bytes> FromBase64(std::string_view text);

/// Lower case for comparing names of files, services and hosts: ASCII and the Latin, Greek and Cyrillic
/// letters that Windows folds one to one. Not for display.
std::string FoldCase(std::string_view text);
bool EqualsIgnoreCase(std::string_view a, std::string_view b);
bool StartsWithIgnoreCase(std::string_view text, std::string_view prefix);
bool EndsWithIgnoreCase(std::string_view text, std::string_view suffix);
std::string_view Trim(std::string_view text);
std::vector<std::string> Split(std::string_view text, char separator);

/// "2026-11-24T05:30:00Z".
std::string ToIso8601(Timestamp time);
std::optional<Timestamp> FromIso8601(std::string_view text);

/// Joins with exactly one backslash between.
std::string JoinPath(std::string_view folder, std::string_view name);
/// The part after the last separator.
std::string_view FileNameOf(std::string_view path);
/// The part before the last separator; empty when there is none.
std::string_view FolderOf(std::string_view path);

} // namespace mars
