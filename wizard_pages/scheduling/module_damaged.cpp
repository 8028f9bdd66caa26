// SPDX-License-Identifier: MIT
#include "agent.h"
#include "backup_tasks.h"
#include "file_trust.h"
#include "module_files.h"
#include "questions/files.h"
#include "root_cause.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::scheduling
{
namespace
{

constexpr int kNumbersToTry = 100;

Outcome Detect(const MachineView& machine, const Given&)
{
    if (const auto end = WhyNoSchedule(machine))
    {
        return *end;
    }
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const std::string folder = ModuleFolder(*agent);
    const ModuleFiles files = JudgeModule(machine, folder);
    Facts facts{{"module_folder", folder}, {"files", files.all}};
    if (files.IsDamaged())
    {
        facts["case"] = "damaged";
        facts["missing_files"] = files.missing;
        facts["empty_files"] = files.empty;
        facts["changed_files"] = files.changed;
        facts["unsigned_files"] = files.unsignedFiles;
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    return files.failure ? Outcome::CouldNotCheck(*files.failure, std::move(facts))
                         : Outcome::Passed(std::move(facts));
}

/// The person may have named the module's folder or the one above it.
std::string SourceFolder(const MachineView& machine, const std::string& given)
{
    const std::string below = JoinPath(given, "MSOnlineBackup");
    return machine.Ask(ReadFileInfo{JoinPath(below, kModuleManifest)}) ? below : given;
}

/// Why the source may not be copied, as a token of `held.<token>`; empty: it may. Looked at again in the
/// private folder, when it is copied.
std::string WhyRefused(const MachineView& machine, const std::string& folder, const ModuleFiles& source,
    const std::string& version)
{
    if (!source.missing.empty() || !source.empty.empty())
    {
        return "source_incomplete";
    }
    if (source.failure || source.IsDamaged())
    {
        return "source_not_trusted";
    }
    for (const std::string& name : source.all)
    {
        const std::string path = PathIn(folder, name);
        if (RunsByItsName(name) && !IsFromMicrosoft(machine, path))
        {
            return "source_not_trusted";
        }
        if (HasVersionResource(name) && !HasVersion(machine, path, version))
        {
            return "source_other_version";
        }
    }
    return {};
}

/// Where the copies go: a number that no earlier repair has used.
std::optional<std::string> PrivatePrefix(const MachineView& machine)
{
    const auto programData = machine.Ask(FindFolder{KnownFolder::kProgramData});
    for (int number = 1; programData && number <= kNumbersToTry; ++number)
    {
        std::string prefix = JoinPath(programData->path, fmt::format("MARS Wizard\\module\\{}-", number));
        if (!machine.Ask(ReadFileInfo{prefix + "new-" + kModuleManifest}))
        {
            return prefix;
        }
    }
    return std::nullopt;
}

/// Everything is staged and looked at before anything is replaced.
Answer<Plan> MakePlan(const MachineView& machine, const std::string& from, const std::string& to,
    const std::string& prefix, const std::vector<std::string>& names, const std::string& version)
{
    Plan plan;
    std::vector<Change> replacing;
    for (const std::string& name : names)
    {
        const auto wanted = machine.Ask(HashFile{PathIn(from, name)});
        const auto present = machine.Ask(HashFile{JoinPath(to, name)});
        if (!wanted || present.HasFailed())
        {
            return present.HasFailed() ? present.Error()
                : wanted.HasFailed()   ? wanted.Error()
                                       : Failure{code::kChangedSince, name};
        }
        const std::string staged = prefix + "new-" + name;
        plan.changes.emplace_back(StageFile{PathIn(from, name), staged, wanted->sha256, RunsByItsName(name),
            HasVersionResource(name) ? version : std::string()});
        if (present && present->sha256 == wanted->sha256)
        {
            continue;
        }
        const std::string kept = present ? prefix + "old-" + name : std::string();
        if (present)
        {
            replacing.emplace_back(KeepFile{JoinPath(to, name), kept, present->sha256});
        }
        replacing.emplace_back(ReplaceFile{
            JoinPath(to, name), staged, kept, present ? present->sha256 : std::string(), wanted->sha256});
    }
    if (replacing.empty())
    {
        return Absent{};
    }
    std::ranges::move(replacing, std::back_inserter(plan.changes));
    return plan;
}

RepairProposal Repair(const MachineView& machine, const Given& given, const Outcome& outcome)
{
    if (!outcome.IsProblem())
    {
        return RepairProposal::NothingToDo();
    }
    if (given.fromFolder.empty())
    {
        return RepairProposal::Guided("needs_folder");
    }
    const auto agent = FindAgent(machine);
    const auto version = agent ? ReadAgentVersion(machine, *agent) : Answer<FileVersion>(Absent{});
    const auto prefix = PrivatePrefix(machine);
    if (!version || !prefix)
    {
        return RepairProposal::Guided();
    }
    const std::string from = SourceFolder(machine, given.fromFolder);
    const auto judged = JudgeSource(machine, from);
    if (const auto* why = std::get_if<std::string>(&judged))
    {
        return RepairProposal::Guided(*why);
    }
    const ModuleFiles& source = std::get<ModuleFiles>(judged);
    if (const std::string why = WhyRefused(machine, from, source, version->ToString()); !why.empty())
    {
        return RepairProposal::Guided(why);
    }
    auto plan = MakePlan(machine, from, ModuleFolder(*agent), *prefix, source.all, version->ToString());
    if (plan.HasFailed())
    {
        return RepairProposal::Guided();
    }
    return plan ? RepairProposal::Planned(std::move(*plan)) : RepairProposal::Guided("source_the_same");
}

} // namespace

const RootCause& ModuleDamaged()
{
    static constexpr RootCause kCause{
        "scheduling.module_damaged", "S-8", RepairKind::kOneClick, true, Detect, Repair, {}, true};
    return kCause;
}

} // namespace mars::scheduling
