// SPDX-License-Identifier: MIT
#include "text_search.h"

#include <algorithm>

namespace mars
{

namespace
{

/// How often a byte stands in a log, roughly: a search should look for what is rare there.
unsigned Frequency(char c)
{
    if (c == '0')
    {
        return 8;
    }
    if (c >= '1' && c <= '9')
    {
        return 4;
    }
    if (c >= 'a' && c <= 'z')
    {
        return std::string_view("aeinorst").find(c) == std::string_view::npos ? 2 : 4;
    }
    return c == ' ' || c == '\t' || c == '.' || c == ':' ? 6 : 1;
}

/// Where in the pattern a stretch of this length is rarest.
std::size_t RarestStretch(std::string_view pattern, std::size_t length)
{
    std::size_t best = 0;
    unsigned least = ~0U;
    for (std::size_t begin = 0; begin + length <= pattern.size(); ++begin)
    {
        unsigned sum = 0;
        for (const char c : pattern.substr(begin, length))
        {
            sum += Frequency(c);
        }
        if (sum < least)
        {
            least = sum;
            best = begin;
        }
    }
    return best;
}

} // namespace

TextSearch::TextSearch(std::vector<std::string> patterns)
    : m_patterns(std::move(patterns)), m_begin(kHashes + 1)
{
    std::size_t shortest = 0;
    for (const std::string& pattern : m_patterns)
    {
        shortest =
            shortest == 0 || (!pattern.empty() && pattern.size() < shortest) ? pattern.size() : shortest;
    }
    if (shortest == 0)
    {
        return;
    }
    m_pieceSize = std::min(shortest, kLongestPiece);
    // Among so many neighbours one is looked at, and each of them begins a piece of the pattern.
    m_step = shortest - m_pieceSize + 1;
    m_mask = (std::uint32_t(1) << (8 * m_pieceSize)) - 1;
    for (std::uint32_t i = 0; i < m_patterns.size(); ++i)
    {
        Enter(i);
    }
    std::ranges::stable_sort(m_places, {}, [](const Place& place) { return HashOf(place.piece); });
    std::uint32_t used = 0;
    for (std::uint32_t hash = 0; hash < kHashes; ++hash)
    {
        m_begin[hash] = used;
        while (used < m_places.size() && HashOf(m_places[used].piece) == hash)
        {
            ++used;
        }
    }
    m_begin[kHashes] = used;
}

void TextSearch::Enter(std::uint32_t pattern)
{
    const std::string_view text = m_patterns[pattern];
    if (text.empty())
    {
        return;
    }
    const std::size_t begin = RarestStretch(text, m_step + m_pieceSize - 1);
    for (std::size_t offset = begin; offset < begin + m_step; ++offset)
    {
        const std::uint32_t piece = PieceAt(text, offset);
        const std::uint32_t hash = HashOf(piece);
        m_bits[hash / 64] |= std::uint64_t(1) << (hash % 64);
        m_places.push_back({piece, pattern, static_cast<std::uint32_t>(offset)});
    }
}

/// As Find loads it on a little-endian machine.
std::uint32_t TextSearch::PieceAt(std::string_view text, std::size_t at) const
{
    std::uint32_t piece = 0;
    std::memcpy(&piece, text.data() + at, m_pieceSize);
    return piece;
}

} // namespace mars
