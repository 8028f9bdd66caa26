// SPDX-License-Identifier: MIT
#pragma once

#include "embedded.h"
#include "fact_text.h"
#include "language.h"
#include "outcome.h"
#include "root_cause.h"

#include <pugixml.hpp>

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// How far a step of a list has come that the check can follow.
enum class GuidedState
{
    kDone,
    /// The one to take now.
    kNext,
    /// An earlier step is not verified.
    kNotYet,
    /// Whether it is done could not be found out; the steps after it wait.
    kUnknown,
};
MARS_WORDS(GuidedState, "done", "next", "not_yet", "unknown");

/// What is left of a problem that a success disproves.
enum class Refuted
{
    kPassed,
    kAdvice,
};
MARS_WORDS(Refuted, "passed", "advice");

struct GuidedStep
{
    /// Begins with the word for its state, where it has one.
    std::string text;
    /// A name of the closed list of tools; empty when the step opens none.
    std::string tool;
    std::optional<GuidedState> state;
};

struct Link
{
    std::string text;
    std::string url;
};

struct Source
{
    std::string url;
    std::string date;
};

/// All texts about one root cause and one outcome, in one language, with the facts filled in.
struct EntryText
{
    /// As Knowledge::Headline.
    std::string title;
    /// What it means for the backups.
    std::string meaning;
    /// What was found.
    std::string evidence;
    /// What the steps are for: "What to do:", "If so, what to do:". Empty where there is none.
    std::string stepsLabel;
    /// Steps that belong to somebody: of a problem, of what only a person can tell, of what was begun or is
    /// offered although nothing is wrong; for what could not be checked, how to get it checked.
    std::vector<GuidedStep> steps;
    /// For the network team or the portal's owner; empty when nobody else has to act.
    std::string handoff;
    std::vector<Link> links;
    std::vector<Source> sources;
    /// YYYY-MM-DD: when the entry was last checked against its sources.
    std::string checkedOn;
};

/// A documented error that an entry answers: a number as documented, or a message text.
struct AnsweredError
{
    std::string id;
    std::string number;
    std::string message;
};

/// The texts that are linked into the program: knowledge/**/*.xml merged with its translations. Holds text
/// and links only, nothing that is executed.
class Knowledge
{
public:
    explicit Knowledge(std::span<const EmbeddedFile> files);

    /// What is wrong with the files themselves; empty in a good build.
    const std::vector<std::string>& Problems() const
    {
        return m_problems;
    }

    bool HasEntry(std::string_view id) const;
    /// What a problem becomes where backups succeed in spite of it: <case refuted_by_success="passed"> or
    /// "advice". Nothing where a success says nothing about it.
    std::optional<Refuted> RefutedBySuccess(std::string_view id, const Outcome& problem) const;
    /// There is a text to send to somebody else who has to act.
    bool HasHandoff(std::string_view id) const
    {
        return static_cast<bool>(Entry(id).child("handoff"));
    }
    /// The problem.
    std::string Title(std::string_view id, Language language) const;
    /// What the check looks at: says neither that it is in order nor that it is not.
    std::string Subject(std::string_view id, Language language) const;
    /// What a list says of a check that ended so: the title of the problem that was found; when it passed,
    /// the first sentence of what that means; the question that only a person can answer; else the subject. A
    /// problem's title beside "passed" or "could not check" would assert what nobody found.
    std::string Headline(std::string_view id, const Outcome& outcome, Language language) const;
    EntryText TextFor(std::string_view id, const Outcome& outcome, Language language) const;
    std::vector<AnsweredError> AnsweredErrors() const;
    /// The <entry> itself, for the catalogue test; null when there is none.
    pugi::xml_node Entry(std::string_view id) const;
    /// The document elements of this name: "entry", "errors".
    std::vector<pugi::xml_node> Roots(std::string_view name) const;

    /// A text of interface.xml, with its {names} filled in. An unknown id comes back in brackets.
    std::string Text(std::string_view id, Language language, const Facts& facts = {}) const;
    bool HasText(std::string_view id) const;

    /// "Not checked: ..." and the like: what an outcome says apart from its root cause.
    std::string Explain(const Outcome& outcome, Language language) const;
    /// What an error code means, with the code in decimal and hex.
    std::string ExplainCode(std::uint32_t code, Language language) const;

private:
    void LoadTexts(const pugi::xml_node& root);
    void LoadSubjects(const pugi::xml_node& root);
    void AddSteps(std::string_view id, const Outcome& outcome, Language language, EntryText& text) const;
    std::vector<GuidedStep> StepsToGetItChecked(
        std::string_view id, const Outcome& outcome, Language language) const;
    void SayThatItWorks(const Outcome& outcome, Language language, EntryText& text) const;
    std::vector<GuidedStep> StepsOf(const pugi::xml_node& entry, const Facts& facts, Language language) const;

    std::vector<std::unique_ptr<pugi::xml_document>> m_documents;
    std::map<std::string, pugi::xml_node, std::less<>> m_entries;
    std::map<std::string, pugi::xml_node, std::less<>> m_texts;
    /// By the id of the root cause; <subject> and <question> of subjects.xml.
    std::map<std::string, pugi::xml_node, std::less<>> m_subjects;
    std::map<std::string, pugi::xml_node, std::less<>> m_questions;
    std::vector<std::string> m_problems;
};

/// The one that is linked into this program.
const Knowledge& BuiltInKnowledge();

/// The text of `node` in this language, from the xml:lang sibling that follows it, else its own. White space
/// is folded to single blanks.
std::string LocalText(const pugi::xml_node& node, Language language);

/// The check follows the entry's steps now, and not all of them are done.
bool HasOpenSteps(const Facts& facts);

} // namespace mars
