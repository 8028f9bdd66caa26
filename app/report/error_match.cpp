// SPDX-License-Identifier: MIT
#include "error_match.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

namespace mars
{

namespace
{

/// Below it two texts have no more in common than any two texts about backups.
constexpr double kFits = 0.5;
constexpr std::size_t kMostMatches = 10;
/// A bare number this small, somewhere in a text, is more often a count than an error.
constexpr std::uint32_t kSmallestBareNumber = 10'000;
/// What a number is worth that stands in a text without being called an error.
constexpr double kBareNumberScore = 0.6;
/// From this length on a single word is a name that two texts do not share by chance.
constexpr std::size_t kLongName = 10;
/// Titles are our words, not those that Windows printed.
constexpr double kTitleWorth = 0.9;

/// Words that every text has, in both languages.
const std::set<std::string, std::less<>>& CommonWords()
{
    static const std::set<std::string, std::less<>> words{"the", "and", "for", "not", "are", "was", "has",
        "have", "that", "this", "with", "from", "been", "can", "its", "your", "you", "did", "una", "los",
        "las", "del", "por", "que", "con", "para", "sus", "este", "esta", "ha", "se", "no", "el", "la", "de",
        "en", "un", "is", "in", "of", "to", "it", "or", "as", "at", "by", "be", "an"};
    return words;
}

bool IsWordByte(unsigned char c)
{
    return c >= 0x80 || std::isalnum(c) != 0;
}

/// Runs of letters and digits, in lower case, in their order.
std::vector<std::string> WordsOf(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    for (const char c : FoldCase(text) + " ")
    {
        if (IsWordByte(static_cast<unsigned char>(c)))
        {
            word += c;
        }
        else if (!word.empty())
        {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

using WordSet = std::set<std::string>;

WordSet TellingWordsOf(std::string_view text)
{
    WordSet telling;
    for (std::string& word : WordsOf(text))
    {
        const bool number = std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
        if (word.size() > 1 && !number && !CommonWords().contains(word))
        {
            telling.insert(std::move(word));
        }
    }
    return telling;
}

/// How much each word says: the fewer texts have it, the more.
class Weights
{
public:
    void Add(const WordSet& words)
    {
        ++m_texts;
        for (const std::string& word : words)
        {
            ++m_textsWith[word];
        }
    }
    double Of(const std::string& word) const
    {
        const auto found = m_textsWith.find(word);
        return std::log(1.0 + m_texts / (found == m_textsWith.end() ? 1.0 : found->second));
    }
    double Of(const WordSet& words) const
    {
        double sum = 0;
        for (const std::string& word : words)
        {
            sum += Of(word);
        }
        return sum;
    }

private:
    double m_texts = 0;
    std::map<std::string, double> m_textsWith;
};

/// High when one of the two texts is contained in the other: people paste a piece of a message, or a page of
/// log around it.
double Likeness(const WordSet& documented, const WordSet& pasted, const Weights& weights)
{
    // A name such as "CBPOperationAborted" needs no second word.
    if (documented.size() == 1 && documented.begin()->size() >= kLongName)
    {
        return pasted.contains(*documented.begin()) ? 1 : 0;
    }
    WordSet common;
    std::ranges::set_intersection(documented, pasted, std::inserter(common, common.end()));
    if (common.size() < 2 || common.size() < std::min<std::size_t>(3, documented.size()))
    {
        return 0;
    }
    const double shared = weights.Of(common);
    const double ofDocumented = shared / weights.Of(documented);
    const double ofPasted = shared / weights.Of(pasted);
    return std::max(0.9 * ofDocumented + 0.1 * ofPasted, 0.75 * ofPasted + 0.25 * ofDocumented);
}

struct NumberFound
{
    std::uint32_t value = 0;
    /// The text calls it an error, or is nothing else.
    bool named = false;
};

bool NamesAnError(std::string_view word)
{
    constexpr std::array<std::string_view, 9> kNames{"id", "error", "code",
        "c\xc3\xb3"
        "digo",
        "codigo", "err", "hresult", "result", "resultado"};
    return std::ranges::find(kNames, word) != kNames.end();
}

std::vector<NumberFound> NumbersIn(std::string_view text)
{
    const std::string trimmed(Trim(text));
    if (const auto whole = ParseErrorNumber(trimmed))
    {
        return {{*whole, true}};
    }
    std::vector<NumberFound> numbers;
    const std::vector<std::string> words = WordsOf(text);
    for (std::size_t i = 0; i < words.size(); ++i)
    {
        const bool hex = words[i].starts_with("0x");
        const bool digits =
            std::ranges::all_of(words[i], [](unsigned char c) { return std::isdigit(c) != 0; });
        const auto value = hex || digits ? ParseErrorNumber(words[i]) : std::nullopt;
        if (value)
        {
            numbers.push_back({*value, hex || words.size() == 1 || (i > 0 && NamesAnError(words[i - 1]))});
        }
    }
    return numbers;
}

/// What is documented under one number, or one message without a number.
struct Documented
{
    std::string number;
    std::vector<std::string> messages;
    std::set<std::string, std::less<>> ids;
};

std::vector<Documented> CollectDocumented(const Knowledge& knowledge)
{
    std::map<std::string, Documented> byKey;
    for (const AnsweredError& answered : knowledge.AnsweredErrors())
    {
        const auto value = ParseErrorNumber(answered.number);
        const std::string key =
            value ? std::to_string(*value) : answered.number + "|" + FoldCase(answered.message);
        Documented& documented = byKey[key];
        if (documented.number.empty())
        {
            documented.number = answered.number;
        }
        if (!answered.message.empty())
        {
            documented.messages.push_back(answered.message);
        }
        documented.ids.insert(answered.id);
    }
    std::vector<Documented> all;
    for (auto& [key, documented] : byKey)
    {
        all.push_back(std::move(documented));
    }
    return all;
}

double NumberScore(const Documented& documented, const std::vector<NumberFound>& numbers,
    const std::vector<std::string>& words)
{
    const auto value = ParseErrorNumber(documented.number);
    if (!value)
    {
        // A code with letters, "AADSTS500021".
        return std::ranges::find(words, FoldCase(documented.number)) != words.end() ? 1.0 : 0.0;
    }
    double best = 0;
    for (const NumberFound& number : numbers)
    {
        if (number.value == *value && (number.named || number.value >= kSmallestBareNumber))
        {
            best = std::max(best, number.named ? 1.0 : kBareNumberScore);
        }
    }
    return best;
}

/// The section that has the most of them; the first one among equals.
std::string MainSectionOf(const std::vector<const RootCause*>& checks)
{
    const auto countLike = [&](const RootCause* one) {
        return std::ranges::count(checks, one->SectionId(), &RootCause::SectionId);
    };
    return std::string((*std::ranges::max_element(checks, std::less<>(), countLike))->SectionId());
}

class Matcher
{
public:
    Matcher(std::string_view text, std::span<const RootCause* const> causes, const Knowledge& knowledge,
        Language language)
        : m_words(WordsOf(text)), m_pasted(TellingWordsOf(text)), m_numbers(NumbersIn(text)),
          m_causes(causes), m_knowledge(knowledge), m_language(language),
          m_documented(CollectDocumented(knowledge))
    {
        for (const Documented& documented : m_documented)
        {
            for (const std::string& message : documented.messages)
            {
                m_weights.Add(TellingWordsOf(message));
            }
        }
        for (const RootCause* cause : m_causes)
        {
            m_weights.Add(TellingWordsOf(m_knowledge.Title(cause->id, Language::kEnglish)));
            m_weights.Add(TellingWordsOf(m_knowledge.Title(cause->id, Language::kSpanish)));
        }
    }

    std::vector<ErrorMatch> Run() const
    {
        std::vector<ErrorMatch> matches;
        for (const Documented& documented : m_documented)
        {
            Keep(MatchDocumented(documented), matches);
        }
        for (const RootCause* cause : m_causes)
        {
            Keep(MatchTitle(*cause), matches);
        }
        std::ranges::stable_sort(matches, std::greater<>(), &ErrorMatch::score);
        matches.resize(std::min(matches.size(), kMostMatches));
        return matches;
    }

private:
    static void Keep(ErrorMatch match, std::vector<ErrorMatch>& matches)
    {
        if (match.score >= kFits && !match.checks.empty())
        {
            match.score = std::round(match.score * 100) / 100;
            matches.push_back(std::move(match));
        }
    }

    ErrorMatch MatchDocumented(const Documented& documented) const
    {
        ErrorMatch match;
        match.error = documented.number;
        match.score = NumberScore(documented, m_numbers, m_words);
        for (const std::string& message : documented.messages)
        {
            match.score = std::max(match.score, Likeness(TellingWordsOf(message), m_pasted, m_weights));
        }
        for (const RootCause* cause : m_causes)
        {
            if (documented.ids.contains(cause->id))
            {
                match.checks.push_back(cause);
            }
        }
        if (!match.checks.empty())
        {
            match.section = MainSectionOf(match.checks);
            match.title = TitleOf(documented, match.checks);
        }
        return match;
    }

    std::string TitleOf(const Documented& documented, const std::vector<const RootCause*>& checks) const
    {
        if (checks.size() == 1)
        {
            return m_knowledge.Title(checks.front()->id, m_language);
        }
        return documented.number.empty()
            ? documented.messages.front()
            : m_knowledge.Text("explain.error", m_language, {{"error", documented.number}});
    }

    ErrorMatch MatchTitle(const RootCause& cause) const
    {
        ErrorMatch match = MatchOf(cause, m_knowledge, m_language);
        match.score = 0;
        for (const Language language : {Language::kEnglish, Language::kSpanish})
        {
            const WordSet title = TellingWordsOf(m_knowledge.Title(cause.id, language));
            match.score = std::max(match.score, kTitleWorth * Likeness(title, m_pasted, m_weights));
        }
        return match;
    }

    std::vector<std::string> m_words;
    WordSet m_pasted;
    std::vector<NumberFound> m_numbers;
    std::span<const RootCause* const> m_causes;
    const Knowledge& m_knowledge;
    Language m_language;
    std::vector<Documented> m_documented;
    Weights m_weights;
};

std::optional<std::uint32_t> ParseDigits(std::string_view digits, int base)
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    const bool whole = !digits.empty() && error == std::errc() && end == digits.data() + digits.size();
    return whole ? std::optional(value) : std::nullopt;
}

/// "34,513" and "34.513" as 34513.
std::string WithoutGrouping(std::string_view text)
{
    std::string digits;
    std::size_t group = 0;
    bool grouped = false;
    for (const char c : text)
    {
        const bool separator = c == ',' || c == '.';
        if (separator && (digits.empty() || (grouped && group != 3) || group > 3))
        {
            return std::string(text);
        }
        grouped = grouped || separator;
        group = separator ? 0 : group + 1;
        digits += separator ? "" : std::string(1, c);
    }
    return grouped && group != 3 ? std::string(text) : digits;
}

} // namespace

std::optional<std::uint32_t> ParseErrorNumber(std::string_view text)
{
    if (text.starts_with("0x") || text.starts_with("0X"))
    {
        return ParseDigits(text.substr(2), 16);
    }
    if (text.starts_with('-'))
    {
        const auto value = ParseDigits(text.substr(1), 10);
        return value && *value <= 0x80000000U ? std::optional(0U - *value) : std::nullopt;
    }
    if (const auto decimal = ParseDigits(WithoutGrouping(text), 10))
    {
        return decimal;
    }
    // "86D1", as some logs write it; a word of the letters a to f alone is a word.
    const bool hasDigit = std::ranges::any_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
    return hasDigit && text.size() >= 4 ? ParseDigits(text, 16) : std::nullopt;
}

ErrorMatch MatchOf(const RootCause& cause, const Knowledge& knowledge, Language language)
{
    return {{}, knowledge.Title(cause.id, language), std::string(cause.SectionId()), {&cause}, 1.0};
}

std::vector<ErrorMatch> MatchErrors(std::string_view text, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language)
{
    return Matcher(text, causes, knowledge, language).Run();
}

} // namespace mars
