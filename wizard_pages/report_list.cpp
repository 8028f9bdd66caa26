// SPDX-License-Identifier: MIT
#include "report_list.h"

#include "icons.h"
#include "layout.h"

#include <algorithm>

namespace mars
{

namespace
{

constexpr int kNarrowestFill = 100;

} // namespace

ReportList::ReportList(
    wxWindow* parent, int id, const wxString& name, std::vector<Column> columns, long style)
    : wxListView(parent, id, wxDefaultPosition, wxDefaultSize, wxLC_REPORT | wxLC_SINGLE_SEL | style),
      m_columns(std::move(columns))
{
    SetName(name);
    SetSmallImages(ListIcons());
    // A list is as high as its sizer makes it; its own wish would push others out of a small window.
    SetMinSize(FromDIP(wxSize(60, 60)));
    for (const Column& column : m_columns)
    {
        AppendColumn(column.heading);
    }
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        event.Skip();
        FitColumns();
    });
}

void ReportList::SetLines(const std::vector<Line>& lines)
{
    const long count = static_cast<long>(lines.size());
    bool changed = false;
    while (GetItemCount() > count)
    {
        DeleteItem(GetItemCount() - 1);
        changed = true;
    }
    for (long row = 0; row < count; ++row)
    {
        const Line& line = lines[static_cast<std::size_t>(row)];
        if (row >= GetItemCount())
        {
            InsertItem(row, wxString(), line.icon);
        }
        wxListItem item;
        item.SetId(row);
        item.SetMask(wxLIST_MASK_IMAGE);
        if (GetItem(item) && item.GetImage() != line.icon)
        {
            SetItemImage(row, line.icon);
        }
        for (std::size_t column = 0; column < line.cells.size(); ++column)
        {
            const int index = static_cast<int>(column);
            if (GetItemText(row, index) != line.cells[column])
            {
                SetItem(row, index, line.cells[column]);
                changed = true;
            }
        }
    }
    if (changed)
    {
        FitColumns();
    }
}

bool ReportList::SelectLine(std::size_t line)
{
    const long item = static_cast<long>(line);
    if (GetFirstSelected() == item)
    {
        return false;
    }
    Select(item);
    Focus(item);
    EnsureVisible(item);
    return true;
}

int ReportList::NeededWidth(int column) const
{
    const int padding = FromDIP(16);
    int width = GetTextExtent(m_columns[static_cast<std::size_t>(column)].heading).x + padding;
    for (long row = 0; row < GetItemCount(); ++row)
    {
        const int pictures = column > 0 ? 0 : HasCheckBoxes() ? 2 : 1;
        const int icon = pictures * FromDIP(dip::kIcon + dip::kGap);
        width = std::max(width, GetTextExtent(GetItemText(row, column)).x + padding + icon);
    }
    return width;
}

void ReportList::FitColumns()
{
    std::vector<int> widths;
    int used = 0;
    int fills = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
    {
        widths.push_back(m_columns[i].fills ? 0 : NeededWidth(static_cast<int>(i)));
        used += widths.back();
        fills += m_columns[i].fills ? 1 : 0;
    }
    // A little less than there is, or a horizontal scroll bar comes and goes.
    const int left = GetClientSize().x - used - FromDIP(2);
    for (std::size_t i = 0; i < m_columns.size(); ++i)
    {
        const int width = m_columns[i].fills ? std::max(left / fills, FromDIP(kNarrowestFill)) : widths[i];
        if (GetColumnWidth(static_cast<int>(i)) != width)
        {
            SetColumnWidth(static_cast<int>(i), width);
        }
    }
}

} // namespace mars
