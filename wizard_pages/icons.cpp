// SPDX-License-Identifier: MIT
#include "icons.h"

#include "embedded_icons.h"

#include <fmt/format.h>
#include <wx/bitmap.h>
#include <wx/image.h>
#include <wx/mstream.h>

namespace mars
{

namespace
{

std::string_view NameOf(RowState state)
{
    switch (state)
    {
    case RowState::kError:
        return "state-error";
    case RowState::kWarning:
        return "state-warning";
    case RowState::kAdvice:
        return "state-advice";
    case RowState::kCouldNotCheck:
        return "state-could_not_check";
    case RowState::kManual:
        return "state-manual";
    case RowState::kPassed:
        return "state-passed";
    case RowState::kNotApplicable:
        return "state-not_applicable";
    case RowState::kChecking:
        return "state-checking";
    case RowState::kWaiting:
        break;
    }
    return "state-waiting";
}

} // namespace

wxBitmapBundle Icon(std::string_view name)
{
    wxVector<wxBitmap> sizes;
    const std::string start = fmt::format("{}-", name);
    for (const EmbeddedFile& file : EmbeddedIcons())
    {
        // "page-start-16.png", but not "page-start-something-16.png".
        const bool ours =
            file.name.starts_with(start) && file.name.find('-', start.size()) == std::string_view::npos;
        if (ours)
        {
            wxMemoryInputStream stream(file.bytes.data(), file.bytes.size());
            sizes.push_back(wxBitmap(wxImage(stream, wxBITMAP_TYPE_PNG)));
        }
    }
    return sizes.empty() ? wxBitmapBundle() : wxBitmapBundle::FromBitmaps(sizes);
}

wxBitmapBundle StateIcon(RowState state)
{
    return Icon(NameOf(state));
}

wxVector<wxBitmapBundle> ListIcons()
{
    wxVector<wxBitmapBundle> icons;
    for (int state = 0; state <= static_cast<int>(RowState::kWaiting); ++state)
    {
        icons.push_back(StateIcon(static_cast<RowState>(state)));
    }
    icons.push_back(Icon("page-start"));
    icons.push_back(Icon("page-result"));
    return icons;
}

int ListIcon(RowState state)
{
    return static_cast<int>(state);
}

} // namespace mars
