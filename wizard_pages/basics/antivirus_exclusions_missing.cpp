// SPDX-License-Identifier: MIT
#include "agent.h"
#include "exclusion_match.h"
#include "expand.h"
#include "questions/files.h"
#include "questions/protection.h"
#include "questions/services.h"
#include "root_cause.h"
#include "scratch.h"

#include <algorithm>
#include <array>

namespace mars::basics
{
namespace
{

/// The compilers of .NET, which registration may start. Excluding them exempts whatever they open, so it is
/// asked for.
constexpr std::string_view kChooseCompilers = "csc";
constexpr std::array kChoices{kChooseCompilers};
constexpr std::array kCompilers{"Framework\\v2.0.50727", "Framework\\v3.5", "Framework\\v4.0.30319",
    "Framework64\\v2.0.50727", "Framework64\\v3.5", "Framework64\\v4.0.30319"};

/// What has to be exempt.
struct Wanted
{
    std::string scratchFolder;
    std::string binFolder;
    std::string engineFile;
    std::vector<std::string> compilers;
};

/// What is, with variables expanded.
struct Lists
{
    std::vector<std::string> paths;
    std::vector<std::string> processes;
};

Answer<std::vector<std::string>> FindCompilers(const MachineView& machine)
{
    const auto windows = machine.Ask(FindFolder{KnownFolder::kWindows});
    if (!windows)
    {
        return windows.HasFailed() ? windows.Error()
                                   : Failure{code::kNotSupported, "find the Windows folder"};
    }
    std::vector<std::string> found;
    for (const char* version : kCompilers)
    {
        const std::string file =
            JoinPath(JoinPath(JoinPath(windows->path, "Microsoft.NET"), version), "csc.exe");
        const auto info = machine.Ask(ReadFileInfo{file});
        if (info.HasFailed())
        {
            return info.Error();
        }
        if (info)
        {
            found.push_back(file);
        }
    }
    return found;
}

Answer<Wanted> FindWanted(const MachineView& machine, const Agent& agent)
{
    const auto scratch = FindScratchFolder(machine, agent);
    if (scratch.HasFailed())
    {
        return scratch.Error();
    }
    const auto compilers = FindCompilers(machine);
    if (!compilers)
    {
        return compilers.Error();
    }
    return Wanted{
        scratch.ValueOr(agent.DefaultScratchFolder()), agent.BinFolder(), agent.EngineFile(), *compilers};
}

Answer<std::vector<std::string>> Expand(const MachineView& machine, std::vector<std::string> entries)
{
    for (std::string& entry : entries)
    {
        const auto expanded = ExpandVariables(machine, entry);
        if (!expanded)
        {
            return expanded.Error();
        }
        entry = *expanded;
    }
    return entries;
}

Answer<Lists> ReadLists(const MachineView& machine, const DefenderState& defender)
{
    const auto paths = Expand(machine, defender.excludedPaths);
    const auto processes = Expand(machine, defender.excludedProcesses);
    if (!paths || !processes)
    {
        return paths ? processes.Error() : paths.Error();
    }
    return Lists{*paths, *processes};
}

bool HasFolder(const Lists& lists, const std::string& folder)
{
    return std::ranges::any_of(lists.paths, [&](const auto& entry) { return CoversFolder(entry, folder); });
}

bool HasProcess(const Lists& lists, const std::string& program)
{
    return std::ranges::any_of(
        lists.processes, [&](const auto& entry) { return CoversProcess(entry, program); });
}

/// The exclusions that are missing, each as the change that adds it: those that backups need, and the
/// compilers.
struct Missing
{
    std::vector<AddDefenderExclusion> needed;
    std::vector<AddDefenderExclusion> compilers;
};

Missing FindMissing(const Wanted& wanted, const Lists& lists)
{
    Missing missing;
    for (const std::string& folder : {wanted.scratchFolder, wanted.binFolder})
    {
        if (!HasFolder(lists, folder))
        {
            missing.needed.push_back({ExclusionKind::kPath, folder});
        }
    }
    if (!HasProcess(lists, wanted.engineFile))
    {
        missing.needed.push_back({ExclusionKind::kProcess, wanted.engineFile});
    }
    for (const std::string& compiler : wanted.compilers)
    {
        // The documents ask for the file as such, so an exempt path is as good.
        if (!HasProcess(lists, compiler) && !HasFolder(lists, compiler))
        {
            missing.compilers.push_back({ExclusionKind::kProcess, compiler});
        }
    }
    return missing;
}

std::vector<std::string> ValuesOf(const std::vector<AddDefenderExclusion>& exclusions)
{
    std::vector<std::string> values;
    std::ranges::transform(exclusions, std::back_inserter(values), &AddDefenderExclusion::value);
    return values;
}

Facts FactsOf(const Wanted& wanted)
{
    return {{"scratch_folder", wanted.scratchFolder}, {"bin_folder", wanted.binFolder},
        {"engine_file", wanted.engineFile}, {"compilers", wanted.compilers}};
}

/// Absent: Defender does not look at files here.
Answer<DefenderState> FindDefender(const MachineView& machine)
{
    const auto service = machine.Ask(QueryService{"WinDefend"});
    if (service.IsAbsent() || (service && service->state == ServiceState::kStopped))
    {
        return Absent{};
    }
    auto defender = machine.Ask(ReadDefender{});
    const bool looks = defender && defender->active && defender->realTimeProtection;
    return defender.HasFailed() || looks ? defender : Absent{};
}

Outcome JudgeLists(const MachineView& machine, const DefenderState& defender, const Wanted& wanted)
{
    Facts facts = FactsOf(wanted);
    facts["mode"] = defender.mode.empty() ? std::string("Normal") : defender.mode;
    if (defender.exclusionsHidden)
    {
        return Outcome::CouldNotCheck(
            {code::kAccessDenied, "read the exclusions of Microsoft Defender"}, std::move(facts));
    }
    const auto lists = ReadLists(machine, defender);
    if (!lists)
    {
        return Outcome::CouldNotCheck(lists.Error(), std::move(facts));
    }
    const Missing missing = FindMissing(wanted, *lists);
    facts["missing"] = ValuesOf(missing.needed);
    facts["missing_compilers"] = ValuesOf(missing.compilers);
    if (!missing.needed.empty())
    {
        facts["case"] = "needed";
        return Outcome::Problem(Level::kWarning, std::move(facts));
    }
    if (!missing.compilers.empty())
    {
        facts["case"] = "compilers";
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto defender = FindDefender(machine);
    if (defender.HasFailed())
    {
        return Outcome::CouldNotCheck(defender.Error());
    }
    if (defender.IsAbsent())
    {
        return Outcome::NotApplicable(reason::kDefenderNotActive);
    }
    const auto wanted = FindWanted(machine, *agent);
    return wanted ? JudgeLists(machine, *defender, *wanted) : Outcome::CouldNotCheck(wanted.Error());
}

/// Adds what is missing and nothing wider. The compilers only when the person asked for them.
RepairProposal Repair(const MachineView& machine, const Given& given, const Outcome&)
{
    const auto agent = FindAgent(machine);
    const auto defender = FindDefender(machine);
    if (!agent || !defender || defender->exclusionsHidden)
    {
        return RepairProposal::Guided();
    }
    const auto wanted = FindWanted(machine, *agent);
    const auto lists = ReadLists(machine, *defender);
    if (!wanted || !lists)
    {
        return RepairProposal::Guided();
    }
    const Missing missing = FindMissing(*wanted, *lists);
    Plan plan;
    plan.changes.assign(missing.needed.begin(), missing.needed.end());
    if (given.choice == kChooseCompilers)
    {
        plan.changes.insert(plan.changes.end(), missing.compilers.begin(), missing.compilers.end());
    }
    if (!plan.changes.empty())
    {
        return RepairProposal::Planned(std::move(plan));
    }
    return missing.compilers.empty() ? RepairProposal::NothingToDo()
                                     : RepairProposal::Guided("compilers_not_chosen");
}

} // namespace

const RootCause& AntivirusExclusionsMissing()
{
    static constexpr RootCause kCause{
        "basics.antivirus_exclusions_missing", "B-5", RepairKind::kOneClick, true, Detect, Repair, kChoices};
    return kCause;
}

} // namespace mars::basics
