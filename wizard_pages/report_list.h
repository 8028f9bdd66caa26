// SPDX-License-Identifier: MIT
#pragma once

#include <wx/listctrl.h>

#include <vector>

namespace mars
{

/// A native list in report view with single selection. Filling it changes only the cells that differ, so
/// selection, focus and what a screen reader is reading stay.
class ReportList : public wxListView
{
public:
    struct Column
    {
        wxString heading;
        /// Takes what the others leave; the others are as wide as their texts.
        bool fills = false;
    };
    struct Line
    {
        /// Of ListIcons; -1: none.
        int icon = -1;
        std::vector<wxString> cells;
    };

    ReportList(wxWindow* parent, int id, const wxString& name, std::vector<Column> columns, long style = 0);

    void SetLines(const std::vector<Line>& lines);
    /// Selects, focuses and shows a line; false when it was selected already.
    bool SelectLine(std::size_t line);

private:
    void FitColumns();
    int NeededWidth(int column) const;

    std::vector<Column> m_columns;
};

} // namespace mars
