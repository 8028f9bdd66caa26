// SPDX-License-Identifier: MIT
#include "write_html.h"

#include "reading.h"

#include <fmt/format.h>

#include <array>

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
thead th { position: sticky; top: 0; background: #fff; }
th, td { text-align: left; vertical-align: top; padding: .25em .6em; border-bottom: 1px solid #e2e2e2;
         max-width: 40em; overflow-wrap: break-word; }
.code { white-space: nowrap; }
dt { font-weight: 600; }
dd { margin: 0 0 .5em 0; overflow-wrap: anywhere; }
summary { color: #555; cursor: pointer; }
details p { margin: .2em 0 .8em 1.2em; overflow-wrap: anywhere; }
footer { color: #555; margin-top: 2em; }
@media print {
  .choice { display: none; }
  body { margin: 0; max-width: none; font-size: 11pt; }
  .row, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  a::after { content: " (" attr(href) ")"; font-size: .85em; }
}
)css";

std::string ClassOf(Tone tone)
{
    constexpr std::array<std::string_view, 4> kClasses{"other", "error", "warning", "advice"};
    return std::string(kClasses[static_cast<std::size_t>(tone)]);
}

class HtmlWriter
{
public:
    std::string Write(const std::vector<Block>& blocks)
    {
        for (const Block& block : blocks)
        {
            std::visit(*this, block.content);
        }
        return std::move(m_out);
    }

    void operator()(const Heading& heading)
    {
        Element("h2", heading.text);
    }

    void operator()(const Paragraph& paragraph)
    {
        const std::string text = EscapeHtml(paragraph.text);
        m_out += paragraph.isStrong ? fmt::format("<p><strong>{}</strong></p>\n", text)
                                    : fmt::format("<p>{}</p>\n", text);
    }

    void operator()(const Labelled& labelled)
    {
        if (labelled.isQuote)
        {
            Element("p", labelled.label);
            m_out += fmt::format("<p class=\"handoff\">{}</p>\n", EscapeHtml(labelled.text));
            return;
        }
        m_out += fmt::format(
            "<p><strong>{}</strong> {}</p>\n", EscapeHtml(labelled.label), EscapeHtml(labelled.text));
    }

    void operator()(const List& list)
    {
        const std::string_view tag = list.isNumbered ? "ol" : "ul";
        m_out += fmt::format("<{}>\n", tag);
        for (const Item& item : list.items)
        {
            m_out += "<li>";
            m_out += item.lead.empty() ? "" : fmt::format("<strong>{}:</strong> ", EscapeHtml(item.lead));
            m_out += EscapeHtml(item.text);
            m_out += item.note.empty() ? "" : fmt::format("<p>{}</p>", EscapeHtml(item.note));
            m_out += "</li>\n";
        }
        m_out += fmt::format("</{}>\n", tag);
    }

    void operator()(const Table& table)
    {
        m_out += "<table>\n<thead><tr>";
        for (const std::string& heading : table.headings)
        {
            m_out += fmt::format("<th scope=\"col\">{}</th>", EscapeHtml(heading));
        }
        m_out += "</tr></thead>\n<tbody>\n";
        for (const std::vector<std::string>& row : table.rows)
        {
            m_out += "<tr>";
            for (std::size_t i = 0; i < row.size(); ++i)
            {
                Cell(table, i, row[i]);
            }
            m_out += "</tr>\n";
        }
        m_out += "</tbody>\n</table>\n";
    }

    void operator()(const Link& link)
    {
        m_out += fmt::format("<p><a href=\"{}\" rel=\"noopener noreferrer\">{}</a></p>\n",
            EscapeHtml(link.url), EscapeHtml(link.text));
    }

    void operator()(const Values& values)
    {
        m_out += fmt::format("<details><summary>{}</summary>\n<dl>\n", EscapeHtml(values.summary));
        for (const auto& [name, value] : values.values)
        {
            Element("dt", name);
            Element("dd", value);
        }
        m_out += "</dl></details>\n";
    }

    void operator()(const Fold& fold)
    {
        m_out += fmt::format("<details><summary>{}</summary><p>{}</p></details>\n", EscapeHtml(fold.summary),
            EscapeHtml(fold.text));
    }

    void operator()(const Card& card)
    {
        m_out += fmt::format("<section class=\"row {}\">\n", ClassOf(card.tone));
        std::string title = card.result.empty() ? card.headline : card.result + ": " + card.headline;
        title += card.code.empty() ? "" : fmt::format(" ({})", card.code);
        Element("h3", title);
        m_out += HtmlWriter().Write(card.blocks);
        m_out += "</section>\n";
    }

private:
    void Element(std::string_view tag, std::string_view text)
    {
        m_out += fmt::format("<{0}>{1}</{0}>\n", tag, EscapeHtml(text));
    }

    void Cell(const Table& table, std::size_t column, std::string_view text)
    {
        if (table.isOfFacts && column == 0)
        {
            m_out += fmt::format("<th scope=\"row\">{}</th>", EscapeHtml(text));
            return;
        }
        m_out +=
            fmt::format("<td{}>{}</td>", table.codes == column ? " class=\"code\"" : "", EscapeHtml(text));
    }

    std::string m_out;
};

std::string WriteIn(const LocalDocument& local)
{
    const Document& document = local.document;
    std::string out = fmt::format("<div class=\"report\" lang=\"{}\">\n<h1>{}</h1>\n", WordOf(local.language),
        EscapeHtml(document.title));
    for (const std::string& line : document.about)
    {
        out += fmt::format("<p class=\"about\">{}</p>\n", EscapeHtml(line));
    }
    out += fmt::format("<p class=\"answer\">{}</p>\n", EscapeHtml(document.answer));
    out += HtmlWriter().Write(document.blocks);
    return out + fmt::format("<footer>{}</footer>\n</div>\n", EscapeHtml(document.footer));
}

/// A switch between the languages that needs no script. Where style is not shown, as in a preview of a mail,
/// all are read one after the other.
std::string LanguageChoice(std::span<const LocalDocument> documents)
{
    std::string choice;
    for (const LocalDocument& local : documents)
    {
        choice += fmt::format("<input class=\"choice\" type=\"radio\" name=\"language\" id=\"read-{0}\"{1}>"
                              "<label class=\"choice\" for=\"read-{0}\" lang=\"{0}\">{2}</label>\n",
            WordOf(local.language), &local == &documents.front() ? " checked" : "",
            InfoOf(local.language).ownName);
    }
    return choice;
}

/// Hides what is not chosen.
std::string StyleOfChoice(std::span<const LocalDocument> documents)
{
    std::string style;
    for (const LocalDocument& local : documents)
    {
        style += fmt::format(
            "#read-{0}:not(:checked) ~ .report:lang({0}) {{ display: none; }}\n", WordOf(local.language));
    }
    return style;
}

} // namespace

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

std::string WriteHtml(std::span<const LocalDocument> documents)
{
    const LocalDocument& first = documents.front();
    // No address but those of links, and those only when somebody follows them.
    std::string out =
        fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" "
                    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n"
                    "<style>{}{}</style>\n</head>\n<body>\n",
            WordOf(first.language), EscapeHtml(first.document.title), kStyle, StyleOfChoice(documents));
    out += LanguageChoice(documents);
    for (const LocalDocument& local : documents)
    {
        out += WriteIn(local);
    }
    return out + "</body>\n</html>\n";
}

} // namespace mars
