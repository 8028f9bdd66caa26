// SPDX-License-Identifier: MIT
#pragma once

namespace mars
{

/// True for what steers a terminal, turns the direction of a line around or is not seen at all: control
/// characters, line and paragraph separators, marks and embeddings of direction, characters without width,
/// tags. Line breaks and tabs too: whoever wants them keeps them.
constexpr bool SteersText(char32_t c)
{
    const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
    const bool separator = c == 0x2028 || c == 0x2029;
    const bool direction = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
    const bool unseen = c == 0x200B || c == 0x2060 || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
    return control || separator || direction || unseen;
}

} // namespace mars
