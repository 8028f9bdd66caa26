// SPDX-License-Identifier: MIT
#include "console_text.h"

#include "change_text.h"
#include "reading.h"
#include "records_text.h"
#include "wrap.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mars
{

namespace
{

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
        m_out += (m_out.empty() ? "" : "\n") + Underlined(text);
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

void AddRecords(Page& page, const std::vector<std::string>& records)
{
    page.Heading(page.Text("records.heading"));
    for (const std::string& line : records)
    {
        page.Line(line, "- ");
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
