// SPDX-License-Identifier: MIT
#pragma once

#include "model/options.h"
#include "wizard_host.h"
#include "wizard_session.h"

#include <wx/app.h>

#include <memory>
#include <string>
#include <vector>

namespace mars
{

/// The wizard as a wx program. The main function makes one, gives it to wx and runs wxEntry.
class WizardApp : public wxApp
{
public:
    /// `systemLanguage` counts where the arguments name none.
    WizardApp(std::shared_ptr<WizardHost> host, std::vector<std::string> arguments, Language systemLanguage);

    bool OnInit() override;
    int OnExit() override;

private:
    /// This computer, or the recording that was named; false, and the person was told why, where it cannot be
    /// opened.
    bool OpenMachine(const WizardOptions& options, WizardSubject& subject);
    bool OpenPlan(const WizardOptions& options, WizardSubject& subject);
    OpenedFile ReadAtStart(const std::string& path) const;
    void UseLanguage();
    void TellFault(const OptionsFault& fault) const;
    void TellNotTaken(const std::string& option, const std::string& path, const OpenedFile& opened) const;

    std::shared_ptr<WizardHost> m_host;
    std::vector<std::string> m_arguments;
    Language m_language;
};

} // namespace mars
