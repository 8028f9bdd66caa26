// SPDX-License-Identifier: MIT
#include "wrap.h"

#include "text.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

std::size_t WidthOf(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string Padded(std::string_view text, std::size_t width)
{
    const std::size_t used = WidthOf(text);
    return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string Underlined(std::string_view text)
{
    return fmt::format("{}\n{}\n", text, std::string(WidthOf(text), '-'));
}

std::string Wrap(std::string_view text, std::string_view first, std::size_t width)
{
    const std::string indent(WidthOf(first), ' ');
    std::string out(first);
    std::size_t column = WidthOf(first);
    bool empty = true;
    for (const std::string& word : Split(text, ' '))
    {
        const std::size_t needed = WidthOf(word);
        if (!empty && column + 1 + needed > width)
        {
            out += '\n' + indent;
            column = indent.size();
            empty = true;
        }
        out += (empty ? "" : " ") + word;
        column += needed + (empty ? 0 : 1);
        empty = false;
    }
    return out + '\n';
}

} // namespace mars
