// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// The layout of plain text. Widths are in characters, not bytes.
namespace mars
{

/// Breaks `text` at blanks. The first line begins with `first`, the others with as many blanks; a word that
/// is longer than a line stays whole, because it is a path or an address to be copied.
std::string Wrap(std::string_view text, std::string_view first = {}, std::size_t width = 79);

std::size_t WidthOf(std::string_view utf8);
std::string Padded(std::string_view text, std::size_t width);

/// The text and a line of dashes under it.
std::string Underlined(std::string_view text);

} // namespace mars
