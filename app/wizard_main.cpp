// SPDX-License-Identifier: MIT
#include "computer.h"
#include "hardening.h"
#include "journal_owners.h"
#include "path_look.h"
#include "session_end.h"
#include "shell.h"
#include "text.h"
#include "tools.h"
#include "whole_file.h"
#include "wide.h"
#include "windows_changer.h"
#include "windows_machine.h"
#include "windows_private_folder.h"
#include "wizard_app.h"

#include <shellapi.h>

#include <wx/init.h>

#include <algorithm>

namespace mars
{

namespace
{

class ThisComputer : public WizardHost
{
public:
    explicit ThisComputer(std::string evidenceSid) : m_evidenceSid(std::move(evidenceSid)) {}

    std::shared_ptr<const Machine> LiveMachine() override
    {
        return MakeWindowsMachine({m_evidenceSid});
    }
    std::shared_ptr<MachineChanger> Changer() override
    {
        return std::make_shared<WindowsChanger>(PrivateFolderPath(), JournalOwners());
    }
    std::shared_ptr<PrivateFolder> JournalFolder() override
    {
        return std::make_shared<WindowsPrivateFolder>(PrivateFolderPath(), JournalOwners());
    }

    bool SharesRightsWithDesktop() override
    {
        return mars::SharesRightsWithDesktop(RunsAsSystem(), OwnElevationType());
    }

    Status OpenTool(const std::string& tool, const ToolPlaces& places, AskingWindow owner) override
    {
        return mars::OpenTool(tool, {places.installPath, places.scratchFolder, JournalOwners()}, owner);
    }
    Status OpenLink(const std::string& url) override
    {
        return OpenAddress(url);
    }
    Status RestartElevated(const std::vector<std::string>& arguments, AskingWindow owner) override
    {
        return RestartAsAdministrator(JoinCommandLine(arguments), owner);
    }
    std::string ForElevatedCopy(const std::string& path) override
    {
        return mars::ForElevatedCopy(path);
    }

    void HoldSession(void* window, const std::string& why) override
    {
        mars::HoldSession(window, why);
    }
    void ReleaseSession(void* window) override
    {
        mars::ReleaseSession(window);
    }

    bool MayOpenAtStart(const std::string& path) override
    {
        return !RunsElevated() || StaysOnOwnDrives(FullPathOf(path));
    }

    Answer<std::string> ReadFile(const std::string& path, std::size_t limit) override
    {
        return ReadWholeFile(path, limit);
    }
    Status WriteFile(const std::string& path, std::string_view bytes) override
    {
        return WriteWholeFile(path, bytes);
    }

private:
    static std::string PrivateFolderPath()
    {
        const std::string folder = ProgramDataFolder();
        return folder.empty() ? std::string() : JoinPath(folder, "MARS Wizard");
    }

    std::string m_evidenceSid;
};

std::vector<std::string> Arguments()
{
    int count = 0;
    const UniqueLocal<LPWSTR> words(CommandLineToArgvW(GetCommandLineW(), &count));
    std::vector<std::string> arguments;
    for (int i = 1; words && i < count; ++i)
    {
        arguments.push_back(Narrow(words.get()[i]));
    }
    return arguments;
}

/// The user who started the wizard before it was elevated. Arguments that are no good are told by the wizard
/// itself.
std::string EvidenceSid(const std::vector<std::string>& arguments)
{
    const auto parsed = ParseWizardOptions(arguments);
    const auto* options = std::get_if<WizardOptions>(&parsed);
    return options == nullptr ? std::string() : options->forUser;
}

Language SystemLanguage()
{
    return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_SPANISH ? Language::kSpanish
                                                                     : Language::kEnglish;
}

int Main(HINSTANCE instance, int show)
{
    const std::vector<std::string> arguments = Arguments();
    wxApp::SetInstance(
        new WizardApp(std::make_shared<ThisComputer>(EvidenceSid(arguments)), arguments, SystemLanguage()));
    return wxEntry(instance, nullptr, nullptr, show);
}

} // namespace

} // namespace mars

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE, LPWSTR, int show)
{
    mars::HardenProcess(mars::ProgramKind::kWindow);
    const int code = mars::Main(instance, show);
    // A thread that waits for a call which cannot be cancelled must not hold the program; nor must a DLL of
    // others that such a thread was in, whose lock ExitProcess would wait for.
    TerminateProcess(GetCurrentProcess(), static_cast<UINT>(code));
    return code;
}
