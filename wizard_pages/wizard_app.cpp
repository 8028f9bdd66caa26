// SPDX-License-Identifier: MIT
#include "wizard_app.h"

#include "catalogue.h"
#include "embedded.h"
#include "opening.h"
#include "reading.h"
#include "wizard_frame.h"

#include <wx/image.h>
#include <wx/imagpng.h>
#include <wx/intl.h>
#include <wx/msgdlg.h>
#include <wx/translation.h>
#include <wx/uilocale.h>

namespace mars
{

namespace
{

constexpr const char* kDomain = "mars-wizard";

/// Catalogues that are part of the program: nothing beside the exe is read.
class EmbeddedLoader : public wxTranslationsLoader
{
public:
    wxMsgCatalog* LoadCatalog(const wxString& domain, const wxString& language) override
    {
        for (const EmbeddedFile& file : EmbeddedTranslations())
        {
            if (domain == kDomain && ToWx(file.name) == language + ".mo")
            {
                return wxMsgCatalog::CreateFromData(
                    wxScopedCharBuffer::CreateNonOwned(file.bytes.data(), file.bytes.size()), domain);
            }
        }
        return nullptr;
    }
    wxArrayString GetAvailableTranslations(const wxString& domain) const override
    {
        wxArrayString languages;
        for (const EmbeddedFile& file : EmbeddedTranslations())
        {
            if (domain == kDomain)
            {
                languages.push_back(ToWx(file.name).BeforeLast('.'));
            }
        }
        return languages;
    }
};

WizardSubject WithOptions(WizardSubject subject, const WizardOptions& options, WizardHost& host)
{
    if (!options.credentials.empty())
    {
        const bool mayOpen = subject.recorded || host.MayOpenAtStart(options.credentials);
        (mayOpen ? subject.given.credentialsFile : subject.notOpened) = options.credentials;
    }
    if (options.cloud != Cloud::kPublic)
    {
        subject.given.cloud = options.cloud;
    }
    if (options.dataBytes)
    {
        subject.given.dataBytes = options.dataBytes;
    }
    subject.given.offlineSeeding = subject.given.offlineSeeding || options.offlineSeeding;
    if (!options.agentProxy.empty())
    {
        subject.given.agentProxy = options.agentProxy;
    }
    return subject;
}

wxString Title()
{
    return _("Azure Backup (MARS) Troubleshooter");
}

} // namespace

WizardApp::WizardApp(
    std::shared_ptr<WizardHost> host, std::vector<std::string> arguments, Language systemLanguage)
    : m_host(std::move(host)), m_arguments(std::move(arguments)), m_language(systemLanguage)
{
    SetAppName("MARS Wizard");
    SetAppDisplayName("Azure Backup (MARS) Troubleshooter");
}

bool WizardApp::OnInit()
{
    // Not wxApp::OnInit, which would read the command line in its own way.
    wxUILocale::UseDefault();
    wxImage::AddHandler(new wxPNGHandler);
    const auto parsed = ParseWizardOptions(m_arguments);
    const auto* options = std::get_if<WizardOptions>(&parsed);
    m_language = options != nullptr && options->language ? *options->language : m_language;
    UseLanguage();
    if (options == nullptr)
    {
        TellFault(std::get<OptionsFault>(parsed));
        return false;
    }
    WizardSubject subject;
    if (!OpenMachine(*options, subject) || !OpenPlan(*options, subject))
    {
        return false;
    }
    WizardFrame::Open(std::make_unique<WizardSession>(m_host,
        WithOptions(std::move(subject), *options, *m_host), *options, Words(BuiltInKnowledge(), m_language)));
    return true;
}

OpenedFile WizardApp::ReadAtStart(const std::string& path) const
{
    return m_host->MayOpenAtStart(path) ? ReadSupportFile(*m_host, path) : OpenFault::kNotLocal;
}

bool WizardApp::OpenMachine(const WizardOptions& options, WizardSubject& subject)
{
    if (options.machine.empty())
    {
        subject.machine = m_host->LiveMachine();
        return true;
    }
    const OpenedFile opened = ReadAtStart(options.machine);
    const auto* recording = std::get_if<OpenedRecording>(&opened);
    if (recording == nullptr)
    {
        TellNotTaken("--machine", options.machine, opened);
        return false;
    }
    subject = WizardSubject(*recording);
    return true;
}

bool WizardApp::OpenPlan(const WizardOptions& options, WizardSubject& subject)
{
    if (options.plan.empty())
    {
        const auto steps = FindRootCauses(options.steps);
        subject.plan = steps.empty() ? nullptr : std::make_shared<PlanPage>(steps);
        return true;
    }
    const OpenedFile opened = ReadAtStart(options.plan);
    const auto* plan = std::get_if<SupportPlan>(&opened);
    if (plan == nullptr)
    {
        TellNotTaken("--plan", options.plan, opened);
        return false;
    }
    subject.plan = std::make_shared<PlanPage>(*plan);
    return true;
}

int WizardApp::OnExit()
{
    CloseUiThread();
    return wxApp::OnExit();
}

void WizardApp::UseLanguage()
{
    auto* translations = new wxTranslations;
    translations->SetLoader(new EmbeddedLoader);
    translations->SetLanguage(ToWx(WordOf(m_language)));
    translations->AddCatalog(kDomain);
    wxTranslations::Set(translations);
}

void WizardApp::TellNotTaken(
    const std::string& option, const std::string& path, const OpenedFile& opened) const
{
    if (const auto* fault = std::get_if<OpenFault>(&opened))
    {
        TellNotOpened(nullptr, path, *fault);
    }
    else
    {
        // A good file, for the other of the two options.
        TellFault({OptionsFault::Kind::kBadValue, option, path});
    }
}

void WizardApp::TellFault(const OptionsFault& fault) const
{
    using Kind = OptionsFault::Kind;
    const wxString what = fault.kind == Kind::kUnknownOption
        ? Fill(_("{0} is not known here."), ForReading(fault.option))
        : fault.kind == Kind::kMissingValue
        ? Fill(_("{0} needs a value."), ForReading(fault.option))
        : Fill(_("{0} cannot be {1}."), ForReading(fault.option), ForReading(fault.value));
    wxMessageDialog message(nullptr, what, Title(), wxOK | wxICON_ERROR);
    message.SetExtendedMessage(
        "mars-wizard [--section ID] [--check ID] [--error NUMBER] [--symptom TEXT]\n"
        "[--credentials FILE] [--cloud public|usgov|china] [--machine RECORDING] [--plan FILE]\n"
        "[--data-size GB] [--offline-seeding] [--agent-proxy HOST:PORT|none] [--lang en|es]");
    message.ShowModal();
}

} // namespace mars
