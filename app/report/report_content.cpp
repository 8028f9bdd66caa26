// SPDX-License-Identifier: MIT
#include "report_content.h"

#include "change_text.h"
#include "json.h"
#include "records_text.h"
#include "steering_characters.h"
#include "version.h"
#include "whose_turn.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

/// Makes the rows and sentences of one report in one language.
class Writer
{
public:
    Writer(const RunReport& report, const Knowledge& knowledge, Language language)
        : m_report(report), m_knowledge(knowledge), m_language(language)
    {}

    ReportContent Write() const
    {
        ReportContent content;
        content.title = Text("report.title");
        content.about = About();
        content.answer = AnswerText();
        content.turns = Turns();
        content.plan = PlanSteps();
        AddGroup(content, "report.problems", Problems());
        AddGroup(content, "report.could_not_check", RowsOf(OutcomeKind::kCouldNotCheck));
        AddGroup(content, "report.manual", RowsOf(OutcomeKind::kManual));
        AddGroup(content, "report.begun", Begun());
        content.beforeAfter = Differences();
        content.changes = Changes();
        content.changesUnknown = ChangesUnknown();
        if (m_report.records)
        {
            content.records = RecordLines(*m_report.records, m_knowledge, m_language);
        }
        content.serverFacts = ServerFactTexts();
        for (const ReportedCheck& check : m_report.checks)
        {
            content.all.push_back(RowOf(check));
        }
        content.code =
            m_report.code.empty() ? std::string() : Text("report.phone_code", {{"code", m_report.code}});
        content.madeBy =
            Text("report.made_by", {{"tool", m_report.tool}, {"version", std::string(kToolVersion)}});
        return content;
    }

private:
    std::string Text(std::string_view id, const Facts& facts = {}) const
    {
        return m_knowledge.Text(id, m_language, facts);
    }

    static void AddGroup(ReportContent& content, std::string heading, std::vector<ReportRow> rows)
    {
        if (!rows.empty())
        {
            content.groups.push_back({std::move(heading), std::move(rows)});
        }
    }
    void AddGroup(ReportContent& content, const char* headingId, std::vector<ReportRow> rows) const
    {
        AddGroup(content, Text(headingId), std::move(rows));
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

    /// What needs no hands comes last. What only a person can tell has a group of its own.
    std::vector<LabelledText> Turns() const
    {
        std::vector<LabelledText> turns;
        for (const Turn turn :
            {Turn::kRepair, Turn::kSteps, Turn::kSomeoneElse, Turn::kAdministrator, Turn::kCheckAgain})
        {
            std::string codes;
            for (const ReportedCheck& check : m_report.checks)
            {
                if (TurnOf(check) == turn)
                {
                    codes += (codes.empty() ? "" : ", ") + std::string(check.result.cause->code);
                }
            }
            if (!codes.empty())
            {
                turns.emplace_back(WordsFor(turn), std::move(codes));
            }
        }
        return turns;
    }

    const ReportedCheck* CheckOf(const RootCause* cause) const
    {
        const auto found = std::ranges::find(
            m_report.checks, cause, [](const ReportedCheck& check) { return check.result.cause; });
        return found == m_report.checks.end() ? nullptr : &*found;
    }

    std::vector<ReportedStep> PlanSteps() const
    {
        std::vector<ReportedStep> steps;
        for (const SupportStep& step : m_report.plan)
        {
            if (const ReportedCheck* check = CheckOf(step.cause))
            {
                const ReportRow row = RowOf(*check);
                steps.push_back({step.cause, row.result, row.headline, ForReading(step.note)});
            }
        }
        return steps;
    }

    std::vector<ReportedDifference> Differences() const
    {
        std::vector<ReportedDifference> differences;
        for (const CheckResult& first : m_report.atFirst)
        {
            const ReportedCheck* now = CheckOf(first.cause);
            if (now == nullptr)
            {
                continue;
            }
            const Outcome& outcome = now->result.outcome;
            const std::string before = ResultWord(first.outcome, m_knowledge, m_language);
            const std::string after = ResultWord(outcome, m_knowledge, m_language);
            if (before != after)
            {
                differences.push_back({first.cause,
                    ForReading(m_knowledge.Headline(first.cause->id, outcome, m_language)), before, after});
            }
        }
        return differences;
    }

    std::vector<ReportedChange> Changes() const
    {
        std::vector<ReportedChange> changes;
        for (const UndoItem& item : m_report.changes)
        {
            changes.push_back(ChangeOf(item));
        }
        return changes;
    }

    ReportedChange ChangeOf(const UndoItem& item) const
    {
        const JournalHeader& header = item.entry.header;
        if (!item.entry.damage.empty())
        {
            return {ForReading(item.entry.name), {}, {}, ExplainUndo(item, m_knowledge, m_language), {}};
        }
        ReportedChange change;
        change.title = Text("undo.entry",
            {{"title", ForReading(CodedTitle(header.rootCause, m_knowledge, m_language))},
                {"when", header.when}, {"who", ForReading(header.who)}});
        change.context = Text("report.change_context",
            {{"context", ForReading(header.context)}, {"version", ForReading(header.toolVersion)}});
        for (const Change& made : item.entry.plan.changes)
        {
            change.changes.push_back(ForReading(ChangeSentence(made, m_knowledge, m_language)));
        }
        change.state = ForReading(ExplainUndo(item, m_knowledge, m_language));
        if (item.status == UndoStatus::kUndoable)
        {
            change.undo = Text("report.change_undo",
                {{"command", fmt::format("mars-check undo {} --yes", item.entry.name)}});
        }
        return change;
    }

    std::string ChangesUnknown() const
    {
        return m_report.changesFailure ? Text("report.changes_unknown",
                   {{"why", m_knowledge.ExplainCode(m_report.changesFailure->code, m_language)}})
                                       : std::string();
    }

    ReportRow RowOf(const ReportedCheck& check) const
    {
        const CheckResult& result = check.result;
        ReportRow row{&check, ResultWord(result.outcome, m_knowledge, m_language),
            ForReading(m_knowledge.Headline(result.cause->id, result.outcome, m_language)),
            WordsFor(TurnOf(check)), m_knowledge.TextFor(result.cause->id, result.outcome, m_language), {}};
        for (const auto& [name, fact] : result.outcome.facts)
        {
            if (name != "case")
            {
                row.facts.emplace_back(name, ForReading(FormatFact(fact, m_language)));
            }
        }
        return row;
    }

    std::vector<ReportRow> RowsOf(OutcomeKind kind) const
    {
        std::vector<ReportRow> rows;
        for (const ReportedCheck& check : m_report.checks)
        {
            if (check.result.outcome.kind == kind)
            {
                rows.push_back(RowOf(check));
            }
        }
        return rows;
    }

    std::vector<ReportRow> Problems() const
    {
        std::vector<ReportRow> rows = RowsOf(OutcomeKind::kProblem);
        std::ranges::stable_sort(
            rows, std::less<>(), [](const ReportRow& row) { return row.check->result.outcome.level; });
        return rows;
    }

    /// What passed, but has a list of steps that somebody has begun and not finished.
    std::vector<ReportRow> Begun() const
    {
        std::vector<ReportRow> rows = RowsOf(OutcomeKind::kPassed);
        std::erase_if(
            rows, [](const ReportRow& row) { return !HasOpenSteps(row.check->result.outcome.facts); });
        return rows;
    }

    std::vector<LabelledText> ServerFactTexts() const
    {
        std::vector<LabelledText> texts;
        for (const ServerFact& fact : m_report.facts)
        {
            texts.emplace_back(Text(fmt::format("fact.{}", fact.name)), FactText(fact.value));
        }
        return texts;
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
};

std::size_t LengthOfCharacter(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

char32_t CharacterAt(std::string_view utf8, std::size_t at, std::size_t length)
{
    constexpr unsigned char kFirstByteBits[] = {0x7F, 0x1F, 0x0F, 0x07};
    char32_t c = static_cast<unsigned char>(utf8[at]) & kFirstByteBits[length - 1];
    for (std::size_t i = 1; i < length; ++i)
    {
        c = (c << 6) | (static_cast<unsigned char>(utf8[at + i]) & 0x3F);
    }
    return c;
}

} // namespace

ReportContent MakeReportContent(const RunReport& report, const Knowledge& knowledge, Language language)
{
    return Writer(report, knowledge, language).Write();
}

std::string ResultWord(const Outcome& outcome, const Knowledge& knowledge, Language language)
{
    return outcome.IsProblem() ? knowledge.Text(fmt::format("level.{}", WordOf(outcome.level)), language)
                               : knowledge.Text(fmt::format("result.{}", WordOf(outcome.kind)), language);
}

std::string ForReading(std::string_view text)
{
    const std::string utf8 = ToValidUtf8(text);
    std::string out;
    for (std::size_t at = 0; at < utf8.size();)
    {
        const std::size_t length = LengthOfCharacter(static_cast<unsigned char>(utf8[at]));
        out += SteersText(CharacterAt(utf8, at, length)) ? " " : utf8.substr(at, length);
        at += length;
    }
    return out;
}

} // namespace mars
