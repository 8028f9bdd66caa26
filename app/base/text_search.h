// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// Finds many plain texts at once in much text, byte by byte and with case kept.
///
/// Whatever is found holds one of a few pieces of three bytes, and holds it where only every third byte or so
/// has to be looked at: each pattern is entered with every place that such a look may fall on. A look is one
/// load and one bit; only where the bit is set is anything compared.
class TextSearch
{
public:
    /// Empty patterns are never found.
    explicit TextSearch(std::vector<std::string> patterns);

    const std::vector<std::string>& Patterns() const
    {
        return m_patterns;
    }

    /// Calls found(pattern, at) for each occurrence of each pattern, one that overlaps another too. They come
    /// nearly in the order of the text: those of a line come before those of the next, for patterns without
    /// line ends.
    template <class Found>
    void Find(std::string_view text, Found&& found) const;

private:
    /// One piece of one pattern.
    struct Place
    {
        std::uint32_t piece;
        std::uint32_t pattern;
        std::uint32_t offset;
    };

    static constexpr std::size_t kLongestPiece = 3;
    static constexpr std::size_t kHashBits = 14;
    static constexpr std::size_t kHashes = std::size_t(1) << kHashBits;

    static std::uint32_t HashOf(std::uint32_t piece)
    {
        return (piece * 0x9E3779B1U) >> (32 - kHashBits);
    }
    static bool Has(const std::array<std::uint64_t, kHashes / 64>& bits, std::uint32_t hash)
    {
        return (bits[hash / 64] >> (hash % 64) & 1) != 0;
    }

    void Enter(std::uint32_t pattern);
    std::uint32_t PieceAt(std::string_view text, std::size_t at) const;

    template <class Found>
    void Compare(std::string_view text, std::size_t at, std::uint32_t piece, Found& found) const
    {
        const std::uint32_t hash = HashOf(piece);
        for (std::uint32_t i = m_begin[hash]; i < m_begin[hash + 1]; ++i)
        {
            const Place& place = m_places[i];
            const std::string& pattern = m_patterns[place.pattern];
            if (place.piece == piece && at >= place.offset
                && text.substr(at - place.offset, pattern.size()) == pattern)
            {
                found(place.pattern, at - place.offset);
            }
        }
    }

    std::vector<std::string> m_patterns;
    std::size_t m_pieceSize = 0;
    /// From one look to the next; 0 where there is nothing to find.
    std::size_t m_step = 0;
    std::uint32_t m_mask = 0;
    std::array<std::uint64_t, kHashes / 64> m_bits{};
    /// The places by hash: those of h are m_places[m_begin[h]] up to m_begin[h + 1].
    std::vector<std::uint32_t> m_begin;
    std::vector<Place> m_places;
};

template <class Found>
void TextSearch::Find(std::string_view text, Found&& found) const
{
    if (m_step == 0)
    {
        return;
    }
    std::size_t at = 0;
    // Four bytes are loaded at once, whatever a piece's size.
    for (; at + sizeof(std::uint32_t) <= text.size(); at += m_step)
    {
        std::uint32_t piece;
        std::memcpy(&piece, text.data() + at, sizeof piece);
        piece &= m_mask;
        if (Has(m_bits, HashOf(piece)))
        {
            Compare(text, at, piece, found);
        }
    }
    for (; at + m_pieceSize <= text.size(); at += m_step)
    {
        Compare(text, at, PieceAt(text, at), found);
    }
}

} // namespace mars
