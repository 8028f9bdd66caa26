// SPDX-License-Identifier: MIT
#include "error_index.h"

#include "known_errors.h"
#include "text.h"

#include <algorithm>
#include <utility>

namespace mars
{

namespace
{

/// An entry's message is a known error's in other words.
constexpr double kSameMessage = 0.8;
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

} // namespace

ErrorIndex::ErrorIndex(const Knowledge& knowledge) : m_knowledge(knowledge)
{
    m_texts.AddCommonWords(kCommonWords);
    AddKnownErrors();
    AddSymptoms();
    m_texts.Close();
    AddAnswers();
    AddRootCauses();
    m_texts.Close();
}

std::optional<std::size_t> ErrorIndex::OfNumber(std::uint32_t number) const
{
    const auto found = m_numbers.find(number);
    return found == m_numbers.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> ErrorIndex::OfLine(std::string_view text) const
{
    const auto found = m_lines.find(FoldedLine(text));
    return found == m_lines.end() ? std::nullopt : std::optional(found->second);
}

KnownText& ErrorIndex::New()
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
        KnownText& document = New();
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
        KnownText& document = New();
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
        return value ? OfNumber(*value) : std::nullopt;
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
        KnownText& document = known ? m_documents[*known] : New();
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
        KnownText& document = New();
        const std::string id = entry.attribute("id").value();
        document.section = id.substr(0, id.find('.'));
        document.causes = {id};
        document.title = entry.child("title");
        AddTitles(document.title, kCauseWorth);
        m_texts.AddBackground(TextsBelow(entry));
    }
}

} // namespace mars
