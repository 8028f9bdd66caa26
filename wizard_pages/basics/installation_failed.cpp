// SPDX-License-Identifier: MIT
#include "agent.h"
#include "install_log.h"
#include "last_backup.h"
#include "questions/files.h"
#include "questions/log.h"
#include "questions/registry.h"
#include "records.h"
#include "root_cause.h"

#include <charconv>

namespace mars::basics
{
namespace
{

constexpr const char* kDotnetKey = "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full";
constexpr const char* kPowerShellKey = "HKLM\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine";
constexpr const char* kServicing =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending";
constexpr const char* kWindowsUpdate =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired";

/// What the installer of today's agent asks for: .NET Framework 4.8 and Windows PowerShell 5.0.
constexpr std::uint32_t kDotnet48 = 528040;
constexpr int kPowerShell = 5;

/// By "MsiExec.exe and InstMsi.exe error messages" of the Windows Installer documentation.
const char* CaseOf(std::uint32_t error)
{
    switch (error)
    {
    case 1618:
        return "busy";
    case 1612:
    case 1619:
    case 1620:
    case 1624:
        return "package";
    case 1625:
        return "policy";
    case 1632:
        return "temp";
    case 1633:
        return "platform";
    default:
        return "fatal";
    }
}

bool NeedsDotnet(const MachineView& machine)
{
    const auto release = machine.Ask(ReadRegistryValue{{kDotnetKey, "Release"}});
    return !release.HasFailed() && (release.IsAbsent() || release->AsDword().value_or(kDotnet48) < kDotnet48);
}

bool NeedsPowerShell(const MachineView& machine)
{
    const auto version = machine.Ask(ReadRegistryValue{{kPowerShellKey, "PowerShellVersion"}});
    if (!version)
    {
        return version.IsAbsent();
    }
    const std::string text = version->AsString().value_or("");
    int major = kPowerShell;
    std::from_chars(text.data(), text.data() + text.size(), major);
    return major < kPowerShell;
}

bool WaitsForRestart(const MachineView& machine)
{
    return machine.Ask(ListRegistryKey{kServicing}).HasValue()
        || machine.Ask(ListRegistryKey{kWindowsUpdate}).HasValue();
}

/// Only what the steps tell more; what cannot be read is left out.
void NameWhatIsMissing(const MachineView& machine, Facts& facts)
{
    facts["needs_dotnet"] = NeedsDotnet(machine);
    facts["needs_powershell"] = NeedsPowerShell(machine);
    facts["restart_pending"] = WaitsForRestart(machine);
}

Outcome JudgeFailure(const MachineView& machine, const InstallEnd& end)
{
    // A code, so no number that screens would group.
    Facts facts{{"code", std::to_string(end.error)}, {"failed", end.time}};
    const auto agent = FindAgent(machine);
    if (agent.HasFailed())
    {
        return Outcome::CouldNotCheck(agent.Error(), std::move(facts));
    }
    facts["agent_installed"] = agent.HasValue();
    if (agent)
    {
        const auto engine = machine.Ask(ReadFileInfo{agent->EngineFile()});
        if (!engine)
        {
            return Outcome::CouldNotCheck(
                engine.HasFailed() ? engine.Error() : Failure{code::kNotSupported, "read cbengine.exe"},
                std::move(facts));
        }
        if (end.time <= engine->created)
        {
            facts["installed"] = engine->created;
            facts["case"] = "passed_since";
            return Outcome::Passed(std::move(facts));
        }
    }
    NameWhatIsMissing(machine, facts);
    const auto success = ReadLastSuccess(machine);
    if (agent && success && *success > end.time)
    {
        facts["case"] = "upgrade_failed";
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    facts["case"] = CaseOf(end.error);
    return Outcome::Problem(Level::kError, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto windows = machine.Ask(FindFolder{KnownFolder::kWindows});
    if (!windows)
    {
        return Outcome::CouldNotCheck(
            windows.HasFailed() ? windows.Error() : Failure{code::kNotSupported, "find Windows' folder"});
    }
    const auto scan = machine.Ask(ScanInstallLogs{JoinPath(windows->path, "Temp"), InstallLogPatterns()});
    if (scan.HasFailed())
    {
        return Outcome::CouldNotCheck(scan.Error());
    }
    if (scan.IsAbsent())
    {
        return Outcome::Passed({{"case", "passed_without_log"}});
    }
    const auto end = FindNewestInstallEnd(*scan);
    if (end && end->error != 0)
    {
        return JudgeFailure(machine, *end);
    }
    if (!scan->IsComplete() && !(end && scan->Covers(end->time)))
    {
        return Outcome::CouldNotCheck({scan->missedBecause, "scan the logs of the installation"});
    }
    return Outcome::Passed();
}

} // namespace

const RootCause& InstallationFailed()
{
    static constexpr RootCause kCause{
        "basics.installation_failed", "B-18", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
