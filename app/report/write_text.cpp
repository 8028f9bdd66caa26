// SPDX-License-Identifier: MIT
#include "write_text.h"

#include "reading.h"
#include "wrap.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

constexpr std::string_view kGap = "  ";
constexpr std::string_view kCardIndent = "   ";
/// Columns in front of the last one that are wider are written below each other.
constexpr std::size_t kWidestColumns = 50;

class TextWriter
{
public:
    explicit TextWriter(std::string_view indent = {}) : m_indent(indent) {}

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
        m_out += "\n" + Underlined(ForReading(heading.text));
    }

    void operator()(const Paragraph& paragraph)
    {
        Line(paragraph.text);
    }

    void operator()(const Labelled& labelled)
    {
        Line(fmt::format("{} {}", labelled.label, labelled.text));
    }

    void operator()(const List& list)
    {
        for (std::size_t i = 0; i < list.items.size(); ++i)
        {
            const Item& item = list.items[i];
            const std::string mark = list.isNumbered ? fmt::format("{}. ", i + 1) : "- ";
            Line(item.lead.empty() ? item.text : fmt::format("{}: {}", item.lead, item.text), mark);
            if (!item.note.empty())
            {
                Line(item.note, std::string(mark.size(), ' '));
            }
        }
    }

    void operator()(const Table& table)
    {
        const std::vector<std::size_t> widths = WidthsOf(table);
        std::size_t inFront = 0;
        for (std::size_t i = 0; i + 1 < widths.size(); ++i)
        {
            inFront += widths[i] + kGap.size();
        }
        if (inFront > kWidestColumns)
        {
            BelowEachOther(table);
            return;
        }
        if (!table.isOfFacts)
        {
            Row(table.headings, widths);
        }
        for (const std::vector<std::string>& row : table.rows)
        {
            Row(row, widths);
        }
    }

    void operator()(const Link& link)
    {
        Line(fmt::format("{}: {}", link.text, link.url), "- ");
    }

    void operator()(const Values&) {}

    void operator()(const Fold& fold)
    {
        Line(fold.summary);
        Line(fold.text, kCardIndent);
    }

    void operator()(const Card& card)
    {
        std::string first;
        for (const std::string& part : {card.result, card.code})
        {
            first += part.empty() ? std::string() : part + std::string(kGap);
        }
        m_out += "\n" + Wrap(ForReading(card.headline), first);
        m_out += TextWriter(kCardIndent).Write(card.blocks);
    }

private:
    void Line(std::string_view text, std::string_view first = {})
    {
        m_out += Wrap(ForReading(text), m_indent + std::string(first));
    }

    static std::vector<std::size_t> WidthsOf(const Table& table)
    {
        std::vector<std::size_t> widths;
        for (std::size_t i = 0; i < table.headings.size(); ++i)
        {
            widths.push_back(table.isOfFacts ? 0 : WidthOf(table.headings[i]));
            for (const std::vector<std::string>& row : table.rows)
            {
                widths[i] = std::max(widths[i], WidthOf(ForReading(row[i])));
            }
        }
        return widths;
    }

    void Row(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths)
    {
        std::string first;
        for (std::size_t i = 0; i + 1 < cells.size(); ++i)
        {
            first += Padded(ForReading(cells[i]), widths[i]) + std::string(kGap);
        }
        Line(cells.back(), first);
    }

    void BelowEachOther(const Table& table)
    {
        for (const std::vector<std::string>& row : table.rows)
        {
            Line(row[0]);
            for (std::size_t i = 1; i < row.size(); ++i)
            {
                if (!row[i].empty())
                {
                    Line(row[i], fmt::format("{}{}: ", kCardIndent, table.headings[i]));
                }
            }
        }
    }

    std::string m_indent;
    std::string m_out;
};

} // namespace

std::string WriteText(const Document& document)
{
    std::string out = Wrap(document.title);
    for (const std::string& line : document.about)
    {
        out += Wrap(ForReading(line));
    }
    out += "\n" + Wrap(document.answer);
    return out + TextWriter().Write(document.blocks);
}

} // namespace mars
