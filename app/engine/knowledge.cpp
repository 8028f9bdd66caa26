// SPDX-License-Identifier: MIT
#include "knowledge.h"

#include "fact_text.h"
#include "whose_turn.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mars
{

namespace
{

constexpr const char* kLang = "xml:lang";
constexpr const char* kStepFact = "step_";

/// The entry's <case> for an outcome: the one that its facts name, else the one of its kind.
pugi::xml_node CaseFor(const pugi::xml_node& entry, const Outcome& outcome)
{
    // What could not be checked or does not apply is none of the entry's cases, whatever was seen on the way.
    const bool concluded =
        outcome.kind != OutcomeKind::kCouldNotCheck && outcome.kind != OutcomeKind::kNotApplicable;
    const std::string named = concluded ? outcome.Text("case") : std::string();
    const std::string kind(WordOf(outcome.kind));
    for (const std::string& name : {named, kind})
    {
        const pugi::xml_node found =
            name.empty() ? pugi::xml_node() : entry.find_child_by_attribute("case", "name", name.c_str());
        if (found)
        {
            return found;
        }
    }
    return {};
}

/// A fact that says something: no fact, "no" and an empty list say nothing.
bool Says(const Facts& facts, const std::string& name)
{
    const auto fact = facts.find(name);
    if (fact == facts.end())
    {
        return false;
    }
    const bool* yes = std::get_if<bool>(&fact->second);
    const auto* findings = std::get_if<std::vector<Finding>>(&fact->second);
    return (yes == nullptr || *yes) && (findings == nullptr || !findings->empty());
}

/// when="fact fact" and unless="fact": a step, one of its wordings, or a handoff that is only for some
/// situations.
bool IsForNow(const pugi::xml_node& step, const Facts& facts)
{
    const auto all = [&](const char* attribute, bool wanted) {
        const auto names = Split(step.attribute(attribute).value(), ' ');
        return std::ranges::all_of(
            names, [&](const std::string& name) { return name.empty() || Says(facts, name) == wanted; });
    };
    return all("when", true) && all("unless", false);
}

/// The state of the step whose check="name" is the fact step_<name>: done, open or unknown. `waiting` is true
/// from the first step on that is not done.
std::optional<GuidedState> StateOfStep(const pugi::xml_node& step, const Facts& facts, bool& waiting)
{
    const auto fact = facts.find(kStepFact + std::string(step.attribute("check").value()));
    const std::string* word = fact == facts.end() ? nullptr : std::get_if<std::string>(&fact->second);
    if (word == nullptr)
    {
        return std::nullopt;
    }
    if (*word == "done")
    {
        return GuidedState::kDone;
    }
    const bool first = !std::exchange(waiting, true);
    return !first ? GuidedState::kNotYet : *word == "open" ? GuidedState::kNext : GuidedState::kUnknown;
}

bool IsTranslation(const pugi::xml_node& node)
{
    return static_cast<bool>(node.attribute(kLang));
}

} // namespace

std::string LocalText(const pugi::xml_node& node, Language language)
{
    pugi::xml_node chosen = node;
    const std::string wanted(WordOf(language));
    for (pugi::xml_node next = node.next_sibling(node.name()); next && IsTranslation(next);
         next = next.next_sibling(node.name()))
    {
        if (next.attribute(kLang).value() == wanted)
        {
            chosen = next;
        }
    }
    std::string folded;
    for (const char* c = chosen.text().get(); *c != 0; ++c)
    {
        const bool space = *c == ' ' || *c == '\n' || *c == '\t' || *c == '\r';
        if (!space)
        {
            folded += *c;
        }
        else if (!folded.empty() && folded.back() != ' ')
        {
            folded += ' ';
        }
    }
    return std::string(Trim(folded));
}

bool HasOpenSteps(const Facts& facts)
{
    return std::ranges::any_of(facts, [](const auto& fact) {
        return fact.first.starts_with(kStepFact) && fact.second != Fact(std::string("done"));
    });
}

Knowledge::Knowledge(std::span<const EmbeddedFile> files)
{
    for (const EmbeddedFile& file : files)
    {
        auto document = std::make_unique<pugi::xml_document>();
        const pugi::xml_parse_result result = document->load_buffer(file.bytes.data(), file.bytes.size());
        const pugi::xml_node root = document->document_element();
        if (!result)
        {
            m_problems.push_back(fmt::format("{}: {}", file.name, result.description()));
            continue;
        }
        if (std::string_view(root.name()) == "entry"
            && !m_entries.emplace(root.attribute("id").value(), root).second)
        {
            m_problems.push_back(fmt::format("{}: id {} twice", file.name, root.attribute("id").value()));
        }
        if (std::string_view(root.name()) == "interface")
        {
            LoadTexts(root);
        }
        if (std::string_view(root.name()) == "subjects")
        {
            LoadSubjects(root);
        }
        m_documents.push_back(std::move(document));
    }
}

void Knowledge::LoadTexts(const pugi::xml_node& root)
{
    for (const pugi::xml_node text : root.children("text"))
    {
        if (!IsTranslation(text) && !m_texts.emplace(text.attribute("id").value(), text).second)
        {
            m_problems.push_back(fmt::format("text {} twice", text.attribute("id").value()));
        }
    }
}

void Knowledge::LoadSubjects(const pugi::xml_node& root)
{
    const auto load = [&](const char* name, auto& texts) {
        for (const pugi::xml_node text : root.children(name))
        {
            if (!IsTranslation(text) && !texts.emplace(text.attribute("id").value(), text).second)
            {
                m_problems.push_back(fmt::format("{} {} twice", name, text.attribute("id").value()));
            }
        }
    };
    load("subject", m_subjects);
    load("question", m_questions);
}

pugi::xml_node Knowledge::Entry(std::string_view id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? pugi::xml_node() : found->second;
}

std::vector<pugi::xml_node> Knowledge::Roots(std::string_view name) const
{
    std::vector<pugi::xml_node> roots;
    for (const auto& document : m_documents)
    {
        if (document->document_element().name() == name)
        {
            roots.push_back(document->document_element());
        }
    }
    return roots;
}

bool Knowledge::HasEntry(std::string_view id) const
{
    return m_entries.contains(id);
}

bool Knowledge::HasText(std::string_view id) const
{
    return m_texts.contains(id);
}

std::optional<Refuted> Knowledge::RefutedBySuccess(std::string_view id, const Outcome& problem) const
{
    Refuted refuted{};
    return FromWord(CaseFor(Entry(id), problem).attribute("refuted_by_success").value(), refuted)
        ? std::optional(refuted)
        : std::nullopt;
}

std::string Knowledge::Title(std::string_view id, Language language) const
{
    const pugi::xml_node entry = Entry(id);
    return entry ? LocalText(entry.child("title"), language) : std::string(id);
}

std::string Knowledge::Subject(std::string_view id, Language language) const
{
    const auto found = m_subjects.find(id);
    return found == m_subjects.end() ? Title(id, language) : LocalText(found->second, language);
}

std::string Knowledge::Headline(std::string_view id, const Outcome& outcome, Language language) const
{
    if (outcome.kind == OutcomeKind::kProblem)
    {
        const pugi::xml_node named = CaseFor(Entry(id), outcome).child("title");
        return named ? FillIn(LocalText(named, language), outcome.facts, language) : Title(id, language);
    }
    if (outcome.kind == OutcomeKind::kManual)
    {
        const auto question = m_questions.find(id);
        return question == m_questions.end() ? Title(id, language) : LocalText(question->second, language);
    }
    if (outcome.kind != OutcomeKind::kPassed)
    {
        return Subject(id, language);
    }
    if (outcome.facts.contains(kWorksAnyway))
    {
        Facts facts = outcome.facts;
        facts["title"] = Title(id, language);
        return Text("works_anyway.headline", language, facts);
    }
    const std::string meaning = LocalText(CaseFor(Entry(id), outcome).child("meaning"), language);
    // Before the facts are filled in, because they have full stops of their own.
    std::string sentence = meaning.substr(0, meaning.find(". "));
    if (sentence.ends_with('.'))
    {
        sentence.pop_back();
    }
    return sentence.empty() ? Subject(id, language) : FillIn(sentence, outcome.facts, language);
}

void Knowledge::SayThatItWorks(const Outcome& outcome, Language language, EntryText& text) const
{
    const bool passed = outcome.kind == OutcomeKind::kPassed;
    const std::string works =
        Text(passed ? "works_anyway.passed" : "works_anyway.advice", language, outcome.facts);
    text.meaning = passed ? works : works + " " + text.meaning;
}

EntryText Knowledge::TextFor(std::string_view id, const Outcome& outcome, Language language) const
{
    EntryText text;
    const pugi::xml_node entry = Entry(id);
    text.title = Headline(id, outcome, language);
    text.checkedOn = entry.attribute("checked").value();
    const pugi::xml_node chosen = CaseFor(entry, outcome);
    if (chosen)
    {
        text.meaning = FillIn(LocalText(chosen.child("meaning"), language), outcome.facts, language);
        text.evidence = FillIn(LocalText(chosen.child("evidence"), language), outcome.facts, language);
    }
    if (outcome.kind == OutcomeKind::kCouldNotCheck)
    {
        text.meaning = Text("outcome.could_not_check", language);
    }
    if (text.evidence.empty())
    {
        text.evidence = Explain(outcome, language);
    }
    if (text.evidence == text.title)
    {
        // The question, which is asked once.
        text.evidence.clear();
    }
    AddSteps(id, outcome, language, text);
    if (outcome.facts.contains(kWorksAnyway))
    {
        SayThatItWorks(outcome, language, text);
    }
    for (const pugi::xml_node link : entry.children("link"))
    {
        if (!IsTranslation(link))
        {
            text.links.push_back({LocalText(link, language), link.attribute("url").value()});
        }
    }
    for (const pugi::xml_node source : entry.children("source"))
    {
        text.sources.push_back({source.attribute("url").value(), source.attribute("date").value()});
    }
    return text;
}

void Knowledge::AddSteps(
    std::string_view id, const Outcome& outcome, Language language, EntryText& text) const
{
    const pugi::xml_node entry = Entry(id);
    const bool begun = outcome.kind == OutcomeKind::kPassed && HasOpenSteps(outcome.facts);
    const bool manual = outcome.kind == OutcomeKind::kManual;
    // <case offers_steps="yes">: what the steps do is harmless and of use although nothing is wrong.
    const bool offered = outcome.kind == OutcomeKind::kPassed
        && std::string_view(CaseFor(entry, outcome).attribute("offers_steps").value()) == "yes";
    if (outcome.kind == OutcomeKind::kCouldNotCheck)
    {
        text.stepsLabel = Text("report.steps_unchecked", language);
        text.steps = StepsToGetItChecked(id, outcome, language);
    }
    else if (outcome.IsProblem() || manual || begun || offered)
    {
        text.stepsLabel = Text(manual ? "report.steps_if_so"
                : offered && !begun   ? "report.steps_offered"
                                      : "report.steps",
            language);
        text.steps = StepsOf(entry, outcome.facts, language);
    }
    if ((outcome.IsProblem() || manual) && entry.child("handoff")
        && IsForNow(entry.child("handoff"), outcome.facts))
    {
        text.handoff = FillIn(LocalText(entry.child("handoff"), language), outcome.facts, language);
    }
}

std::vector<GuidedStep> Knowledge::StepsToGetItChecked(
    std::string_view id, const Outcome& outcome, Language language) const
{
    const std::uint32_t code = outcome.error ? outcome.error->code : 0;
    const std::string why = NeedsAdministrator(outcome) ? "rights"
        : code == code::kTimeout                        ? "time"
        : code == code::kNotRecorded                    ? "recording"
                                                        : "other";
    std::vector<GuidedStep> steps;
    for (const char* number : {"_1", "_2"})
    {
        if (const std::string step = "unchecked." + why + number; HasText(step))
        {
            steps.push_back({Text(step, language, {{"check", std::string(id)}}), {}, {}});
        }
    }
    return steps;
}

std::vector<GuidedStep> Knowledge::StepsOf(
    const pugi::xml_node& entry, const Facts& facts, Language language) const
{
    std::vector<GuidedStep> steps;
    bool waiting = false;
    for (const pugi::xml_node node : entry.child("guided").children("step"))
    {
        if (IsTranslation(node) || !IsForNow(node, facts))
        {
            continue;
        }
        GuidedStep step{FillIn(LocalText(node, language), facts, language), node.attribute("tool").value(),
            StateOfStep(node, facts, waiting)};
        if (step.state)
        {
            step.text = Text(fmt::format("guided.{}", WordOf(*step.state)), language, {{"step", step.text}});
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

std::vector<AnsweredError> Knowledge::AnsweredErrors() const
{
    std::vector<AnsweredError> errors;
    for (const auto& [id, entry] : m_entries)
    {
        for (const pugi::xml_node answer : entry.children("answers"))
        {
            errors.push_back({id, answer.attribute("error").value(), answer.attribute("message").value()});
        }
    }
    return errors;
}

std::string Knowledge::Text(std::string_view id, Language language, const Facts& facts) const
{
    const auto found = m_texts.find(id);
    return found == m_texts.end() ? fmt::format("[{}]", id)
                                  : FillIn(LocalText(found->second, language), facts, language);
}

std::string Knowledge::Explain(const Outcome& outcome, Language language) const
{
    switch (outcome.kind)
    {
    case OutcomeKind::kNotApplicable:
        return Text("reason." + outcome.reason, language);
    case OutcomeKind::kCouldNotCheck:
        return outcome.error ? ExplainCode(outcome.error->code, language)
                             : Text("outcome.could_not_check", language);
    default:
        return Text(fmt::format("outcome.{}", WordOf(outcome.kind)), language);
    }
}

std::string Knowledge::ExplainCode(std::uint32_t code, Language language) const
{
    const std::string known = fmt::format("code.{}", code);
    return Text(HasText(known) ? known : "code.other", language,
        {{"code", std::to_string(code)}, {"hex", fmt::format("0x{:08X}", code)}});
}

const Knowledge& BuiltInKnowledge()
{
    static const Knowledge knowledge(EmbeddedKnowledge());
    return knowledge;
}

} // namespace mars
