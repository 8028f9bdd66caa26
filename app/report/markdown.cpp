// SPDX-License-Identifier: MIT
#include "markdown.h"

#include "report_content.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

std::string Cell(std::string_view text)
{
    return EscapeMarkdown(text);
}

std::string Labelled(const std::string& label, const std::string& text)
{
    return text.empty() ? std::string() : fmt::format("**{}** {}\n\n", Cell(label), Cell(text));
}

class MarkdownReport
{
public:
    MarkdownReport(const Knowledge& knowledge, Language language)
        : m_knowledge(knowledge), m_language(language)
    {}

    std::string Write(const ReportContent& content)
    {
        m_out = fmt::format("# {}\n\n", Cell(content.title));
        for (const std::string& line : content.about)
        {
            // Two blanks at the end are Markdown's line break.
            m_out += Cell(line) + "  \n";
        }
        m_out += fmt::format("\n**{}**\n\n", Cell(content.answer));
        for (const auto& [turn, codes] : content.turns)
        {
            m_out += fmt::format("- {}: {}\n", Cell(turn), Cell(codes));
        }
        m_out += content.turns.empty() ? "" : "\n";
        AddPlan(content);
        for (const ReportGroup& group : content.groups)
        {
            m_out += fmt::format("## {}\n\n", Cell(group.heading));
            for (const ReportRow& row : group.rows)
            {
                AddRow(row);
            }
        }
        AddDifferences(content);
        AddChanges(content);
        AddRecords(content);
        AddServerFacts(content);
        AddAllRows(content);
        m_out += content.code.empty() ? "" : Cell(content.code) + "\n\n";
        m_out += fmt::format("{}\n", Cell(content.madeBy));
        return std::move(m_out);
    }

private:
    std::string Text(std::string_view id) const
    {
        return m_knowledge.Text(id, m_language);
    }

    void AddRow(const ReportRow& row)
    {
        m_out +=
            fmt::format("### {} {}: {}\n\n", Cell(row.result), Cell(row.Cause().code), Cell(row.headline));
        m_out += Labelled(Text("report.evidence"), row.text.evidence);
        m_out += Labelled(Text("report.meaning"), row.text.meaning);
        m_out += Labelled(Text("report.turn"), row.turn);
        AddSteps(row);
        m_out += Labelled(Text("report.handoff"), row.text.handoff);
        for (const Link& link : row.text.links)
        {
            m_out += fmt::format("- [{}](<{}>)\n", Cell(link.text), link.url);
        }
        m_out += row.text.links.empty() ? "" : "\n";
        AddFacts(row);
    }

    void AddSteps(const ReportRow& row)
    {
        if (row.text.steps.empty())
        {
            return;
        }
        m_out += fmt::format("{}\n\n", Cell(row.text.stepsLabel));
        for (std::size_t i = 0; i < row.text.steps.size(); ++i)
        {
            m_out += fmt::format("{}. {}\n", i + 1, Cell(row.text.steps[i].text));
        }
        m_out += "\n";
    }

    void AddFacts(const ReportRow& row)
    {
        for (const auto& [name, value] : row.facts)
        {
            m_out += fmt::format("- {}: {}\n", Cell(name), Cell(value));
        }
        m_out += row.facts.empty() ? "" : "\n";
    }

    void AddPlan(const ReportContent& content)
    {
        if (content.plan.empty())
        {
            return;
        }
        m_out += fmt::format("## {}\n\n", Cell(Text("report.plan")));
        for (std::size_t i = 0; i < content.plan.size(); ++i)
        {
            const ReportedStep& step = content.plan[i];
            m_out += fmt::format("{}. {} {}: {}{}{}\n", i + 1, Cell(step.cause->code), Cell(step.result),
                Cell(step.headline), step.note.empty() ? "" : ". ", Cell(step.note));
        }
        m_out += "\n";
    }

    void AddDifferences(const ReportContent& content)
    {
        if (content.beforeAfter.empty())
        {
            return;
        }
        m_out += fmt::format("## {}\n\n| {} | {} | {} | {} |\n| --- | --- | --- | --- |\n",
            Cell(Text("report.before_after")), Cell(Text("report.code")), Cell(Text("report.at_first")),
            Cell(Text("report.now")), Cell(Text("report.check")));
        for (const ReportedDifference& difference : content.beforeAfter)
        {
            m_out += fmt::format("| {} | {} | {} | {} |\n", Cell(difference.cause->code),
                Cell(difference.atFirst), Cell(difference.now), Cell(difference.headline));
        }
        m_out += "\n";
    }

    void AddChanges(const ReportContent& content)
    {
        if (content.changes.empty() && content.changesUnknown.empty())
        {
            return;
        }
        m_out += fmt::format("## {}\n\n", Cell(Text("report.changed")));
        m_out += content.changesUnknown.empty() ? "" : Cell(content.changesUnknown) + "\n\n";
        for (const ReportedChange& change : content.changes)
        {
            m_out += fmt::format("- {}\n", Cell(change.title));
            for (const std::string& line : change.changes)
            {
                m_out += fmt::format("  - {}\n", Cell(line));
            }
            for (const std::string& line : {change.state, change.undo, change.context})
            {
                m_out += line.empty() ? "" : fmt::format("  - {}\n", Cell(line));
            }
        }
        m_out += "\n";
    }

    void AddServerFacts(const ReportContent& content)
    {
        m_out += fmt::format("## {}\n\n| {} | {} |\n| --- | --- |\n", Cell(Text("report.server_facts")),
            Cell(Text("report.fact")), Cell(Text("report.value")));
        for (const auto& [label, value] : content.serverFacts)
        {
            m_out += fmt::format("| {} | {} |\n", Cell(label), Cell(value));
        }
        m_out += "\n";
    }

    void AddRecords(const ReportContent& content)
    {
        if (content.records.empty())
        {
            return;
        }
        m_out += fmt::format("## {}\n\n", Cell(Text("records.heading")));
        for (const std::string& line : content.records)
        {
            m_out += fmt::format("- {}\n", Cell(line));
        }
        m_out += "\n";
    }

    void AddAllRows(const ReportContent& content)
    {
        m_out += fmt::format("## {}\n\n| {} | {} | {} |\n| --- | --- | --- |\n", Cell(Text("report.all")),
            Cell(Text("report.result")), Cell(Text("report.code")), Cell(Text("report.check")));
        for (const ReportRow& row : content.all)
        {
            m_out += fmt::format(
                "| {} | {} | {} |\n", Cell(row.result), Cell(row.Cause().code), Cell(row.headline));
        }
        m_out += "\n";
    }

    const Knowledge& m_knowledge;
    Language m_language;
    std::string m_out;
};

} // namespace

std::string EscapeMarkdown(std::string_view text)
{
    std::string out;
    for (const char c : ForReading(text))
    {
        if (c == '<')
        {
            out += "&lt;";
        }
        else if (c == '&')
        {
            out += "&amp;";
        }
        else
        {
            const bool marks = std::string_view("\\`*_[]>|#~").find(c) != std::string_view::npos;
            out += marks ? "\\" : "";
            out += c;
        }
    }
    return out;
}

std::string RunMarkdown(const RunReport& report, const Knowledge& knowledge, Language language)
{
    return MarkdownReport(knowledge, language).Write(MakeReportContent(report, knowledge, language));
}

} // namespace mars
