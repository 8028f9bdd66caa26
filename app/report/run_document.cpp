// SPDX-License-Identifier: MIT
#include "run_document.h"

#include "change_text.h"
#include "reading.h"
#include "records_text.h"
#include "version.h"
#include "whose_turn.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

/// Made with "mars-check" wherever the run was.
std::string Command(std::string_view words)
{
    return fmt::format("mars-check {}", words);
}

Tone ToneOf(const Outcome& outcome)
{
    constexpr std::array kTones{Tone::kError, Tone::kWarning, Tone::kAdvice};
    return outcome.IsProblem() ? kTones[static_cast<std::size_t>(outcome.level)] : Tone::kPlain;
}

/// Makes the parts of one report in one language. What has nothing to tell is left out, with its heading.
class Writer
{
public:
    Writer(const RunReport& report, const Knowledge& knowledge, Language language)
        : m_report(report), m_knowledge(knowledge), m_language(language)
    {}

    Document Write()
    {
        m_document.title = Text("report.title");
        m_document.about = About();
        m_document.answer = AnswerText();
        AddTurns();
        AddPlan();
        AddCards("report.problems", Problems());
        AddCards("report.could_not_check", ChecksThat(OutcomeKind::kCouldNotCheck));
        AddCards("report.manual", ChecksThat(OutcomeKind::kManual));
        AddCards("report.begun", Begun());
        AddDifferences();
        AddChanges();
        AddRecords();
        AddServerFacts();
        AddAllChecks();
        if (!m_report.code.empty())
        {
            Add(Paragraph{Text("report.phone_code", {{"code", m_report.code}})});
        }
        m_document.footer =
            Text("report.made_by", {{"tool", m_report.tool}, {"version", std::string(kToolVersion)}});
        return std::move(m_document);
    }

private:
    using Checks = std::vector<const ReportedCheck*>;

    std::string Text(std::string_view id, const Facts& facts = {}) const
    {
        return m_knowledge.Text(id, m_language, facts);
    }
    template <class Content>
    void Add(Content content)
    {
        m_document.blocks.push_back({std::move(content)});
    }
    void AddHeading(std::string_view id)
    {
        Add(Heading{Text(id)});
    }

    std::vector<std::string> About() const
    {
        const MachineSummary& machine = m_report.machine;
        const std::string unknown = Text("word.unknown");
        const auto orUnknown = [&](const std::string& text) {
            return text.empty() ? unknown : ForReading(text);
        };
        std::vector<std::string> lines{Text(
            "report.machine", {{"name", orUnknown(machine.name)}, {"windows", orUnknown(machine.windows)}})};
        if (m_report.recorded)
        {
            lines.push_back(Text("report.recorded", {{"when", *m_report.recorded}}));
        }
        lines.push_back(Text("report.run",
            {{"when", m_report.started}, {"user", orUnknown(machine.user)}, {"rights", Text(RightsId())}}));
        if (machine.remoteSession)
        {
            lines.push_back(Text("report.remote_session"));
        }
        return lines;
    }

    const char* RightsId() const
    {
        const MachineSummary& machine = m_report.machine;
        return machine.system  ? "report.as_system"
            : machine.elevated ? "report.elevated"
                               : "report.not_elevated";
    }

    /// "one" and "many" are texts of their own, because languages differ in more than an ending.
    std::string Counted(const std::string& id, std::size_t count) const
    {
        return Text(id + (count == 1 ? "_one" : "_many"), {{"count", static_cast<std::int64_t>(count)}});
    }

    std::string AnswerText() const
    {
        if (m_report.checks.empty())
        {
            return Text("answer.nothing_run");
        }
        const std::size_t problems = m_report.Count(Level::kError) + m_report.Count(Level::kWarning);
        const std::size_t unchecked = m_report.Count(OutcomeKind::kCouldNotCheck);
        std::string answer = problems != 0 ? Counted("answer.problems", problems) : Text("answer.no_problem");
        const auto add = [&](const std::string& id, std::size_t count) {
            answer += count != 0 ? " " + Counted(id, count) : "";
        };
        add("answer.advice", m_report.Count(Level::kAdvice));
        add("answer.could_not_check", unchecked);
        add("answer.manual", m_report.Count(OutcomeKind::kManual));
        return answer;
    }

    Turn TurnOf(const ReportedCheck& check) const
    {
        const CheckResult& result = check.result;
        return WhoseTurn(result.outcome, check.repair, m_knowledge.HasHandoff(result.cause->id),
            m_report.machine.elevated || m_report.recorded);
    }

    std::string WordsFor(Turn turn) const
    {
        return turn == Turn::kNobody ? std::string() : Text(fmt::format("turn.{}", WordOf(turn)));
    }
    std::string ResultOf(const Outcome& outcome) const
    {
        return ResultWord(outcome, m_knowledge, m_language);
    }
    std::string HeadlineOf(const RootCause& cause, const Outcome& outcome) const
    {
        return ForReading(m_knowledge.Headline(cause.id, outcome, m_language));
    }

    const ReportedCheck* CheckOf(const RootCause* cause) const
    {
        const auto found = std::ranges::find(
            m_report.checks, cause, [](const ReportedCheck& check) { return check.result.cause; });
        return found == m_report.checks.end() ? nullptr : &*found;
    }

    // ---- What is wrong

    Checks ChecksThat(OutcomeKind kind) const
    {
        Checks checks;
        for (const ReportedCheck& check : m_report.checks)
        {
            if (check.result.outcome.kind == kind)
            {
                checks.push_back(&check);
            }
        }
        return checks;
    }

    Checks Problems() const
    {
        Checks checks = ChecksThat(OutcomeKind::kProblem);
        std::ranges::stable_sort(
            checks, std::less<>(), [](const ReportedCheck* check) { return check->result.outcome.level; });
        return checks;
    }

    /// What passed, but has a list of steps that somebody has begun and not finished.
    Checks Begun() const
    {
        Checks checks = ChecksThat(OutcomeKind::kPassed);
        std::erase_if(
            checks, [](const ReportedCheck* check) { return !HasOpenSteps(check->result.outcome.facts); });
        return checks;
    }

    void AddCards(std::string_view headingId, const Checks& checks)
    {
        if (!checks.empty())
        {
            AddHeading(headingId);
        }
        for (const ReportedCheck* check : checks)
        {
            Add(CardOf(*check));
        }
    }

    /// Told in full.
    Card CardOf(const ReportedCheck& check) const
    {
        const RootCause& cause = *check.result.cause;
        const Outcome& outcome = check.result.outcome;
        const EntryText text = m_knowledge.TextFor(cause.id, outcome, m_language);
        Card card{
            ToneOf(outcome), ResultOf(outcome), std::string(cause.code), HeadlineOf(cause, outcome), {}};
        const auto add = [&](std::string_view labelId, std::string words, bool isQuote = false) {
            if (!words.empty())
            {
                card.blocks.push_back({Labelled{Text(labelId), std::move(words), isQuote}});
            }
        };
        add("report.evidence", text.evidence);
        add("report.meaning", text.meaning);
        add("report.turn", WordsFor(TurnOf(check)));
        if (check.repair == RepairKind::kOneClick)
        {
            add("report.repair",
                Text("report.repair_hint", {{"command", Command(fmt::format("repair {}", cause.id))}}));
        }
        AddSteps(card, text);
        add("report.handoff", text.handoff, true);
        for (const Link& link : text.links)
        {
            card.blocks.push_back({link});
        }
        AddValues(card, outcome);
        return card;
    }

    static void AddSteps(Card& card, const EntryText& text)
    {
        if (text.steps.empty())
        {
            return;
        }
        List steps{{}, true};
        for (const GuidedStep& step : text.steps)
        {
            steps.items.push_back({{}, step.text});
        }
        card.blocks.push_back({Paragraph{text.stepsLabel}});
        card.blocks.push_back({std::move(steps)});
    }

    void AddValues(Card& card, const Outcome& outcome) const
    {
        Values values{Text("report.details"), {}};
        for (const auto& [name, fact] : outcome.facts)
        {
            if (name != "case")
            {
                values.values.emplace_back(name, FormatFact(fact, m_language));
            }
        }
        if (!values.values.empty())
        {
            card.blocks.push_back({std::move(values)});
        }
    }

    // ---- Whose turn it is

    /// What needs no hands comes last. What only a person can tell has a group of its own.
    void AddTurns()
    {
        List turns;
        for (const Turn turn :
            {Turn::kRepair, Turn::kSteps, Turn::kSomeoneElse, Turn::kAdministrator, Turn::kCheckAgain})
        {
            std::vector<std::string_view> codes;
            for (const ReportedCheck& check : m_report.checks)
            {
                if (TurnOf(check) == turn)
                {
                    codes.push_back(check.result.cause->code);
                }
            }
            if (!codes.empty())
            {
                turns.items.push_back({WordsFor(turn), fmt::format("{}", fmt::join(codes, ", "))});
            }
        }
        if (!turns.items.empty())
        {
            Add(std::move(turns));
        }
    }

    /// In its order.
    void AddPlan()
    {
        List steps{{}, true};
        for (const SupportStep& step : m_report.plan)
        {
            if (const ReportedCheck* check = CheckOf(step.cause))
            {
                const Outcome& outcome = check->result.outcome;
                steps.items.push_back({fmt::format("{} {}", step.cause->code, ResultOf(outcome)),
                    HeadlineOf(*step.cause, outcome), step.note});
            }
        }
        if (!steps.items.empty())
        {
            AddHeading("report.plan");
            Add(std::move(steps));
        }
    }

    // ---- What was changed

    /// What is otherwise now than when it was first looked at.
    void AddDifferences()
    {
        Table table{{Text("report.code"), Text("report.at_first"), Text("report.now"), Text("report.check")},
            {}, false, 0};
        for (const CheckResult& first : m_report.atFirst)
        {
            const ReportedCheck* now = CheckOf(first.cause);
            const std::string before = ResultOf(first.outcome);
            if (now != nullptr && before != ResultOf(now->result.outcome))
            {
                table.rows.push_back({std::string(first.cause->code), before, ResultOf(now->result.outcome),
                    HeadlineOf(*first.cause, now->result.outcome)});
            }
        }
        if (!table.rows.empty())
        {
            AddHeading("report.before_after");
            Add(std::move(table));
        }
    }

    void AddChanges()
    {
        if (m_report.changes.empty() && !m_report.changesFailure)
        {
            return;
        }
        AddHeading("report.changed");
        if (m_report.changesFailure)
        {
            Add(Paragraph{Text("report.changes_unknown",
                {{"why", m_knowledge.ExplainCode(m_report.changesFailure->code, m_language)}})});
        }
        for (const UndoItem& item : m_report.changes)
        {
            Add(CardOf(item));
        }
    }

    /// A repair that was made: by whom, what it was and is, and how it can be taken back.
    Card CardOf(const UndoItem& item) const
    {
        const JournalHeader& header = item.entry.header;
        Card card;
        const auto add = [&](std::string text) { card.blocks.push_back({Paragraph{std::move(text)}}); };
        if (!item.entry.damage.empty())
        {
            card.headline = item.entry.name;
            add(ExplainUndo(item, m_knowledge, m_language));
            return card;
        }
        card.headline = Text("undo.entry",
            {{"title", CodedTitle(header.rootCause, m_knowledge, m_language)}, {"when", header.when},
                {"who", header.who}});
        List changes;
        for (const Change& made : item.entry.plan.changes)
        {
            changes.items.push_back({{}, ChangeSentence(made, m_knowledge, m_language)});
        }
        card.blocks.push_back({std::move(changes)});
        add(ExplainUndo(item, m_knowledge, m_language));
        if (item.status == UndoStatus::kUndoable)
        {
            add(Text(
                "report.change_undo", {{"command", Command(fmt::format("undo {} --yes", item.entry.name))}}));
        }
        add(Text("report.change_context", {{"context", header.context}, {"version", header.toolVersion}}));
        return card;
    }

    // ---- The rest

    /// What the server wrote down itself.
    void AddRecords()
    {
        if (!m_report.records)
        {
            return;
        }
        List lines;
        for (std::string& line : RecordLines(*m_report.records, m_knowledge, m_language))
        {
            lines.items.push_back({{}, std::move(line)});
        }
        AddHeading("records.heading");
        Add(std::move(lines));
    }

    void AddServerFacts()
    {
        Table table{{Text("report.fact"), Text("report.value")}, {}, true};
        for (const ServerFact& fact : m_report.facts)
        {
            table.rows.push_back({Text(fmt::format("fact.{}", fact.name)), FactText(fact.value)});
        }
        AddHeading("report.server_facts");
        Add(std::move(table));
    }

    /// In the order of the catalogue.
    void AddAllChecks()
    {
        Table table{{Text("report.result"), Text("report.code"), Text("report.check")}, {}, false, 1};
        for (const ReportedCheck& check : m_report.checks)
        {
            const RootCause& cause = *check.result.cause;
            const Outcome& outcome = check.result.outcome;
            const std::string why = outcome.kind == OutcomeKind::kNotApplicable
                ? fmt::format(" ({})", m_knowledge.Explain(outcome, m_language))
                : std::string();
            table.rows.push_back(
                {ResultOf(outcome), std::string(cause.code), HeadlineOf(cause, outcome) + why});
        }
        AddHeading("report.all");
        Add(std::move(table));
    }

    std::string FactText(const Answer<Fact>& value) const
    {
        if (value)
        {
            return ForReading(FormatFact(*value, m_language));
        }
        return value.HasFailed() ? m_knowledge.ExplainCode(value.Error().code, m_language)
                                 : Text("word.none");
    }

    const RunReport& m_report;
    const Knowledge& m_knowledge;
    Language m_language;
    Document m_document;
};

} // namespace

Document RunDocument(const RunReport& report, const Knowledge& knowledge, Language language)
{
    return Writer(report, knowledge, language).Write();
}

} // namespace mars
