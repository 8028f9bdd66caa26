// SPDX-License-Identifier: MIT
#pragma once

#include "error_number.h"
#include "knowledge.h"
#include "stated_codes.h"
#include "text_likeness.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What can be found: a known error, a symptom, a root cause, or what a root cause's entry answers.
struct KnownText
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

/// All that can be found, read from the knowledge once.
class ErrorIndex
{
public:
    struct Named
    {
        /// Its place in Texts().
        std::size_t document;
        /// As documented.
        std::string spelling;
    };
    /// By folded spelling.
    using Names = std::map<std::string, Named, std::less<>>;
    using Name = Names::value_type;

    /// `knowledge` must outlive the index.
    explicit ErrorIndex(const Knowledge& knowledge);

    const Knowledge& From() const
    {
        return m_knowledge;
    }
    const std::vector<KnownText>& Texts() const
    {
        return m_documents;
    }
    /// The text that stands for all numbers that no source explains.
    std::optional<std::size_t> Undocumented() const
    {
        return m_undocumented;
    }
    std::optional<std::size_t> OfNumber(std::uint32_t number) const;
    const Names& AllNames() const
    {
        return m_names;
    }
    /// The text that has this message or title word for word.
    std::optional<std::size_t> OfLine(std::string_view text) const;
    /// How much of each text is in this one, 0..1, in the order of Texts().
    std::vector<double> Likeness(std::string_view text) const
    {
        return m_texts.Likeness(text);
    }

private:
    KnownText& New();
    void AddKnownErrors();
    void AddAnswers();
    void AddSymptoms();
    void AddRootCauses();
    void AddCode(const std::string& code);
    void AddText(std::string_view text, TextRules rules = {});
    void AddTextsOf(const pugi::xml_node& node);
    void AddTitles(const pugi::xml_node& title, double worth);
    std::optional<std::size_t> DocumentAbout(const AnsweredError& answered) const;

    const Knowledge& m_knowledge;
    std::vector<KnownText> m_documents;
    std::optional<std::size_t> m_undocumented;
    std::map<std::uint32_t, std::size_t> m_numbers;
    Names m_names;
    /// Messages as lines of folded words.
    std::map<std::string, std::size_t, std::less<>> m_lines;
    TextIndex m_texts;
};

/// A single word from this length on is a name that two texts do not share by chance.
inline constexpr std::size_t kLongName = 10;

} // namespace mars
