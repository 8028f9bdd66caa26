// SPDX-License-Identifier: MIT
#include "error_match.h"

#include "error_index.h"
#include "error_name.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

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
/// What is called an error and is as small, an HTTP status or a code of Windows Installer, every program of
/// the world reports: inside a text, the text has to fit too.
constexpr double kSomethingInCommon = 0.2;
constexpr std::size_t kWordsOfNumberAlone = 4;
/// A number that all of Windows uses says less than one of the agent's own.
constexpr double kCommonNumberScore = 0.9;
/// A name with typing errors, or torn apart.
constexpr double kDamagedNameScore = 0.9;
/// A number of the agent's that no source explains says less than a message that one does.
constexpr double kUndocumentedScore = 0.8;

/// What a pasted text has of one document.
struct Finding
{
    /// The number or name by which it was found.
    std::string code;
    double score = 0;
    double likeness = 0;
};

/// The section that has the most of them; the first one among equals.
std::string MainSectionOf(const std::vector<const RootCause*>& checks)
{
    const auto countLike = [&](const RootCause* one) {
        return std::ranges::count(checks, one->SectionId(), &RootCause::SectionId);
    };
    return std::string((*std::ranges::max_element(checks, std::less<>(), countLike))->SectionId());
}

/// One text, looked for in an index.
class Search
{
public:
    explicit Search(const ErrorIndex& index) : m_index(index) {}

    std::vector<ErrorMatch> Find(
        std::string_view text, std::span<const RootCause* const> causes, Language language) const;

private:
    using Name = ErrorIndex::Name;

    std::vector<Finding> FindTexts(std::string_view text, std::string_view folded) const;
    void FindNumbers(std::string_view folded, std::vector<Finding>& findings) const;
    void FindNumber(const NumberInText& number, bool alone, std::vector<Finding>& findings) const;
    void FindNames(std::string_view folded, std::vector<Finding>& findings) const;
    std::vector<const Name*> NamesLike(const WordInText& word) const;
    void FindDamagedName(const WordInText& word, std::vector<Finding>& findings) const;
    void FoundName(const Name& name, double score, std::vector<Finding>& findings) const;
    void Found(
        std::size_t document, const std::string& code, double score, std::vector<Finding>& findings) const;
    ErrorMatch MatchFor(const KnownText& document, const Finding& finding,
        std::span<const RootCause* const> causes, Language language) const;
    std::string TitleOf(const KnownText& document, const ErrorMatch& match, Language language) const;

    const ErrorIndex& m_index;
};

void Search::Found(
    std::size_t document, const std::string& code, double score, std::vector<Finding>& findings) const
{
    Finding& finding = findings[document];
    if (score > finding.score)
    {
        finding.code = code;
        finding.score = score;
    }
}

/// Of documents that state other codes than the text a message fits by its words alone, and is not meant.
std::vector<Finding> Search::FindTexts(std::string_view text, std::string_view folded) const
{
    StatedCodes stated;
    stated.AddFrom(folded);
    const std::vector<double> likeness = m_index.Likeness(text);
    std::vector<Finding> findings(m_index.Texts().size());
    for (std::size_t i = 0; i < likeness.size(); ++i)
    {
        findings[i].likeness = stated.Contradict(m_index.Texts()[i].stated) ? 0 : likeness[i];
    }
    return findings;
}

void Search::FindNumber(const NumberInText& number, bool alone, std::vector<Finding>& findings) const
{
    const auto found = m_index.OfNumber(number.value);
    if (!found)
    {
        if (m_index.Undocumented() && IsOfTheAgent(number.value) && (number.named || number.bracketed))
        {
            Found(*m_index.Undocumented(), std::to_string(number.value), alone ? 1 : kUndocumentedScore,
                findings);
        }
        return;
    }
    const KnownText& document = m_index.Texts()[*found];
    const bool small = number.value < kSmallestBareNumber;
    const bool fits = findings[*found].likeness > (document.common ? kFits : kSomethingInCommon);
    if (small && (!number.named || (!alone && !fits)))
    {
        return;
    }
    const auto isIt = [&](const std::string& code) { return ParseErrorNumber(code) == number.value; };
    const double named = document.common && !alone ? kCommonNumberScore : 1;
    Found(*found, *std::ranges::find_if(document.codes, isIt), number.named ? named : kBareNumberScore,
        findings);
}

void Search::FindNumbers(std::string_view folded, std::vector<Finding>& findings) const
{
    const bool alone = WordsOf(folded).size() <= kWordsOfNumberAlone;
    for (const NumberInText& number : NumbersIn(folded))
    {
        FindNumber(number, alone, findings);
    }
}

void Search::FoundName(const Name& name, double score, std::vector<Finding>& findings) const
{
    Found(name.second.document, name.second.spelling, score, findings);
}

void Search::FindNames(std::string_view folded, std::vector<Finding>& findings) const
{
    const auto words = WordsOf(folded);
    for (std::size_t i = 0; i < words.size(); ++i)
    {
        // A line end may have fallen into a name, and what stands before it may be a name too.
        const std::string joined =
            std::string(words[i]) + std::string(i + 1 < words.size() ? words[i + 1] : "");
        if (const auto torn = m_index.AllNames().find(joined);
            torn != m_index.AllNames().end() && joined != words[i])
        {
            FoundName(*torn, kDamagedNameScore, findings);
            ++i;
        }
        else if (const auto whole = m_index.AllNames().find(words[i]); whole != m_index.AllNames().end())
        {
            FoundName(*whole, 1, findings);
        }
        else if (words[i].size() >= kLongName && words[i].size() <= kLongestWord)
        {
            FindDamagedName(LookAround(folded, words[i]), findings);
        }
    }
}

/// With the fewest typing errors; else those that go on where the word was cut off; else the one it goes on
/// behind.
std::vector<const ErrorIndex::Name*> Search::NamesLike(const WordInText& word) const
{
    constexpr std::size_t kMostTypingErrors = 2;
    std::vector<const Name*> nearest;
    std::vector<const Name*> longer;
    std::vector<const Name*> shorter;
    bool cutOff = false;
    std::size_t fewest = kMostTypingErrors;
    for (const Name& name : m_index.AllNames())
    {
        const bool comparable = name.first.size() <= kLongestWord && HaveSameDigits(word.word, name.first);
        const std::size_t errors = comparable ? TypingErrors(word.word, name.first) : fewest + 1;
        if (errors < fewest)
        {
            nearest.clear();
        }
        if (errors <= fewest)
        {
            fewest = errors;
            nearest.push_back(&name);
        }
        if (name.first.starts_with(word.word))
        {
            longer.push_back(&name);
            cutOff = cutOff || IsCutOff(word, name.second.spelling);
        }
        // In the order of the alphabet the longest comes last.
        if (name.first.size() >= kLongName && GoesOnBehind(word.word, name.first))
        {
            shorter.assign(1, &name);
        }
    }
    const bool isOther = nearest.empty() && !longer.empty() && !cutOff;
    return isOther ? std::vector<const Name*>() : !nearest.empty() ? nearest : cutOff ? longer : shorter;
}

/// Where only the names of one error are like it.
void Search::FindDamagedName(const WordInText& word, std::vector<Finding>& findings) const
{
    const auto found = word.dotted ? std::vector<const Name*>() : NamesLike(word);
    if (found.empty() || found.front()->first.size() < kLongName)
    {
        return;
    }
    const std::size_t document = found.front()->second.document;
    if (found.size() == 1)
    {
        FoundName(*found.front(), kDamagedNameScore, findings);
    }
    else if (std::ranges::all_of(found, [&](const Name* name) { return name->second.document == document; }))
    {
        Found(document, "", kDamagedNameScore, findings);
    }
}

std::string Search::TitleOf(const KnownText& document, const ErrorMatch& match, Language language) const
{
    if (document.undocumented && !match.error.empty())
    {
        return m_index.From().Text("explain.undocumented", language,
            {{"error", match.error},
                {"hex", fmt::format("0x{:X}", ParseErrorNumber(match.error).value_or(0))}});
    }
    if (document.title)
    {
        return LocalText(document.title, language);
    }
    if (match.checks.size() == 1)
    {
        return m_index.From().Title(match.checks.front()->id, language);
    }
    return document.message.empty() ? m_index.From().Text("explain.error", language, {{"error", match.error}})
                                    : document.message;
}

ErrorMatch Search::MatchFor(const KnownText& document, const Finding& finding,
    std::span<const RootCause* const> causes, Language language) const
{
    ErrorMatch match;
    match.error = !finding.code.empty() || document.codes.empty() ? finding.code : document.codes.front();
    for (const std::string& id : document.causes)
    {
        std::ranges::copy_if(causes, std::back_inserter(match.checks),
            [&](const RootCause* cause) { return cause->id == id; });
    }
    for (const RootCause* cause : causes)
    {
        const bool listed = std::ranges::find(match.checks, cause) != match.checks.end();
        if (!listed && document.answeredBy.contains(cause->id))
        {
            match.checks.push_back(cause);
        }
    }
    match.section = document.section;
    if (match.section.empty() && !match.checks.empty())
    {
        match.section = MainSectionOf(match.checks);
    }
    match.title = TitleOf(document, match, language);
    match.meaning = document.meaning ? LocalText(document.meaning, language) : std::string();
    match.score = std::round(100 * (finding.score + (1 - finding.score) * finding.likeness)) / 100;
    return match;
}

std::vector<ErrorMatch> Search::Find(
    std::string_view text, std::span<const RootCause* const> causes, Language language) const
{
    const std::string folded = FoldForComparing(text);
    std::vector<Finding> findings = FindTexts(text, folded);
    FindNumbers(folded, findings);
    FindNames(folded, findings);
    // The very words, however few they are.
    if (const auto same = m_index.OfLine(text))
    {
        Found(*same, {}, 1, findings);
    }
    std::vector<std::pair<Finding, ErrorMatch>> found;
    for (std::size_t i = 0; i < findings.size(); ++i)
    {
        const KnownText& document = m_index.Texts()[i];
        if (std::max(findings[i].score, findings[i].likeness) < kFits)
        {
            continue;
        }
        ErrorMatch match = MatchFor(document, findings[i], causes, language);
        if (document.meaning || !match.checks.empty())
        {
            found.emplace_back(findings[i], std::move(match));
        }
    }
    std::ranges::stable_sort(found, std::greater<>(),
        [](const auto& one) { return std::tuple(one.second.score, one.first.score, one.first.likeness); });
    std::vector<ErrorMatch> matches;
    for (std::size_t i = 0; i < std::min(found.size(), kMostMatches); ++i)
    {
        matches.push_back(std::move(found[i].second));
    }
    return matches;
}

} // namespace

ErrorMatch MatchOf(const RootCause& cause, const Knowledge& knowledge, Language language)
{
    return {{}, knowledge.Title(cause.id, language), {}, std::string(cause.SectionId()), {&cause}, 1.0};
}

std::vector<ErrorMatch> MatchErrors(std::string_view text, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language)
{
    if (&knowledge != &BuiltInKnowledge())
    {
        return Search(ErrorIndex(knowledge)).Find(text, causes, language);
    }
    static const ErrorIndex builtIn(knowledge);
    return Search(builtIn).Find(text, causes, language);
}

} // namespace mars
