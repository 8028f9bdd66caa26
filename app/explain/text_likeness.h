// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// Longer texts are cut: an error stands in the first pages of what somebody pastes.
inline constexpr std::size_t kLongestPastedText = 16 * 1024;

/// Lower case without accents; apostrophes are gone and every other sign is a blank. For comparing only.
std::string FoldForComparing(std::string_view text);
/// Runs of letters and digits of a folded text, in their order.
std::vector<std::string_view> WordsOf(std::string_view folded);

/// Names may be long: "CBPSourceSnapshotFailedLowShadowCopyVolumeSpace".
inline constexpr std::size_t kLongestWord = 60;
/// Letters added, dropped, changed, or swapped with their neighbour. Neither word is longer than
/// kLongestWord.
std::size_t TypingErrors(std::string_view a, std::string_view b);

/// What keeps a text from being found in what it was not written for.
struct TextRules
{
    /// Every program prints it: it has to be nearly all that was pasted.
    bool alone = false;
    /// Folded words of which one has to be there too.
    std::vector<std::string> with;
};

/// Tells which of many texts a pasted one is, whole, in part, or somewhere inside it, with typing errors,
/// words run together and words torn apart. A word counts for more the fewer documents have it; words with
/// digits do not count.
class TextIndex
{
public:
    /// One of the texts of `document`. `worth` is the likeness of the very same text.
    void Add(std::size_t document, std::string_view text, double worth = 1, TextRules rules = {});
    /// A text that cannot be found: it shows which words are common.
    void AddBackground(std::string_view text);
    /// Words that say nothing in a language in which too few texts are here to show it.
    void AddCommonWords(std::string_view words);
    /// After the last of all, and again when there are more.
    void Close();
    /// By document, 0..1. Below 0.5 the two have no more in common than any two texts about backups.
    std::vector<double> Likeness(std::string_view pasted) const;

private:
    using Word = std::uint32_t;

    struct Text
    {
        std::size_t document;
        double worth;
        TextRules rules;
        /// Each once.
        std::vector<Word> words;
        std::size_t length;
        double weight;
    };

    struct Sense
    {
        Word word;
        /// 1: spelled just so.
        double credit;
    };

    /// A word of the pasted text and what it may be meant for.
    struct Token
    {
        std::vector<Sense> senses;
        double weight;
    };

    /// Where a word of one text stands in the pasted one.
    struct Hit
    {
        std::size_t position;
        Sense sense;
    };

    std::set<Word> Learn(const std::vector<std::string_view>& words);
    bool Knows(std::string_view word) const;
    std::vector<std::string> Mend(const std::vector<std::string_view>& words) const;
    std::vector<std::string> Split(std::string_view word, std::size_t mostParts) const;
    Token Read(std::string_view word) const;
    std::vector<Sense> SimilarTo(std::string_view word) const;
    double Compare(
        const Text& text, const std::vector<Hit>& hits, const std::vector<double>& weightBefore) const;

    std::vector<Text> m_texts;
    std::map<std::string, Word, std::less<>> m_words;
    std::set<Word> m_commonWords;
    std::size_t m_backgroundTexts = 0;
    std::map<Word, std::size_t> m_backgroundTextsWith;
    std::vector<std::string_view> m_spelling;
    std::vector<std::uint32_t> m_letters;
    std::vector<double> m_weights;
    std::vector<std::vector<std::size_t>> m_textsWith;
};

} // namespace mars
