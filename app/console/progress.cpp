// SPDX-License-Identifier: MIT
#include "progress.h"

#include "reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace mars
{

namespace
{

constexpr std::size_t kWidth = 78;

std::size_t WidthOf(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// The first `width` characters.
std::string_view Cut(std::string_view utf8, std::size_t width)
{
    std::size_t end = 0;
    for (std::size_t used = 0; end < utf8.size(); ++end)
    {
        const bool begins = (static_cast<unsigned char>(utf8[end]) & 0xC0) != 0x80;
        used += begins ? 1 : 0;
        if (used > width)
        {
            break;
        }
    }
    return utf8.substr(0, end);
}

} // namespace

void Progress::Show(std::size_t done, std::size_t total, std::string_view what)
{
    Replace(fmt::format("{}/{} {}", done, total, ForReading(what)));
}

void Progress::Replace(std::string_view line)
{
    if (!m_shown || (line.empty() && m_width == 0))
    {
        return;
    }
    const std::string_view cut = Cut(line, kWidth);
    const std::size_t width = WidthOf(cut);
    const std::string over(m_width > width ? m_width - width : 0, ' ');
    m_console.err << '\r' << cut << over << (line.empty() ? "\r" : "") << std::flush;
    m_width = width;
}

} // namespace mars
