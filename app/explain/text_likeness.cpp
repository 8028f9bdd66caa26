// SPDX-License-Identifier: MIT
#include "text_likeness.h"

#include "ascii.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cmath>
#include <set>

namespace mars
{

namespace
{

/// Words that nearly every document has say nothing.
constexpr double kLeastWeight = 0.12;
/// A word that no document has.
constexpr double kUnknownWeight = 0.5;
/// What two texts must share: two telling words and so much weight, or more weight in words that tell less.
constexpr double kTellingWeight = 0.4;
constexpr std::size_t kTellingWords = 2;
constexpr double kLeastShared = 1.1;
constexpr double kEnoughShared = 1.8;
/// The less two texts share, the likelier they share it by chance: so much for each word's weight.
constexpr double kChance = 0.4;
/// What a text has to be of the pasted one that counts only alone.
constexpr double kNearlyAll = 0.75;
/// Words between those of a message, where a log or a mail breaks it up.
constexpr std::size_t kStrayWords = 6;

char16_t PlainLetter(char16_t c)
{
    // U+00E0 to U+00FF.
    constexpr std::u16string_view kPlain = u"aaaaaaaceeeeiiiidnooooo ouuuuyty";
    return c >= 0xE0 && c <= 0xFF ? kPlain[c - 0xE0] : c;
}

bool IsDropped(char16_t c)
{
    const bool apostrophe = c == '\'' || c == 0x2019 || c == 0xB4;
    const bool combining = c >= 0x300 && c <= 0x36F;
    const bool invisible = c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF;
    return apostrophe || combining || invisible;
}

/// Signs of other scripts and drawing; those of ASCII stay.
bool IsForeignSign(char16_t c)
{
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    return surrogate || c < 0x20 || (c >= 0x7F && c < 0xC0) || (c >= 0x2000 && c < 0x2C00)
        || (c >= 0x3000 && c < 0x3040);
}

bool HasDigit(std::string_view word)
{
    return std::ranges::any_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool Counts(std::string_view word)
{
    return word.size() > 1 && !HasDigit(word);
}

std::uint32_t LettersOf(std::string_view word)
{
    std::uint32_t letters = 0;
    for (const char c : word)
    {
        letters |= 1U << (static_cast<unsigned char>(c) % 32);
    }
    return letters;
}

std::size_t MostErrors(std::size_t length)
{
    return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/// "credential" and "credentials", or a word that was cut off.
bool BeginsAlike(std::string_view one, std::string_view other)
{
    constexpr std::size_t kShortest = 5;
    const std::string_view shorter = one.size() < other.size() ? one : other;
    const std::string_view longer = one.size() < other.size() ? other : one;
    return shorter.size() >= kShortest && 5 * shorter.size() >= 3 * longer.size()
        && longer.starts_with(shorter);
}

/// Of the words that have to be there; true where none is asked for.
bool HasOneOf(const std::vector<std::string_view>& words, const std::vector<std::string>& needed)
{
    const auto isThere = [&](const std::string& one) { return std::ranges::find(words, one) != words.end(); };
    return needed.empty() || std::ranges::any_of(needed, isThere);
}

} // namespace

std::string FoldForComparing(std::string_view text)
{
    std::string folded;
    for (const char16_t c : ToUtf16(FoldCase(text.substr(0, kLongestPastedText))))
    {
        const char16_t plain = PlainLetter(c);
        if (plain < 0x80 && !IsDropped(c))
        {
            folded += plain < 0x20 ? ' ' : static_cast<char>(plain);
        }
        else if (c == 0x2026)
        {
            folded += "...";
        }
        else if (!IsDropped(c))
        {
            folded += IsForeignSign(c) ? " " : ToWtf8({&c, 1});
        }
    }
    return folded;
}

std::vector<std::string_view> WordsOf(std::string_view folded)
{
    std::vector<std::string_view> words;
    for (auto at = folded.begin(); at != folded.end();)
    {
        const auto begin = std::find_if(at, folded.end(), IsWordByte);
        at = std::find_if_not(begin, folded.end(), IsWordByte);
        if (begin != at)
        {
            words.emplace_back(begin, at);
        }
    }
    return words;
}

std::size_t TypingErrors(std::string_view a, std::string_view b)
{
    std::array<std::array<std::size_t, kLongestWord + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j)
    {
        rows[0][j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i)
    {
        auto& row = rows[i % 3];
        const auto& above = rows[(i - 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j)
        {
            const std::size_t changed = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, changed});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            {
                row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
            }
        }
    }
    return rows[a.size() % 3][b.size()];
}

/// Those that count, each once.
std::set<TextIndex::Word> TextIndex::Learn(const std::vector<std::string_view>& words)
{
    std::set<Word> learnt;
    for (const std::string_view word : words)
    {
        if (Counts(word))
        {
            const auto next = static_cast<Word>(m_words.size());
            learnt.insert(m_words.try_emplace(std::string(word), next).first->second);
        }
    }
    return learnt;
}

void TextIndex::Add(std::size_t document, std::string_view text, double worth, TextRules rules)
{
    const std::string folded = FoldForComparing(text);
    const auto all = WordsOf(folded);
    const auto words = Learn(all);
    if (!words.empty())
    {
        m_texts.push_back({document, worth, std::move(rules), {words.begin(), words.end()}, all.size(), 0});
    }
}

void TextIndex::AddBackground(std::string_view text)
{
    const std::string folded = FoldForComparing(text);
    ++m_backgroundTexts;
    for (const Word word : Learn(WordsOf(folded)))
    {
        ++m_backgroundTextsWith[word];
    }
}

void TextIndex::AddCommonWords(std::string_view words)
{
    const std::string folded = FoldForComparing(words);
    m_commonWords.merge(Learn(WordsOf(folded)));
}

void TextIndex::Close()
{
    std::set<std::size_t> documents;
    std::vector<std::set<std::size_t>> documentsWith(m_words.size());
    m_textsWith.assign(m_words.size(), {});
    for (std::size_t i = 0; i < m_texts.size(); ++i)
    {
        documents.insert(m_texts[i].document);
        for (const Word word : m_texts[i].words)
        {
            m_textsWith[word].push_back(i);
            documentsWith[word].insert(m_texts[i].document);
        }
    }
    m_spelling.resize(m_words.size());
    m_letters.resize(m_words.size());
    m_weights.resize(m_words.size());
    const double most =
        std::log(std::max<double>(2, static_cast<double>(documents.size() + m_backgroundTexts)));
    for (const auto& [spelling, word] : m_words)
    {
        const auto background = m_backgroundTextsWith.find(word);
        const std::size_t having =
            documentsWith[word].size() + (background == m_backgroundTextsWith.end() ? 0 : background->second);
        const double weight = 1 - std::log(static_cast<double>(having)) / most;
        m_spelling[word] = spelling;
        m_letters[word] = LettersOf(spelling);
        m_weights[word] = weight < kLeastWeight || m_commonWords.contains(word) ? 0 : weight;
    }
    for (Text& text : m_texts)
    {
        text.weight = 0;
        for (const Word word : text.words)
        {
            text.weight += m_weights[word];
        }
    }
}

bool TextIndex::Knows(std::string_view word) const
{
    return m_words.contains(word);
}

/// Known words that lost the blanks between them; nothing when the word is no such thing.
std::vector<std::string> TextIndex::Split(std::string_view word, std::size_t mostParts) const
{
    constexpr std::size_t kShortest = 7;
    constexpr std::size_t kShortestPart = 2;
    const bool maySplit = mostParts > 1 && word.size() >= kShortest && word.size() <= kLongestWord;
    for (std::size_t i = word.size(); maySplit && i-- > kShortestPart;)
    {
        const std::string_view rest = word.substr(i);
        if (rest.size() < kShortestPart || !Knows(word.substr(0, i)))
        {
            continue;
        }
        auto parts = Knows(rest) ? std::vector{std::string(rest)} : Split(rest, mostParts - 1);
        if (!parts.empty())
        {
            parts.insert(parts.begin(), std::string(word.substr(0, i)));
            return parts;
        }
    }
    return {};
}

/// The words as they were before a line end fell into one, or a line end between two got lost.
std::vector<std::string> TextIndex::Mend(const std::vector<std::string_view>& words) const
{
    constexpr std::size_t kMostParts = 4;
    std::vector<std::string> mended;
    for (std::size_t i = 0; i < words.size(); ++i)
    {
        const std::string_view word = words[i];
        const std::string_view next = i + 1 < words.size() ? words[i + 1] : std::string_view();
        const std::string joined = std::string(word) + std::string(next);
        if (!next.empty() && (!Knows(word) || !Knows(next)) && Knows(joined))
        {
            mended.push_back(joined);
            ++i;
        }
        else
        {
            const auto parts = Knows(word) ? std::vector<std::string>() : Split(word, kMostParts);
            mended.insert(mended.end(), parts.begin(), parts.end());
            if (parts.empty())
            {
                mended.emplace_back(word);
            }
        }
    }
    return mended;
}

std::vector<TextIndex::Sense> TextIndex::SimilarTo(std::string_view word) const
{
    constexpr double kCreditLost = 0.15;
    constexpr double kBeginningCredit = 0.8;
    std::vector<Sense> senses;
    const std::uint32_t letters = LettersOf(word);
    std::size_t fewest = word.size() > kLongestWord ? 0 : MostErrors(word.size());
    for (Word i = 0; i < m_spelling.size(); ++i)
    {
        const std::string_view known = m_spelling[i];
        if (BeginsAlike(word, known))
        {
            senses.push_back({i, kBeginningCredit});
            continue;
        }
        const std::size_t shorter = std::min(word.size(), known.size());
        const std::size_t longer = std::max(word.size(), known.size());
        const auto otherLetters = static_cast<std::size_t>(std::popcount(letters ^ m_letters[i]));
        if (longer > kLongestWord || longer - shorter > fewest || otherLetters > 2 * fewest || fewest == 0)
        {
            continue;
        }
        const std::size_t errors = TypingErrors(word, known);
        if (errors <= MostErrors(shorter) && errors <= fewest)
        {
            fewest = errors;
            senses.push_back({i, 1 - kCreditLost * static_cast<double>(errors)});
        }
    }
    return senses;
}

TextIndex::Token TextIndex::Read(std::string_view word) const
{
    if (!Counts(word))
    {
        return {{}, 0};
    }
    if (const auto exact = m_words.find(word); exact != m_words.end())
    {
        return {{{exact->second, 1}}, m_weights[exact->second]};
    }
    Token token{SimilarTo(word), 0};
    for (const Sense& sense : token.senses)
    {
        token.weight = std::max(token.weight, m_weights[sense.word]);
    }
    token.weight = token.senses.empty() ? kUnknownWeight : token.weight;
    return token;
}

/// `weightBefore`: of the pasted text, up to each position and in all.
double TextIndex::Compare(
    const Text& text, const std::vector<Hit>& hits, const std::vector<double>& weightBefore) const
{
    const std::size_t span = text.length + text.length / 2 + kStrayWords;
    double best = 0;
    for (std::size_t first = 0; first < hits.size(); ++first)
    {
        if (first + 1 < hits.size() && hits[first + 1].sense.word == hits[first].sense.word)
        {
            continue; // Nothing is won by beginning with the same word twice.
        }
        std::map<Word, double> credits;
        double shared = 0;
        std::size_t telling = 0;
        for (std::size_t last = first; last < hits.size(); ++last)
        {
            const std::size_t end = hits[last].position + 1;
            if (end - hits[first].position > span)
            {
                break;
            }
            const Sense& sense = hits[last].sense;
            double& credit = credits[sense.word];
            telling += credit == 0 && m_weights[sense.word] >= kTellingWeight ? 1 : 0;
            shared += std::max(0.0, sense.credit - credit) * m_weights[sense.word];
            credit = std::max(credit, sense.credit);
            if (shared < kLeastShared || (telling < kTellingWords && shared < kEnoughShared))
            {
                continue;
            }
            const double ofText = shared / text.weight;
            const double ofWindow =
                std::min(1.0, shared / (weightBefore[end] - weightBefore[hits[first].position]));
            const double ofPasted = std::min(1.0, shared / weightBefore.back());
            // Inside something longer the message has to be nearly whole; a piece of it has to be nearly all
            // that was pasted.
            const double alike = text.rules.alone
                ? (ofPasted < kNearlyAll ? 0 : std::min(ofText, ofPasted))
                : std::max(0.85 * ofText + 0.15 * ofWindow, 0.25 * ofText + 0.75 * ofPasted);
            best = std::max(best, alike * (1 - std::pow(kChance, shared)));
        }
    }
    return best;
}

std::vector<double> TextIndex::Likeness(std::string_view pasted) const
{
    const std::string folded = FoldForComparing(pasted);
    const auto words = WordsOf(folded);
    std::map<std::string, Token, std::less<>> read;
    const std::vector<std::size_t> none;
    std::vector<double> weightBefore{0};
    std::vector<std::vector<Hit>> hits(m_texts.size());
    for (const std::string& word : Mend(words))
    {
        const auto [known, isNew] = read.try_emplace(word);
        if (isNew)
        {
            known->second = Read(word);
        }
        for (const Sense& sense : known->second.senses)
        {
            for (const std::size_t text : m_weights[sense.word] > 0 ? m_textsWith[sense.word] : none)
            {
                hits[text].push_back({weightBefore.size() - 1, sense});
            }
        }
        weightBefore.push_back(weightBefore.back() + known->second.weight);
    }
    std::vector<double> likeness;
    for (std::size_t i = 0; i < m_texts.size(); ++i)
    {
        likeness.resize(std::max(likeness.size(), m_texts[i].document + 1));
        if (!HasOneOf(words, m_texts[i].rules.with))
        {
            continue;
        }
        double& best = likeness[m_texts[i].document];
        best = std::max(best, m_texts[i].worth * Compare(m_texts[i], hits[i], weightBefore));
    }
    return likeness;
}

} // namespace mars
