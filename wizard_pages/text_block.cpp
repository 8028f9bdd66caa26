// SPDX-License-Identifier: MIT
#include "text_block.h"

#include "layout.h"

#include <wx/scrolwin.h>
#include <wx/settings.h>
#include <wx/sizer.h>

namespace mars
{

namespace
{

void CollectBlocks(wxWindow* window, std::vector<TextBlock*>& blocks)
{
    for (wxWindow* child : window->GetChildren())
    {
        if (auto* block = dynamic_cast<TextBlock*>(child))
        {
            if (block->IsShown())
            {
                blocks.push_back(block);
            }
        }
        else if (!child->IsTopLevel() && child->IsShown())
        {
            CollectBlocks(child, blocks);
        }
    }
}

} // namespace

TextBlock::TextBlock(wxWindow* parent, int id, const wxString& name, const wxString& text)
    : wxTextCtrl(parent, id, text, wxDefaultPosition, wxDefaultSize,
        wxTE_MULTILINE | wxTE_READONLY | wxTE_NO_VSCROLL | wxBORDER_NONE)
{
    SetName(name);
    SetBackgroundColour(parent->GetBackgroundColour());
    SetForegroundColour(parent->GetForegroundColour());
    // The edit control has small margins of its own; without them the text would not stand below its label.
    SetMargins(0, 0);
    Bind(wxEVT_MOUSEWHEEL, &TextBlock::OnWheel, this);
}

void TextBlock::SetText(const wxString& text)
{
    if (GetValue() != text)
    {
        ChangeValue(text);
    }
}

void TextBlock::FitHeight()
{
    const int lines = GetValue().empty() ? 1 : GetNumberOfLines();
    SetMinSize(wxSize(1, lines * GetCharHeight() + FromDIP(4)));
}

void TextBlock::OnWheel(wxMouseEvent& event)
{
    // It never scrolls itself; the panel that it is in does.
    if (wxWindow* parent = GetParent())
    {
        parent->GetEventHandler()->ProcessEvent(event);
    }
}

void LayoutWithText(wxWindow* window)
{
    const wxWindowUpdateLocker locker(window);
    std::vector<TextBlock*> blocks;
    CollectBlocks(window, blocks);
    const auto layout = [&] {
        if (auto* scrolled = dynamic_cast<wxScrolledWindow*>(window))
        {
            scrolled->FitInside();
        }
        window->Layout();
    };
    // The width may depend on the scroll bar and so on the heights: once with those of before, once with the
    // right ones.
    layout();
    for (TextBlock* block : blocks)
    {
        block->FitHeight();
    }
    layout();
    for (TextBlock* block : blocks)
    {
        block->FitHeight();
    }
    layout();
    // Of a dialog or frame only the controls are locked, and where one was that is hidden or moved meanwhile
    // Windows does not know that there is something to paint.
    window->Refresh();
}

void MakeBold(wxWindow* window, double scale)
{
    wxFont font = window->GetFont().Bold();
    window->SetFont(scale == 1.0 ? font : font.Scaled(static_cast<float>(scale)));
}

} // namespace mars
