// SPDX-License-Identifier: MIT
#include "write_markdown.h"

#include "reading.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

class MarkdownWriter
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
        m_out += fmt::format("## {}\n\n", EscapeMarkdown(heading.text));
    }

    void operator()(const Paragraph& paragraph)
    {
        const std::string text = EscapeMarkdown(paragraph.text);
        m_out += paragraph.isStrong ? fmt::format("**{}**\n\n", text) : text + "\n\n";
    }

    void operator()(const Labelled& labelled)
    {
        m_out += fmt::format("**{}** {}\n\n", EscapeMarkdown(labelled.label), EscapeMarkdown(labelled.text));
    }

    void operator()(const List& list)
    {
        for (std::size_t i = 0; i < list.items.size(); ++i)
        {
            const Item& item = list.items[i];
            m_out += list.isNumbered ? fmt::format("{}. ", i + 1) : "- ";
            m_out += item.lead.empty() ? "" : EscapeMarkdown(item.lead) + ": ";
            m_out += EscapeMarkdown(item.text);
            m_out += item.note.empty() ? "" : ". " + EscapeMarkdown(item.note);
            m_out += "\n";
        }
        m_out += "\n";
    }

    void operator()(const Table& table)
    {
        Row(table.headings);
        m_out += "|";
        for (std::size_t i = 0; i < table.headings.size(); ++i)
        {
            m_out += " --- |";
        }
        m_out += "\n";
        for (const std::vector<std::string>& row : table.rows)
        {
            Row(row);
        }
        m_out += "\n";
    }

    void operator()(const Link& link)
    {
        m_out += fmt::format("[{}](<{}>)\n\n", EscapeMarkdown(link.text), link.url);
    }

    void operator()(const Values& values)
    {
        for (const auto& [name, value] : values.values)
        {
            m_out += fmt::format("- {}: {}\n", EscapeMarkdown(name), EscapeMarkdown(value));
        }
        m_out += "\n";
    }

    void operator()(const Fold& fold)
    {
        m_out += fmt::format("**{}** {}\n\n", EscapeMarkdown(fold.summary), EscapeMarkdown(fold.text));
    }

    void operator()(const Card& card)
    {
        m_out += "### ";
        m_out += card.result.empty() ? "" : EscapeMarkdown(card.result) + " ";
        m_out += card.code.empty() ? "" : EscapeMarkdown(card.code) + ": ";
        m_out += EscapeMarkdown(card.headline) + "\n\n";
        m_out += MarkdownWriter().Write(card.blocks);
    }

private:
    void Row(const std::vector<std::string>& cells)
    {
        m_out += "|";
        for (const std::string& cell : cells)
        {
            m_out += fmt::format(" {} |", EscapeMarkdown(cell));
        }
        m_out += "\n";
    }

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

std::string WriteMarkdown(const Document& document)
{
    std::string out = fmt::format("# {}\n\n", EscapeMarkdown(document.title));
    for (const std::string& line : document.about)
    {
        // Two blanks at the end are Markdown's line break.
        out += EscapeMarkdown(line) + "  \n";
    }
    out += fmt::format("\n**{}**\n\n", EscapeMarkdown(document.answer));
    out += MarkdownWriter().Write(document.blocks);
    return document.footer.empty() ? out : out + EscapeMarkdown(document.footer) + "\n";
}

} // namespace mars
