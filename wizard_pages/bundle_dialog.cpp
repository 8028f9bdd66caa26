// SPDX-License-Identifier: MIT
#include "bundle_dialog.h"

#include "control_ids.h"
#include "layout.h"
#include "reading.h"
#include "report_list.h"
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
    return Fill(
        _("The bundle holds {0} answers of this server, {1}. Nothing is sent: it becomes a file that you "
          "pass on yourself."),
        bundle.questions, FormatFact(ByteCount{bundle.recording.size()}, words.In()));
}

wxString NeverRecorded()
{
    return _("Never in it, because this program does not read them: passphrases, the secrets in vault "
             "credentials, private keys, and what is inside the files that are backed up.");
}

wxString Removed(const SupportBundle& bundle, const Words& words)
{
    if (bundle.removed.empty())
    {
        return _("No names were found that had to be replaced.");
    }
    wxString text = _("Replaced by stand-ins, the key to which stays with you:");
    for (const auto& [kind, count] : bundle.removed)
    {
        text +=
            "\n    " + words.Text("capture.removed_" + kind, {{"count", static_cast<std::int64_t>(count)}});
    }
    return text;
}

} // namespace

BundleDialog::BundleDialog(wxWindow* parent, const SupportBundle& bundle, const Words& words)
    : wxDialog(parent, wxID_ANY, _("Support bundle"), wxDefaultPosition, wxDefaultSize,
        wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER | wxMAXIMIZE_BOX),
      m_bundle(bundle), m_words(words)
{
    SetName("bundle");
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(new TextBlock(this, wxID_ANY, "bundle_introduction", Introduction(bundle, words)),
        wxSizerFlags().Expand());
    BuildParts(column);
    BuildRaw(column);
    BuildButtons(column);
    SetMinSize(FromDIP(dip::kSmallestDialog));
    SetSize(FromDIP(dip::kLargeDialog));
    CentreOnParent();
    SetColumn(this, column);
}

void BundleDialog::BuildParts(wxSizer* column)
{
    m_partsPlace = new wxBoxSizer(wxVERTICAL);
    m_partsPlace->Add(new wxStaticText(this, wxID_ANY, _("What &is in it:")),
        wxSizerFlags().Border(wxTOP, Gap(this)).Border(wxBOTTOM, Gap(this) / 2));
    // TRANSLATORS: Column headings of what a support bundle holds: a kind of answer, how many, how large.
    auto* parts = new ReportList(
        this, kIdBundleParts, "bundle_parts", {{_("Kind"), true}, {_("Answers")}, {_("Size")}});
    std::vector<ReportList::Line> lines;
    for (const BundlePart& part : m_bundle.parts)
    {
        lines.push_back({-1,
            {m_words.Text(fmt::format("bundle.kind_{}", part.kind)), ToWx(fmt::format("{}", part.count)),
                ToWx(FormatFact(ByteCount{part.bytes}, m_words.In()))}});
    }
    parts->SetLines(lines);
    if (!lines.empty())
    {
        parts->SelectLine(0);
    }
    m_partsPlace->Add(parts, wxSizerFlags(1).Expand());
    m_partsPlace->Add(new TextBlock(this, kIdBundleRemoved, "bundle_removed", Removed(m_bundle, m_words)),
        wxSizerFlags().Expand().Border(wxTOP, Gap(this)));
    m_partsPlace->Add(new TextBlock(this, wxID_ANY, "bundle_never", NeverRecorded()),
        wxSizerFlags().Expand().Border(wxTOP, Gap(this)));
    column->Add(m_partsPlace, wxSizerFlags(1).Expand());
    parts->SetFocus();
}

/// Filled when it is asked for: it may be large.
void BundleDialog::BuildRaw(wxSizer* column)
{
    m_raw = new wxTextCtrl(this, kIdBundleContent, {}, wxDefaultPosition, wxDefaultSize,
        wxTE_MULTILINE | wxTE_READONLY | wxTE_DONTWRAP);
    m_raw->SetName("bundle_content");
    m_raw->Hide();
    column->Add(m_raw, wxSizerFlags(1).Expand().Border(wxTOP, Gap(this)));
}

void BundleDialog::BuildButtons(wxSizer* column)
{
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    m_rawSwitch = new wxButton(this, kIdBundleRaw, _("Show every &letter of it"));
    m_rawSwitch->SetName("bundle_raw");
    m_rawSwitch->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { ShowRaw(); });
    buttons->Add(m_rawSwitch);
    buttons->AddStretchSpacer();
    auto* save = new wxButton(this, wxID_OK, _("&Save..."));
    auto* cancel = new wxButton(this, wxID_CANCEL, _("Cancel"));
    buttons->Add(save, wxSizerFlags().Border(wxLEFT, Gap(this)));
    buttons->Add(cancel, wxSizerFlags().Border(wxLEFT, Gap(this)));
    column->Add(buttons, wxSizerFlags().Expand().Border(wxTOP, Margin(this)));
    save->SetDefault();
}

void BundleDialog::ShowRaw()
{
    const bool show = !m_raw->IsShown();
    if (show && m_raw->IsEmpty())
    {
        m_raw->ChangeValue(ToWx(m_bundle.recording));
    }
    m_raw->Show(show);
    m_partsPlace->ShowItems(!show);
    m_rawSwitch->SetLabel(show ? _("Show the &list of kinds") : _("Show every &letter of it"));
    m_rawSwitch->SetMinSize(m_rawSwitch->GetBestSize());
    LayoutWithText(this);
    if (show)
    {
        m_raw->SetFocus();
    }
}

} // namespace mars
