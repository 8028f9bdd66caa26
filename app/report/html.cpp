// SPDX-License-Identifier: MIT
#include "html.h"

#include "report_content.h"

#include <fmt/format.h>

#include <initializer_list>
#include <utility>

namespace mars
{

namespace
{

constexpr std::string_view kStyle = R"css(
body { font: 15px/1.5 "Segoe UI", system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 60em;
       margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; margin-bottom: .3em; }
h2 { font-size: 1.2em; margin-top: 2em; border-bottom: 1px solid #ccc; }
h3 { font-size: 1em; margin: 0; }
.about { color: #555; margin: 0; }
.answer { font-size: 1.15em; font-weight: 600; margin: 1.2em 0; }
.row { border: 1px solid #ccc; border-left-width: 6px; padding: .7em 1em; margin: .8em 0; }
.error { border-left-color: #b3261e; }
.warning { border-left-color: #b26a00; }
.advice { border-left-color: #3367a6; }
.handoff { border: 1px dashed #999; padding: .5em 1em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25em .6em; border-bottom: 1px solid #e2e2e2;
         max-width: 40em; overflow-wrap: break-word; }
.code { white-space: nowrap; }
dt { font-weight: 600; }
dd { margin: 0 0 .5em 0; overflow-wrap: anywhere; }
summary { color: #555; }
footer { color: #555; margin-top: 2em; }
#read-en:not(:checked) ~ .report:lang(en), #read-es:not(:checked) ~ .report:lang(es) { display: none; }
@media print {
  .choice { display: none; }
  body { margin: 0; max-width: none; font-size: 11pt; }
  .row, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  a::after { content: " (" attr(href) ")"; font-size: .85em; }
}
)css";

class HtmlReport
{
public:
    HtmlReport(const Knowledge& knowledge, Language language) : m_knowledge(knowledge), m_language(language)
    {}

    std::string Write(const ReportContent& content)
    {
        m_out = fmt::format("<div class=\"report\" lang=\"{}\">\n", WordOf(m_language));
        Element("h1", content.title);
        for (const std::string& line : content.about)
        {
            m_out += fmt::format("<p class=\"about\">{}</p>\n", EscapeHtml(line));
        }
        m_out += fmt::format("<p class=\"answer\">{}</p>\n", EscapeHtml(content.answer));
        AddTurns(content);
        AddPlan(content);
        for (const ReportGroup& group : content.groups)
        {
            Element("h2", group.heading);
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
        if (!content.code.empty())
        {
            Element("p", content.code);
        }
        m_out += fmt::format("<footer>{}</footer>\n</div>\n", EscapeHtml(content.madeBy));
        return std::move(m_out);
    }

private:
    std::string Text(std::string_view id) const
    {
        return m_knowledge.Text(id, m_language);
    }

    void Element(std::string_view tag, std::string_view text)
    {
        m_out += fmt::format("<{0}>{1}</{0}>\n", tag, EscapeHtml(text));
    }

    static std::string_view ClassOf(const Outcome& outcome)
    {
        return outcome.IsProblem() ? WordOf(outcome.level) : std::string_view("other");
    }

    void AddRow(const ReportRow& row)
    {
        m_out += fmt::format("<section class=\"row {}\">\n", ClassOf(row.check->result.outcome));
        Element("h3", fmt::format("{}: {} ({})", row.result, row.headline, row.Cause().code));
        Labelled("report.evidence", row.text.evidence);
        Labelled("report.meaning", row.text.meaning);
        Labelled("report.turn", row.turn);
        AddSteps(row);
        if (!row.text.handoff.empty())
        {
            Element("p", Text("report.handoff"));
            m_out += fmt::format("<p class=\"handoff\">{}</p>\n", EscapeHtml(row.text.handoff));
        }
        for (const Link& link : row.text.links)
        {
            m_out += fmt::format("<p><a href=\"{}\" rel=\"noopener noreferrer\">{}</a></p>\n",
                EscapeHtml(link.url), EscapeHtml(link.text));
        }
        AddFacts(row);
        m_out += "</section>\n";
    }

    void Labelled(std::string_view labelId, const std::string& text)
    {
        if (!text.empty())
        {
            m_out +=
                fmt::format("<p><strong>{}</strong> {}</p>\n", EscapeHtml(Text(labelId)), EscapeHtml(text));
        }
    }

    void AddSteps(const ReportRow& row)
    {
        if (row.text.steps.empty())
        {
            return;
        }
        Element("p", row.text.stepsLabel);
        m_out += "<ol>\n";
        for (const GuidedStep& step : row.text.steps)
        {
            Element("li", step.text);
        }
        m_out += "</ol>\n";
    }

    void AddFacts(const ReportRow& row)
    {
        if (row.facts.empty())
        {
            return;
        }
        m_out += fmt::format("<details><summary>{}</summary>\n<dl>\n", EscapeHtml(Text("report.details")));
        for (const auto& [name, value] : row.facts)
        {
            Element("dt", name);
            Element("dd", value);
        }
        m_out += "</dl></details>\n";
    }

    void AddTurns(const ReportContent& content)
    {
        if (content.turns.empty())
        {
            return;
        }
        m_out += "<ul>\n";
        for (const auto& [turn, codes] : content.turns)
        {
            m_out += fmt::format("<li><strong>{}:</strong> {}</li>\n", EscapeHtml(turn), EscapeHtml(codes));
        }
        m_out += "</ul>\n";
    }

    void AddPlan(const ReportContent& content)
    {
        if (content.plan.empty())
        {
            return;
        }
        Element("h2", Text("report.plan"));
        m_out += "<ol>\n";
        for (const ReportedStep& step : content.plan)
        {
            m_out += fmt::format("<li>{} <strong>{}:</strong> {}", EscapeHtml(step.cause->code),
                EscapeHtml(step.result), EscapeHtml(step.headline));
            m_out += step.note.empty() ? "" : fmt::format("<p>{}</p>", EscapeHtml(step.note));
            m_out += "</li>\n";
        }
        m_out += "</ol>\n";
    }

    void AddDifferences(const ReportContent& content)
    {
        if (content.beforeAfter.empty())
        {
            return;
        }
        Element("h2", Text("report.before_after"));
        m_out += "<table>\n";
        AddHeadings({"report.code", "report.at_first", "report.now", "report.check"});
        for (const ReportedDifference& difference : content.beforeAfter)
        {
            m_out += fmt::format("<tr><td class=\"code\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                EscapeHtml(difference.cause->code), EscapeHtml(difference.atFirst),
                EscapeHtml(difference.now), EscapeHtml(difference.headline));
        }
        m_out += "</table>\n";
    }

    void AddHeadings(std::initializer_list<std::string_view> ids)
    {
        m_out += "<tr>";
        for (const std::string_view id : ids)
        {
            m_out += fmt::format("<th scope=\"col\">{}</th>", EscapeHtml(Text(id)));
        }
        m_out += "</tr>\n";
    }

    void AddChanges(const ReportContent& content)
    {
        if (content.changes.empty() && content.changesUnknown.empty())
        {
            return;
        }
        Element("h2", Text("report.changed"));
        if (!content.changesUnknown.empty())
        {
            Element("p", content.changesUnknown);
        }
        for (const ReportedChange& change : content.changes)
        {
            m_out += "<section class=\"row\">\n";
            Element("h3", change.title);
            m_out += "<ul>\n";
            for (const std::string& line : change.changes)
            {
                Element("li", line);
            }
            m_out += "</ul>\n";
            for (const std::string& line : {change.state, change.undo, change.context})
            {
                if (!line.empty())
                {
                    Element("p", line);
                }
            }
            m_out += "</section>\n";
        }
    }

    void AddServerFacts(const ReportContent& content)
    {
        Element("h2", Text("report.server_facts"));
        m_out += "<table>\n";
        for (const auto& [label, value] : content.serverFacts)
        {
            m_out += fmt::format(
                "<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", EscapeHtml(label), EscapeHtml(value));
        }
        m_out += "</table>\n";
    }

    void AddRecords(const ReportContent& content)
    {
        if (content.records.empty())
        {
            return;
        }
        Element("h2", Text("records.heading"));
        m_out += "<ul>\n";
        for (const std::string& line : content.records)
        {
            Element("li", line);
        }
        m_out += "</ul>\n";
    }

    void AddAllRows(const ReportContent& content)
    {
        Element("h2", Text("report.all"));
        m_out += "<table>\n";
        AddHeadings({"report.result", "report.code", "report.check"});
        for (const ReportRow& row : content.all)
        {
            m_out += fmt::format("<tr><td>{}</td><td class=\"code\">{}</td><td>{}</td></tr>\n",
                EscapeHtml(row.result), EscapeHtml(row.Cause().code), EscapeHtml(row.headline));
        }
        m_out += "</table>\n";
    }

    const Knowledge& m_knowledge;
    Language m_language;
    std::string m_out;
};

/// A switch between the languages that needs no script. Where style is not shown, as in a preview of a mail,
/// both are read one after the other.
std::string LanguageChoice(Language chosen)
{
    std::string choice;
    for (const LanguageInfo& info : kLanguages)
    {
        choice += fmt::format("<input class=\"choice\" type=\"radio\" name=\"language\" id=\"read-{0}\"{1}>"
                              "<label class=\"choice\" for=\"read-{0}\" lang=\"{0}\">{2}</label>\n",
            WordOf(info.language), info.language == chosen ? " checked" : "", info.ownName);
    }
    return choice;
}

} // namespace

std::string HtmlHead(std::string_view title, std::string_view style, Language language)
{
    // No address but those of links, and those only when somebody follows them.
    return fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" "
                       "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n"
                       "<style>{}</style>\n</head>\n<body>\n",
        WordOf(language), EscapeHtml(title), style);
}

std::string EscapeHtml(std::string_view text)
{
    std::string out;
    for (const char c : ForReading(text))
    {
        switch (c)
        {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string RunHtml(const RunReport& report, const Knowledge& knowledge, Language language)
{
    const ReportContent content = MakeReportContent(report, knowledge, language);
    std::string page = HtmlHead(content.title, kStyle, language) + LanguageChoice(language)
        + HtmlReport(knowledge, language).Write(content);
    for (const LanguageInfo& other : kLanguages)
    {
        if (other.language != language)
        {
            page += HtmlReport(knowledge, other.language)
                        .Write(MakeReportContent(report, knowledge, other.language));
        }
    }
    return page + "</body>\n</html>\n";
}

} // namespace mars
