// SPDX-License-Identifier: MIT
#include "error_match.h"

#include "error_name.h"
#include "known_errors.h"
#include "stated_codes.h"
#include "text.h"
#include "text_likeness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>
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
/// An entry's message is a known error's in other words.
constexpr double kSameMessage = 0.8;
/// From this length on a single word is a name that two texts do not share by chance.
constexpr std::size_t kLongName = 10;
/// A name with typing errors, or torn apart.
constexpr double kDamagedNameScore = 0.9;
/// A number of the agent's that no source explains says less than a message that one does.
constexpr double kUndocumentedScore = 0.8;
/// Titles are our words, not those that Windows printed, and an error says more than one of its causes.
constexpr double kTitleWorth = 0.9;
constexpr double kCauseWorth = 0.8;

/// Of German, French and Portuguese, in which there are only the messages that Microsoft prints. Those of
/// English and Spanish are found out by counting.
constexpr std::string_view kCommonWords =
    "der die das den dem des ein eine einen einem einer und oder aber nicht kein keine ist sind war "
    "wurde wurden werden wird kann konnte hat haben mit von vom zu zum zur im in auf aus bei fur "
    "durch uber unter nach vor am als wie wenn weil da dass daher sie er es ich wir ihr ihre sein "
    "seine sich dieser diese dieses auch noch nur mehr le la les un une du de et ou mais ne pas est "
    "sont ont ete etre dans sur sous avec pour par en au aux ce cette ces il elle on nous vous qui "
    "que dont se sa son ses plus tres peut meme lors cela o os as um uma e nao sao foi foram ser "
    "esta estao no na nos nas do dos em com por para pelo pela ao seu sua este isso muito pode podem "
    "como ele ela depois porque enquanto";

/// What can be found: a known error, a symptom, a root cause, or what a root cause's entry answers.
struct Document
{
    /// Numbers and names as documented.
    std::vector<std::string> codes;
    std::string section;
    std::vector<std::string> causes;
    /// Root causes whose entries answer it too.
    std::set<std::string, std::less<>> answeredBy;
    bool common = false;
    /// Stands for every number of the agent's that no source explains.
    bool undocumented = false;
    /// The codes above, and those that its messages are printed with.
    StatedCodes stated;
    pugi::xml_node title;
    pugi::xml_node meaning;
    /// Stands in for a title.
    std::string message;
};

/// What a pasted text has of one document.
struct Finding
{
    /// The number or name by which it was found.
    std::string code;
    double score = 0;
    double likeness = 0;
};

std::string FoldedLine(std::string_view text)
{
    const std::string folded = FoldForComparing(text);
    std::string line;
    for (const std::string_view word : WordsOf(folded))
    {
        line += line.empty() ? "" : " ";
        line += word;
    }
    return line;
}

/// In all languages where the node holds several.
std::string TextsBelow(const pugi::xml_node& node)
{
    std::string texts = node.value();
    for (const pugi::xml_node child : node.children())
    {
        texts += " " + TextsBelow(child);
    }
    return texts;
}

/// The section that has the most of them; the first one among equals.
std::string MainSectionOf(const std::vector<const RootCause*>& checks)
{
    const auto countLike = [&](const RootCause* one) {
        return std::ranges::count(checks, one->SectionId(), &RootCause::SectionId);
    };
    return std::string((*std::ranges::max_element(checks, std::less<>(), countLike))->SectionId());
}

/// All that can be found, read from the knowledge once.
class ErrorIndex
{
public:
    explicit ErrorIndex(const Knowledge& knowledge) : m_knowledge(knowledge)
    {
        m_texts.AddCommonWords(kCommonWords);
        AddKnownErrors();
        AddSymptoms();
        m_texts.Close();
        AddAnswers();
        AddRootCauses();
        m_texts.Close();
    }

    std::vector<ErrorMatch> Find(
        std::string_view text, std::span<const RootCause* const> causes, Language language) const;

private:
    struct Named
    {
        std::size_t document;
        /// As documented.
        std::string spelling;
    };
    /// By folded spelling.
    using Names = std::map<std::string, Named, std::less<>>;
    using Name = Names::value_type;

    Document& New();
    void AddKnownErrors();
    void AddAnswers();
    void AddSymptoms();
    void AddRootCauses();
    void AddCode(const std::string& code);
    void AddText(std::string_view text, TextRules rules = {});
    void AddTextsOf(const pugi::xml_node& node);
    void AddTitles(const pugi::xml_node& title, double worth);
    std::optional<std::size_t> DocumentAbout(const AnsweredError& answered) const;

    std::vector<Finding> FindTexts(std::string_view text, std::string_view folded) const;
    void FindNumbers(std::string_view folded, std::vector<Finding>& findings) const;
    void FindNumber(const NumberInText& number, bool alone, std::vector<Finding>& findings) const;
    void FindNames(std::string_view folded, std::vector<Finding>& findings) const;
    std::vector<const Name*> NamesLike(const WordInText& word) const;
    void FindDamagedName(const WordInText& word, std::vector<Finding>& findings) const;
    void FoundName(const Name& name, double score, std::vector<Finding>& findings) const;
    void Found(
        std::size_t document, const std::string& code, double score, std::vector<Finding>& findings) const;
    ErrorMatch MatchFor(const Document& document, const Finding& finding,
        std::span<const RootCause* const> causes, Language language) const;
    std::string TitleOf(const Document& document, const ErrorMatch& match, Language language) const;

    const Knowledge& m_knowledge;
    std::vector<Document> m_documents;
    std::optional<std::size_t> m_undocumented;
    std::map<std::uint32_t, std::size_t> m_numbers;
    Names m_names;
    /// Messages as lines of folded words.
    std::map<std::string, std::size_t, std::less<>> m_lines;
    TextIndex m_texts;
};

Document& ErrorIndex::New()
{
    return m_documents.emplace_back();
}

void ErrorIndex::AddCode(const std::string& code)
{
    const std::size_t here = m_documents.size() - 1;
    m_documents.back().codes.push_back(code);
    if (const auto value = ParseErrorNumber(code))
    {
        m_numbers.emplace(*value, here);
    }
    else
    {
        m_names.emplace(FoldedLine(code), Named{here, code});
    }
    m_documents.back().stated.Add(code);
}

void ErrorIndex::AddText(std::string_view text, TextRules rules)
{
    const std::size_t here = m_documents.size() - 1;
    m_lines.emplace(FoldedLine(text), here);
    m_documents.back().stated.AddFrom(text);
    m_texts.Add(here, text, 1, std::move(rules));
}

/// The messages and the wordings below `node`.
void ErrorIndex::AddTextsOf(const pugi::xml_node& node)
{
    for (const pugi::xml_node child : node.children())
    {
        const std::string_view name = child.name();
        if (name == "message" || name == "wording")
        {
            TextRules rules;
            rules.alone = std::string_view(child.attribute("alone").value()) == "yes";
            const std::string with = FoldForComparing(child.attribute("with").value());
            const auto words = WordsOf(with);
            rules.with.assign(words.begin(), words.end());
            AddText(child.text().get(), std::move(rules));
        }
    }
}

void ErrorIndex::AddTitles(const pugi::xml_node& title, double worth)
{
    const std::size_t here = m_documents.size() - 1;
    for (const LanguageInfo& info : kLanguages)
    {
        const std::string text = LocalText(title, info.language);
        m_lines.emplace(FoldedLine(text), here);
        m_texts.Add(here, text, worth);
    }
}

void ErrorIndex::AddKnownErrors()
{
    for (const KnownError& error : KnownErrors(m_knowledge))
    {
        Document& document = New();
        document.section = error.section;
        document.causes = error.causes;
        document.common = error.common;
        const pugi::xml_node node = error.title.parent();
        document.undocumented = std::string_view(node.attribute("undocumented").value()) == "yes";
        m_undocumented = document.undocumented ? std::optional(m_documents.size() - 1) : m_undocumented;
        document.title = error.title;
        document.meaning = error.meaning;
        std::ranges::for_each(error.numbers, [&](const std::string& number) { AddCode(number); });
        std::ranges::for_each(error.names, [&](const std::string& name) { AddCode(name); });
        AddTextsOf(node);
        if (!error.common && !document.undocumented)
        {
            AddTitles(error.title, kTitleWorth);
        }
        m_texts.AddBackground(TextsBelow(error.meaning));
    }
}

void ErrorIndex::AddSymptoms()
{
    for (const Symptom& symptom : KnownSymptoms(m_knowledge))
    {
        Document& document = New();
        document.section = symptom.section;
        document.causes = symptom.causes;
        document.title = symptom.text;
        AddTextsOf(symptom.text.parent());
        AddTitles(symptom.text, 1);
    }
}

std::optional<std::size_t> ErrorIndex::DocumentAbout(const AnsweredError& answered) const
{
    const auto numbered = [&](const std::optional<std::uint32_t>& value) {
        const auto found = value ? m_numbers.find(*value) : m_numbers.end();
        return found == m_numbers.end() ? std::nullopt : std::optional(found->second);
    };
    if (const auto found = numbered(ParseErrorNumber(answered.number)))
    {
        return found;
    }
    const std::string line = FoldedLine(answered.number.empty() ? answered.message : answered.number);
    if (const auto named = m_names.find(line); named != m_names.end())
    {
        return named->second.document;
    }
    if (const auto same = m_lines.find(line); same != m_lines.end())
    {
        return same->second;
    }
    const std::string folded = FoldForComparing(answered.message);
    for (const std::string_view word : WordsOf(folded))
    {
        if (const auto named = m_names.find(word); named != m_names.end())
        {
            return named->second.document;
        }
    }
    for (const NumberInText& number : NumbersIn(folded))
    {
        if (const auto found = number.named ? numbered(number.value) : std::nullopt)
        {
            return found;
        }
    }
    const std::vector<double> likeness = m_texts.Likeness(answered.message);
    const auto alike = std::ranges::max_element(likeness);
    return alike != likeness.end() && *alike > kSameMessage
        ? std::optional<std::size_t>(alike - likeness.begin())
        : std::nullopt;
}

void ErrorIndex::AddAnswers()
{
    // The texts of the known errors are what an answer is compared with; new ones come in when all are told
    // apart.
    std::vector<std::pair<std::size_t, std::string>> newTexts;
    for (const AnsweredError& answered : m_knowledge.AnsweredErrors())
    {
        const auto known = DocumentAbout(answered);
        Document& document = known ? m_documents[*known] : New();
        document.answeredBy.insert(answered.id);
        const std::string& text = answered.number.empty() ? answered.message : answered.number;
        const bool isCode =
            !answered.number.empty() || (text.size() >= kLongName && text.find(' ') == std::string::npos);
        if (!known && isCode)
        {
            AddCode(text);
        }
        else if (!known)
        {
            document.message = text;
            m_lines.emplace(FoldedLine(text), m_documents.size() - 1);
            newTexts.emplace_back(m_documents.size() - 1, text);
        }
    }
    for (const auto& [document, text] : newTexts)
    {
        m_texts.Add(document, text);
    }
}

void ErrorIndex::AddRootCauses()
{
    for (const pugi::xml_node& entry : m_knowledge.Roots("entry"))
    {
        Document& document = New();
        const std::string id = entry.attribute("id").value();
        document.section = id.substr(0, id.find('.'));
        document.causes = {id};
        document.title = entry.child("title");
        AddTitles(document.title, kCauseWorth);
        m_texts.AddBackground(TextsBelow(entry));
    }
}

void ErrorIndex::Found(
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
std::vector<Finding> ErrorIndex::FindTexts(std::string_view text, std::string_view folded) const
{
    StatedCodes stated;
    stated.AddFrom(folded);
    const std::vector<double> likeness = m_texts.Likeness(text);
    std::vector<Finding> findings(m_documents.size());
    for (std::size_t i = 0; i < likeness.size(); ++i)
    {
        findings[i].likeness = stated.Contradict(m_documents[i].stated) ? 0 : likeness[i];
    }
    return findings;
}

void ErrorIndex::FindNumber(const NumberInText& number, bool alone, std::vector<Finding>& findings) const
{
    const auto found = m_numbers.find(number.value);
    if (found == m_numbers.end())
    {
        if (m_undocumented && IsOfTheAgent(number.value) && (number.named || number.bracketed))
        {
            Found(*m_undocumented, std::to_string(number.value), alone ? 1 : kUndocumentedScore, findings);
        }
        return;
    }
    const Document& document = m_documents[found->second];
    const bool small = number.value < kSmallestBareNumber;
    const bool fits = findings[found->second].likeness > (document.common ? kFits : kSomethingInCommon);
    if (small && (!number.named || (!alone && !fits)))
    {
        return;
    }
    const auto isIt = [&](const std::string& code) { return ParseErrorNumber(code) == number.value; };
    const double named = document.common && !alone ? kCommonNumberScore : 1;
    Found(found->second, *std::ranges::find_if(document.codes, isIt), number.named ? named : kBareNumberScore,
        findings);
}

void ErrorIndex::FindNumbers(std::string_view folded, std::vector<Finding>& findings) const
{
    const bool alone = WordsOf(folded).size() <= kWordsOfNumberAlone;
    for (const NumberInText& number : NumbersIn(folded))
    {
        FindNumber(number, alone, findings);
    }
}

void ErrorIndex::FoundName(const Name& name, double score, std::vector<Finding>& findings) const
{
    Found(name.second.document, name.second.spelling, score, findings);
}

void ErrorIndex::FindNames(std::string_view folded, std::vector<Finding>& findings) const
{
    const auto words = WordsOf(folded);
    for (std::size_t i = 0; i < words.size(); ++i)
    {
        // A line end may have fallen into a name, and what stands before it may be a name too.
        const std::string joined =
            std::string(words[i]) + std::string(i + 1 < words.size() ? words[i + 1] : "");
        if (const auto torn = m_names.find(joined); torn != m_names.end() && joined != words[i])
        {
            FoundName(*torn, kDamagedNameScore, findings);
            ++i;
        }
        else if (const auto whole = m_names.find(words[i]); whole != m_names.end())
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
std::vector<const ErrorIndex::Name*> ErrorIndex::NamesLike(const WordInText& word) const
{
    constexpr std::size_t kMostTypingErrors = 2;
    std::vector<const Name*> nearest;
    std::vector<const Name*> longer;
    std::vector<const Name*> shorter;
    bool cutOff = false;
    std::size_t fewest = kMostTypingErrors;
    for (const Name& name : m_names)
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
void ErrorIndex::FindDamagedName(const WordInText& word, std::vector<Finding>& findings) const
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

std::string ErrorIndex::TitleOf(const Document& document, const ErrorMatch& match, Language language) const
{
    if (document.undocumented && !match.error.empty())
    {
        return m_knowledge.Text("explain.undocumented", language,
            {{"error", match.error},
                {"hex", fmt::format("0x{:X}", ParseErrorNumber(match.error).value_or(0))}});
    }
    if (document.title)
    {
        return LocalText(document.title, language);
    }
    if (match.checks.size() == 1)
    {
        return m_knowledge.Title(match.checks.front()->id, language);
    }
    return document.message.empty() ? m_knowledge.Text("explain.error", language, {{"error", match.error}})
                                    : document.message;
}

ErrorMatch ErrorIndex::MatchFor(const Document& document, const Finding& finding,
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

std::vector<ErrorMatch> ErrorIndex::Find(
    std::string_view text, std::span<const RootCause* const> causes, Language language) const
{
    const std::string folded = FoldForComparing(text);
    std::vector<Finding> findings = FindTexts(text, folded);
    FindNumbers(folded, findings);
    FindNames(folded, findings);
    // The very words, however few they are.
    if (const auto same = m_lines.find(FoldedLine(text)); same != m_lines.end())
    {
        Found(same->second, {}, 1, findings);
    }
    std::vector<std::pair<Finding, ErrorMatch>> found;
    for (std::size_t i = 0; i < findings.size(); ++i)
    {
        const Document& document = m_documents[i];
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
        return ErrorIndex(knowledge).Find(text, causes, language);
    }
    static const ErrorIndex builtIn(knowledge);
    return builtIn.Find(text, causes, language);
}

} // namespace mars
