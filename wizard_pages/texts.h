// SPDX-License-Identifier: MIT
#pragma once

#include "change.h"
#include "knowledge.h"
#include "model/wizard_model.h"

#include <fmt/args.h>
#include <fmt/format.h>
#include <wx/string.h>

#include <string>
#include <string_view>

namespace mars
{

/// Text from a machine or from the knowledge for the screen; what cannot be shown becomes U+FFFD.
wxString ToWx(std::string_view text);
/// UTF-8.
std::string FromWx(const wxString& text);

/// Replaces {0}, {1} ... in a translated sentence.
template <class... Values>
wxString Fill(const wxString& sentence, const Values&... values)
{
    const std::string text = FromWx(sentence);
    try
    {
        return ToWx(fmt::vformat(text, fmt::make_format_args(values...)));
    }
    catch (const fmt::format_error&)
    {
        // A translation with broken braces, which tests/check_translations.cmake finds.
        return sentence;
    }
}

/// Texts of the knowledge in the language of this wizard.
class Words
{
public:
    Words(const Knowledge& knowledge, Language language) : m_knowledge(&knowledge), m_language(language) {}

    const Knowledge& From() const
    {
        return *m_knowledge;
    }
    Language In() const
    {
        return m_language;
    }

    wxString Text(std::string_view id, const Facts& facts = {}) const
    {
        return ToWx(m_knowledge->Text(id, m_language, facts));
    }
    wxString Title(const RootCause& cause) const
    {
        return ToWx(m_knowledge->Title(cause.id, m_language));
    }
    /// What a list says of the check. `result` is null while there is none, and while it is checked again.
    wxString Headline(const RootCause& cause, const CheckResult* result) const
    {
        return result == nullptr ? ToWx(m_knowledge->Subject(cause.id, m_language))
                                 : ToWx(m_knowledge->Headline(cause.id, result->outcome, m_language));
    }
    wxString Section(std::string_view id) const
    {
        return Text(fmt::format("section.{}", id));
    }
    wxString State(RowState state) const;
    wxString WhoseTurn(Turn turn) const
    {
        return Text(fmt::format("turn.{}", WordOf(turn)));
    }
    wxString Result(const Outcome& outcome) const
    {
        return State(StateOf(outcome));
    }
    /// Also for what was not read: why.
    wxString Value(const Answer<Fact>& value) const;
    wxString Code(std::uint32_t code) const
    {
        return ToWx(m_knowledge->ExplainCode(code, m_language));
    }

private:
    const Knowledge* m_knowledge;
    Language m_language;
};

/// "2 problems", "Checking...", "In order": a page at a glance, in two or three words.
wxString SummaryWords(const SectionSummary& summary, const Words& words);
/// The same as a sentence below the page's heading.
wxString SummarySentence(const SectionSummary& summary);
/// " Restart the server: ..." with the codes of what was repaired; empty where nothing waits for it.
wxString RestartSentence(const std::vector<const RootCause*>& waiting, const Words& words);
/// "Open Services"; empty for a tool that opens nothing.
wxString ToolWords(std::string_view tool);
/// The verb of the button that makes these changes.
wxString ApplyVerb(const std::vector<Change>& changes);

} // namespace mars
