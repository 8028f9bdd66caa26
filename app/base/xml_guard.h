// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace mars
{

namespace code
{
/// A file of a newer version of this program (ERROR_UNKNOWN_REVISION).
inline constexpr std::uint32_t kNewerFormat = 1305;
} // namespace code

/// Parses XML from a stranger: no document type, no nesting deeper than `deepest` elements, at most `largest`
/// bytes. The depth is counted before the parser runs.
Status ParseGuarded(std::string_view text, std::size_t largest, int deepest, pugi::xml_document& document);

/// The same without a copy: the document refers into `text`, which it changes. For texts that hold a secret.
Status ParseGuardedInPlace(std::string& text, std::size_t largest, int deepest, pugi::xml_document& document);

} // namespace mars
