// SPDX-License-Identifier: MIT
#include "console_text.h"

#include "change_text.h"
#include "records_text.h"
#include "report_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mars
{

namespace
{

/// Characters, not bytes.
std::size_t WidthOf(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string Padded(std::string_view text, std::size_t width)
{
    const std::size_t used = WidthOf(text);
    return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

/// The texts and their layout in one language.
class Page
{
public:
    Page(const Knowledge& knowledge, Language language) : m_knowledge(knowledge), m_language(language) {}

    std::string Text(std::string_view id, const Facts& facts = {}) const
    {
        return m_knowledge.Text(id, m_language, facts);
    }
    const Knowledge& Texts() const
    {
        return m_knowledge;
    }
    Language InLanguage() const
    {
        return m_language;
    }

    void Line(std::string_view text, std::string_view first = {})
    {
        m_out += Wrap(text, first);
    }
    void Blank()
    {
        m_out += '\n';
    }
    void Heading(std::string_view text)
    {
        m_out += fmt::format("{}{}\n{}\n", m_out.empty() ? "" : "\n", text, std::string(WidthOf(text), '-'));
    }
    /// "Label: text", the label once.
    void Labelled(std::string_view labelId, std::string_view text)
    {
        if (!text.empty())
        {
            Line(fmt::format("{} {}", Text(labelId), ForReading(text)), "   ");
        }
    }
    std::string Take()
    {
        return std::move(m_out);
    }

private:
    const Knowledge& m_knowledge;
    Language m_language;
    std::string m_out;
};

void AddSteps(Page& page, const EntryText& text)
{
    for (std::size_t i = 0; i < text.steps.size(); ++i)
    {
        page.Line(ForReading(text.steps[i].text), fmt::format("   {}. ", i + 1));
    }
}

void AddLinks(Page& page, const EntryText& text)
{
    for (const Link& link : text.links)
    {
        page.Line(fmt::format("{}: {}", link.text, link.url), "   - ");
    }
}

void AddRow(Page& page, const ReportRow& row)
{
    const RootCause& cause = row.Cause();
    page.Blank();
    page.Line(row.headline, fmt::format("{}  {}  ", row.result, cause.code));
    page.Labelled("report.evidence", row.text.evidence);
    page.Labelled("report.meaning", row.text.meaning);
    page.Labelled("report.turn", row.turn);
    if (row.check->repair == RepairKind::kOneClick)
    {
        page.Labelled("report.repair",
            page.Text("report.repair_hint", {{"command", fmt::format("mars-check repair {}", cause.id)}}));
    }
    if (!row.text.steps.empty())
    {
        page.Line(row.text.stepsLabel, "   ");
        AddSteps(page, row.text);
    }
    page.Labelled("report.handoff", row.text.handoff);
    AddLinks(page, row.text);
}

void AddAllRows(Page& page, const ReportContent& content)
{
    page.Heading(page.Text("report.all"));
    std::size_t width = 0;
    for (const ReportRow& row : content.all)
    {
        width = std::max(width, WidthOf(row.result));
    }
    for (const ReportRow& row : content.all)
    {
        const Outcome& outcome = row.check->result.outcome;
        const std::string why = outcome.kind == OutcomeKind::kNotApplicable
            ? fmt::format(" ({})", page.Texts().Explain(outcome, page.InLanguage()))
            : std::string();
        page.Line(row.headline + why,
            fmt::format("{}  {}  ", Padded(row.result, width), Padded(row.Cause().code, 4)));
    }
}

void AddPlanSteps(Page& page, const ReportContent& content)
{
    page.Heading(page.Text("report.plan"));
    for (std::size_t i = 0; i < content.plan.size(); ++i)
    {
        const ReportedStep& step = content.plan[i];
        page.Line(fmt::format("{}  {}: {}", step.cause->code, step.result, step.headline),
            fmt::format("{}. ", i + 1));
        if (!step.note.empty())
        {
            page.Line(step.note, "   ");
        }
    }
}

void AddDifferences(Page& page, const ReportContent& content)
{
    if (content.beforeAfter.empty())
    {
        return;
    }
    page.Heading(page.Text("report.before_after"));
    for (const ReportedDifference& difference : content.beforeAfter)
    {
        page.Line(fmt::format("{} -> {}: {}", difference.atFirst, difference.now, difference.headline),
            fmt::format("{}  ", Padded(difference.cause->code, 4)));
    }
}

void AddChanges(Page& page, const ReportContent& content)
{
    if (content.changes.empty() && content.changesUnknown.empty())
    {
        return;
    }
    page.Heading(page.Text("report.changed"));
    if (!content.changesUnknown.empty())
    {
        page.Line(content.changesUnknown);
    }
    for (const ReportedChange& change : content.changes)
    {
        page.Line(change.title, "- ");
        for (const std::string& line : change.changes)
        {
            page.Line(line, "  - ");
        }
        for (const std::string& line : {change.context, change.state, change.undo})
        {
            if (!line.empty())
            {
                page.Line(line, "  ");
            }
        }
    }
}

void AddRecords(Page& page, const std::vector<std::string>& records)
{
    page.Heading(page.Text("records.heading"));
    for (const std::string& line : records)
    {
        page.Line(line, "- ");
    }
}

void AddServerFacts(Page& page, const ReportContent& content)
{
    page.Heading(page.Text("report.server_facts"));
    std::size_t width = 0;
    for (const LabelledText& fact : content.serverFacts)
    {
        width = std::max(width, WidthOf(fact.first));
    }
    for (const LabelledText& fact : content.serverFacts)
    {
        page.Line(fact.second, fmt::format("{}  ", Padded(fact.first, width)));
    }
}

void AddStep(Page& page, const RepairStep& step, std::size_t number)
{
    const std::string first = fmt::format("{}. ", number);
    page.Line(ForReading(ChangeSentence(step.change, page.Texts(), page.InLanguage())), first);
    const std::string indent(first.size(), ' ');
    for (const std::string& warning : ChangeWarnings(step.change, page.Texts(), page.InLanguage()))
    {
        page.Line(warning, indent);
    }
    if (step.result != StepResult::kPending || step.error)
    {
        page.Line(StepWords(step, page.Texts(), page.InLanguage()), indent);
    }
    if (step.facts.contains(kNeedsRestart))
    {
        page.Line(page.Text("step.needs_restart"), indent);
    }
}

void AddPlan(Page& page, const std::vector<RepairStep>& steps)
{
    for (std::size_t i = 0; i < steps.size(); ++i)
    {
        AddStep(page, steps[i], i + 1);
    }
}

void AddOutcome(Page& page, std::string_view labelId, const RootCause& cause, const Outcome& outcome)
{
    const EntryText text = page.Texts().TextFor(cause.id, outcome, page.InLanguage());
    page.Line(fmt::format("{} {}. {}", page.Text(labelId),
        ResultWord(outcome, page.Texts(), page.InLanguage()), ForReading(text.evidence)));
}

/// What helps where no document does: the checks, the log and the report.
void AddNextSteps(Page& page)
{
    static constexpr std::array kSteps{std::pair("explain.next.checks", "mars-check run"),
        std::pair("explain.next.log", "mars-check explain --records"),
        std::pair("explain.next.report", "mars-check run --format html --out report.html")};
    for (const auto& [text, command] : kSteps)
    {
        page.Line(page.Text(text), "- ");
        page.Line(command, "  ");
    }
}

} // namespace

std::string Wrap(std::string_view text, std::string_view first, std::size_t width)
{
    const std::string indent(WidthOf(first), ' ');
    std::string out(first);
    std::size_t column = WidthOf(first);
    bool empty = true;
    for (const std::string& word : Split(text, ' '))
    {
        const std::size_t needed = WidthOf(word);
        if (!empty && column + 1 + needed > width)
        {
            out += '\n' + indent;
            column = indent.size();
            empty = true;
        }
        out += (empty ? "" : " ") + word;
        column += needed + (empty ? 0 : 1);
        empty = false;
    }
    return out + '\n';
}

std::string RunText(const RunReport& report, const Knowledge& knowledge, Language language)
{
    const ReportContent content = MakeReportContent(report, knowledge, language);
    Page page(knowledge, language);
    page.Line(content.title);
    for (const std::string& line : content.about)
    {
        page.Line(line);
    }
    page.Blank();
    page.Line(content.answer);
    for (const auto& [turn, codes] : content.turns)
    {
        page.Line(codes, turn + ": ");
    }
    if (!content.plan.empty())
    {
        AddPlanSteps(page, content);
    }
    for (const ReportGroup& group : content.groups)
    {
        page.Heading(group.heading);
        for (const ReportRow& row : group.rows)
        {
            AddRow(page, row);
        }
    }
    AddDifferences(page, content);
    AddChanges(page, content);
    if (!content.records.empty())
    {
        AddRecords(page, content.records);
    }
    AddServerFacts(page, content);
    AddAllRows(page, content);
    if (!content.code.empty())
    {
        page.Blank();
        page.Line(content.code);
    }
    return page.Take();
}

std::string ListText(std::span<const RootCause* const> causes, const Knowledge& knowledge, Language language)
{
    Page page(knowledge, language);
    std::string_view section;
    for (const RootCause* cause : causes)
    {
        if (cause->SectionId() != section)
        {
            section = cause->SectionId();
            page.Heading(page.Text(fmt::format("section.{}", section)));
        }
        page.Line(knowledge.Title(cause->id, language), Padded(cause->code, 6));
        page.Line(fmt::format("{}, {}", cause->id,
                      page.Text(fmt::format("repair_kind.{}", WordOf(cause->repairKind)))),
            std::string(6, ' '));
    }
    return page.Take();
}

std::string ExplainText(const std::vector<ErrorMatch>& matches, const Knowledge& knowledge, Language language)
{
    Page page(knowledge, language);
    if (matches.empty())
    {
        page.Line(page.Text("explain.nothing"));
        AddNextSteps(page);
    }
    for (const ErrorMatch& match : matches)
    {
        const std::string section = page.Text(fmt::format("section.{}", match.section));
        page.Line(fmt::format("{} ({})", ForReading(match.title), section));
        if (!match.meaning.empty())
        {
            page.Line(match.meaning, "   ");
        }
        for (const RootCause* cause : match.checks)
        {
            const Outcome problem = Outcome::Problem(Level::kError);
            const EntryText text = knowledge.TextFor(cause->id, problem, language);
            page.Blank();
            page.Line(text.title, fmt::format("   {}  ", cause->code));
            if (!text.meaning.empty())
            {
                page.Line(text.meaning, "   ");
            }
            AddSteps(page, text);
            AddLinks(page, text);
            page.Line(page.Text("explain.check",
                          {{"command", fmt::format("mars-check run --check {}", cause->id)}}),
                "   ");
        }
        page.Blank();
    }
    return page.Take();
}

std::string CodeText(const std::vector<CodedResult>& results, const Knowledge& knowledge, Language language)
{
    Page page(knowledge, language);
    page.Line(page.Text(results.empty() ? "phone.nothing" : "phone.says"));
    for (const CodedResult& result : results)
    {
        Outcome outcome;
        outcome.kind = result.kind;
        outcome.level = result.level;
        page.Line(result.cause == nullptr ? page.Text("phone.newer_row")
                                          : knowledge.Headline(result.cause->id, outcome, language),
            fmt::format("{}  {}  ", ResultWord(outcome, knowledge, language), result.step));
    }
    return page.Take();
}

std::string RecordsText(const Records& records, const Knowledge& knowledge, Language language)
{
    Page page(knowledge, language);
    AddRecords(page, RecordLines(records, knowledge, language));
    if (const std::string suggestion = SuggestionText(records, knowledge, language); !suggestion.empty())
    {
        page.Blank();
        page.Line(suggestion);
    }
    for (const RecordEntry& entry : records.entries)
    {
        const std::string meaning = RecordMeaning(entry, knowledge, language);
        if (entry.past || meaning.empty())
        {
            continue;
        }
        page.Blank();
        page.Line(RecordTitle(entry, knowledge, language));
        page.Line(meaning, "   ");
        for (const std::string& id : entry.causes)
        {
            page.Line(page.Text("explain.check", {{"command", fmt::format("mars-check run --check {}", id)}}),
                "   ");
        }
    }
    return page.Take();
}

std::string RepairText(const RepairResult& result, const Knowledge& knowledge, Language language)
{
    const RootCause& cause = *result.cause;
    Page page(knowledge, language);
    page.Line(
        ForReading(knowledge.Headline(cause.id, result.before, language)), fmt::format("{}  ", cause.code));
    AddOutcome(page, "repair.before", cause, result.before);
    page.Blank();
    page.Line(ForReading(HowRepairStands(result, knowledge, language)));
    if (const std::string why = ExplainRepair(result, knowledge, language); !why.empty())
    {
        page.Line(ForReading(why));
    }
    AddPlan(page, result.steps);
    if (result.status == RepairStatus::kPlanned || result.status == RepairStatus::kStopped)
    {
        page.Line(page.Text(result.status == RepairStatus::kPlanned ? "repair.how_to_apply" : "repair.go_on",
            {{"command", fmt::format("mars-check repair {} --yes", cause.id)}}));
    }
    const EntryText text = knowledge.TextFor(cause.id, result.before, language);
    const bool begun = result.before.kind == OutcomeKind::kPassed && HasOpenSteps(result.before.facts);
    if (begun)
    {
        page.Line(page.Text("report.begun"));
    }
    if (begun || result.status == RepairStatus::kGuided)
    {
        AddSteps(page, text);
    }
    if (result.after)
    {
        AddOutcome(page, "repair.after", cause, *result.after);
    }
    if (result.status == RepairStatus::kApplied && !result.verified)
    {
        page.Line(page.Text("repair.not_verified"));
    }
    if (const std::string undo = HowToUndo(result, knowledge, language); !undo.empty())
    {
        page.Line(undo);
    }
    return page.Take();
}

std::string UndoText(const std::vector<UndoItem>& items, const Knowledge& knowledge, Language language)
{
    Page page(knowledge, language);
    if (items.empty())
    {
        page.Line(page.Text("undo.nothing"));
    }
    for (const UndoItem& item : items)
    {
        const JournalHeader& header = item.entry.header;
        const bool readable = item.entry.damage.empty();
        page.Line(ForReading(item.entry.name));
        if (readable)
        {
            page.Line(page.Text("undo.entry",
                          {{"title", ForReading(CodedTitle(header.rootCause, knowledge, language))},
                              {"when", header.when}, {"who", ForReading(header.who)}}),
                "   ");
        }
        page.Line(ForReading(ExplainUndo(item, knowledge, language)), "   ");
        if (item.error && readable && !item.isUnderWay)
        {
            page.Line(knowledge.ExplainCode(item.error->code, language), "   ");
        }
        AddPlan(page, item.steps);
        page.Blank();
    }
    return page.Take();
}

std::string CaptureText(const CaptureSummary& summary, const Knowledge& knowledge, Language language)
{
    Page page(knowledge, language);
    page.Line(page.Text("capture.written",
        {{"file", ForReading(summary.file)}, {"size", ByteCount{summary.bytes}},
            {"questions", static_cast<std::int64_t>(summary.questions)}}));
    if (!summary.redacted)
    {
        page.Line(page.Text("capture.not_redacted"));
        return page.Take();
    }
    for (const auto& [kind, count] : summary.removed)
    {
        page.Line(page.Text("capture.removed_" + kind, {{"count", static_cast<std::int64_t>(count)}}), "   ");
    }
    page.Line(page.Text("capture.names", {{"file", ForReading(summary.namesFile.value_or(std::string()))}}));
    return page.Take();
}

} // namespace mars
