// SPDX-License-Identifier: MIT
#pragma once

#include "model/symptoms.h"
#include "root_cause.h"
#include "section.h"

#include <wx/string.h>

#include <string>

namespace mars
{

/// What pages ask of the window that they are in.
class WizardActions
{
public:
    virtual ~WizardActions() = default;
    virtual void PreviewRepair(const RootCause& cause) = 0;
    /// The elevated copy opens the same page, and this row where there is one.
    virtual void ContinueAsAdministrator(const RootCause* cause) = 0;
    virtual void OpenTool(const std::string& tool) = 0;
    virtual void OpenLink(const std::string& url) = 0;
    virtual void CopyToClipboard(const wxString& text) = 0;
    /// `cause` null: the page as it is.
    virtual void GoToSection(const Section& section, const RootCause* cause) = 0;
    /// Makes a page of its checks and shows it.
    virtual void GoToSymptom(const SymptomChoice& symptom) = 0;
    virtual void GoToResult() = 0;
    /// What the wizard changed on this server; nothing happens for a recording.
    virtual void GoToChanges() = 0;
    /// Asks for a support bundle or a plan, and shows it instead of what is shown now.
    virtual void OpenSupportFile() = 0;
};

} // namespace mars
