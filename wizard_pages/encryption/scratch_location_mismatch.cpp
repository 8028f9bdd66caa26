// SPDX-License-Identifier: MIT
#include "agent.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "root_cause.h"
#include "scratch.h"
#include "scratch_folder_place.h"
#include "text.h"

#include <optional>

namespace mars::encryption
{
namespace
{

constexpr std::uint32_t kForbidden = file_attribute::kReparsePoint | file_attribute::kCompressed
    | file_attribute::kEncrypted | file_attribute::kSparse;

/// What each value says and how old what it leads to is, so that a person can choose.
void DescribeValue(
    const MachineView& machine, const ScratchValue& value, const std::string& prefix, Facts& facts)
{
    if (!value.stored)
    {
        return;
    }
    facts[prefix + "_value"] = value.text;
    if (value.folder.empty())
    {
        return;
    }
    const auto key = ReadKeyFile(machine, value.folder);
    if (!key.HasFailed())
    {
        facts[prefix + "_has_key_file"] = key.HasValue();
    }
    if (key)
    {
        facts[prefix + "_key_file_written"] = key->written;
    }
    const auto folder = machine.Ask(ReadFileInfo{value.folder});
    if (folder)
    {
        facts[prefix + "_folder_written"] = folder->written;
    }
}

/// Moving the folder means to copy it and then to set both values; with two whole folders, one of the values
/// is still to be set.
bool IsHalfMoved(const Facts& facts)
{
    const auto isThere = [&](const char* name) {
        const auto fact = facts.find(name);
        return fact != facts.end() && fact->second == Fact(true);
    };
    return isThere("config_has_key_file") && isThere("provider_has_key_file")
        && facts.contains("config_folder_written") && facts.contains("provider_folder_written");
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto locations = ReadScratchLocations(machine);
    if (!locations)
    {
        return Outcome::CouldNotCheck(locations.Error());
    }
    const auto& [config, provider] = *locations;
    Facts facts;
    DescribeValue(machine, config, "config", facts);
    DescribeValue(machine, provider, "provider", facts);
    const auto problem = [&](Level level, const char* textCase) {
        facts["case"] = textCase;
        return Outcome::Problem(level, std::move(facts));
    };
    if (config.malformed || provider.malformed)
    {
        return problem(Level::kError, "malformed");
    }
    if (!config.stored && !provider.stored)
    {
        return problem(Level::kWarning, "both_missing");
    }
    if (!config.stored || !provider.stored)
    {
        return problem(Level::kWarning, config.stored ? "provider_missing" : "config_missing");
    }
    if (locations->Agree())
    {
        return Outcome::Passed(std::move(facts));
    }
    return problem(Level::kError, IsHalfMoved(facts) ? "half_moved" : "differ");
}

bool HasForbiddenAttribute(const FileInfo& folder)
{
    return (folder.attributes & kForbidden) != 0;
}

/// Local, fixed, online, and neither it nor a folder above it is what a scratch folder must not be. What
/// cannot be asked is not allowed.
bool IsAllowed(const MachineView& machine, const std::string& folder)
{
    const auto fault = JudgePlace(machine, folder);
    if (!fault || !fault->empty())
    {
        return false;
    }
    const auto info = machine.Ask(ReadFileInfo{folder});
    if (!info || HasForbiddenAttribute(*info))
    {
        return false;
    }
    for (std::string_view parent = FolderOf(folder); parent.size() > 2; parent = FolderOf(parent))
    {
        const auto above = machine.Ask(ReadFileInfo{std::string(parent)});
        if (!above || (above->attributes & file_attribute::kReparsePoint) != 0)
        {
            return false;
        }
    }
    return true;
}

/// The only folder that holds the key file; nothing where none or several do, or where one cannot be asked.
std::optional<std::string> OnlyFolderWithKey(
    const MachineView& machine, std::vector<std::string> folders, const Agent& agent)
{
    if (folders.empty())
    {
        folders.push_back(agent.DefaultScratchFolder());
    }
    std::optional<std::string> found;
    for (const std::string& folder : folders)
    {
        const auto key = ReadKeyFile(machine, folder);
        if (key.HasFailed() || (key && found))
        {
            return std::nullopt;
        }
        if (key)
        {
            found = folder;
        }
    }
    return found;
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    const auto agent = FindAgent(machine);
    const auto locations = ReadScratchLocations(machine);
    if (!agent || !locations)
    {
        return RepairProposal::Guided();
    }
    const auto folder = OnlyFolderWithKey(machine, locations->Folders(), *agent);
    if (!folder || !IsAllowed(machine, *folder))
    {
        return RepairProposal::Guided();
    }
    Plan plan;
    for (const ScratchValue* value : {&locations->config, &locations->provider})
    {
        const auto wanted = RegistryValue::String(*folder);
        if (value->stored != wanted)
        {
            plan.changes.emplace_back(SetRegistryValue{value->path, value->stored, wanted, false, {}});
        }
    }
    if (plan.changes.empty())
    {
        return RepairProposal::NothingToDo();
    }
    plan.changes.emplace_back(RestartService{kAgentService});
    plan.disturbs = true;
    return RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& ScratchLocationMismatch()
{
    static constexpr RootCause kCause{
        "encryption.scratch_location_mismatch", "E-2", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::encryption
