// SPDX-License-Identifier: MIT
#include "bundle_dialog.h"

#include "control_ids.h"
#include "layout.h"
#include "report_content.h"
#include "text_block.h"

#include <wx/button.h>
#include <wx/intl.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

namespace mars
{

namespace
{

wxString Introduction(const SupportBundle& bundle, const Words& words)
{
    wxString text = Fill(
        _("The bundle holds {0} answers of this server, {1}. Passphrases and credentials are never in it. "
          "These names were replaced:"),
        bundle.questions, FormatFact(ByteCount{bundle.recording.size()}, words.In()));
    for (const auto& [kind, count] : bundle.removed)
    {
        text += "\n" + words.Text("capture.removed_" + kind, {{"count", static_cast<std::int64_t>(count)}});
    }
    return text;
}

} // namespace

BundleDialog::BundleDialog(wxWindow* parent, const SupportBundle& bundle, const Words& words)
    : wxDialog(parent, wxID_ANY, _("Support bundle"), wxDefaultPosition, wxDefaultSize,
        wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER | wxMAXIMIZE_BOX)
{
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(new TextBlock(this, wxID_ANY, "bundle_introduction", Introduction(bundle, words)),
        wxSizerFlags().Expand());
    column->Add(
        new wxStaticText(this, wxID_ANY, _("What &is in it:")), wxSizerFlags().Border(wxTOP, Gap(this)));
    auto* content = new wxTextCtrl(this, kIdBundleContent, {}, wxDefaultPosition, wxDefaultSize,
        wxTE_MULTILINE | wxTE_READONLY | wxTE_DONTWRAP);
    content->SetName("bundle_content");
    content->ChangeValue(ToWx(bundle.recording));
    column->Add(content, wxSizerFlags(1).Expand().Border(wxTOP, Gap(this) / 2));
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    buttons->AddStretchSpacer();
    auto* save = new wxButton(this, wxID_OK, _("&Save..."));
    auto* cancel = new wxButton(this, wxID_CANCEL, _("Cancel"));
    buttons->Add(save, wxSizerFlags().Border(wxLEFT, Gap(this)));
    buttons->Add(cancel, wxSizerFlags().Border(wxLEFT, Gap(this)));
    column->Add(buttons, wxSizerFlags().Expand().Border(wxTOP, Margin(this)));
    auto* outer = new wxBoxSizer(wxVERTICAL);
    outer->Add(column, wxSizerFlags(1).Expand().Border(wxALL, Margin(this)));
    SetSizer(outer);
    SetMinSize(FromDIP(dip::kSmallestDialog));
    SetSize(FromDIP(dip::kDialog));
    CentreOnParent();
    LayoutWithText(this);
    save->SetDefault();
    content->SetFocus();
}

} // namespace mars
