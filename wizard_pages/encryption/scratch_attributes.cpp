// SPDX-License-Identifier: MIT
#include "agent.h"
#include "questions/files.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "root_cause.h"
#include "scratch.h"
#include "text.h"

namespace mars::encryption
{
namespace
{

/// 2.5 GB, which the scratch folder's volume must have free in any case.
constexpr std::uint64_t kMinimumFree = 5 * (std::uint64_t{1} << 29);

/// What is wrong with the scratch folder, the folders above it, and what it holds. The agent's own sparse
/// files are as they should be.
struct Attributes
{
    std::vector<std::string> encrypted;
    std::vector<std::string> compressed;
    std::vector<std::string> links;
    FolderSurvey content;
    std::optional<Failure> failure;

    bool OnlyCompressed() const
    {
        return encrypted.empty() && links.empty() && content.encrypted == 0 && content.deduplicated == 0;
    }
};

void Judge(const std::string& path, const Answer<FileInfo>& info, Attributes& found)
{
    if (!info)
    {
        found.failure = info.HasFailed() ? info.Error() : Failure{code::kNotSupported, "read " + path};
        return;
    }
    const auto note = [&](std::uint32_t attribute, std::vector<std::string>& folders) {
        if ((info->attributes & attribute) != 0)
        {
            folders.push_back(path);
        }
    };
    note(file_attribute::kEncrypted, found.encrypted);
    note(file_attribute::kCompressed, found.compressed);
    note(file_attribute::kReparsePoint, found.links);
}

Attributes ReadAttributes(const MachineView& machine, const std::string& folder)
{
    Attributes found;
    Judge(folder, machine.Ask(ReadFileInfo{folder}), found);
    // Up to the drive, which is no folder; a share is no place for it at all, which another check says.
    for (std::string_view path = FolderOf(folder); path.size() > 2 && !path.starts_with("\\\\");
         path = FolderOf(path))
    {
        Judge(std::string(path), machine.Ask(ReadFileInfo{std::string(path)}), found);
    }
    const auto survey = machine.Ask(SurveyFolder{folder});
    if (survey)
    {
        found.content = *survey;
    }
    else
    {
        found.failure =
            survey.HasFailed() ? survey.Error() : Failure{code::kNotSupported, "survey " + folder};
    }
    return found;
}

/// The token of the text that explains the fault; empty: there is none.
std::string CaseOf(const Attributes& found)
{
    if (!found.encrypted.empty() || found.content.encrypted != 0)
    {
        return "encrypted";
    }
    if (!found.links.empty())
    {
        return "link";
    }
    if (found.content.deduplicated != 0)
    {
        return "deduplicated";
    }
    return found.compressed.empty() && found.content.compressed == 0 ? "" : "compressed";
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto folder = FindScratchFolder(machine, *agent);
    if (folder.HasFailed())
    {
        return Outcome::CouldNotCheck(folder.Error());
    }
    const auto info = folder ? machine.Ask(ReadFileInfo{*folder}) : Answer<FileInfo>(Absent{});
    if (info.HasFailed())
    {
        return Outcome::CouldNotCheck(info.Error(), {{"scratch_folder", *folder}});
    }
    if (info.IsAbsent() || !info->IsDirectory())
    {
        return Outcome::NotApplicable(reason::kScratchFolderMissing);
    }
    const Attributes found = ReadAttributes(machine, *folder);
    const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
    Facts facts{{"scratch_folder", *folder}, {"compressed_items", number(found.content.compressed)},
        {"encrypted_items", number(found.content.encrypted)},
        {"deduplicated_files", number(found.content.deduplicated)}};
    for (const auto& [name, folders] : {std::pair("encrypted_folders", &found.encrypted),
             std::pair("compressed_folders", &found.compressed), std::pair("link_folders", &found.links)})
    {
        facts[name] = *folders;
    }
    if (const std::string textCase = CaseOf(found); !textCase.empty())
    {
        facts["case"] = textCase;
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    return found.failure ? Outcome::CouldNotCheck(*found.failure, std::move(facts))
                         : Outcome::Passed(std::move(facts));
}

/// How much more of the disk the files will take; nothing where not everything was looked at.
std::optional<std::uint64_t> SpaceNeeded(const Attributes& found)
{
    const FolderSurvey& content = found.content;
    if (found.failure || content.truncated || content.compressedStoredBytes > content.compressedBytes)
    {
        return std::nullopt;
    }
    return content.compressedBytes - content.compressedStoredBytes;
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome& outcome)
{
    const std::string folder = outcome.Text("scratch_folder");
    if (!outcome.IsProblem() || folder.empty())
    {
        return RepairProposal::NothingToDo();
    }
    const Attributes found = ReadAttributes(machine, folder);
    const bool ownOnly = found.compressed.empty()
        || (found.compressed.size() == 1 && IsSameFolder(found.compressed.front(), folder));
    if (!found.OnlyCompressed() || !ownOnly)
    {
        return RepairProposal::Guided();
    }
    const auto needed = SpaceNeeded(found);
    const auto volume = machine.Ask(ReadVolume{folder});
    const auto service = machine.Ask(QueryService{kAgentService});
    if (!needed || !volume || !service)
    {
        return RepairProposal::Guided("space_not_proven");
    }
    if (volume->freeBytes < kMinimumFree || volume->freeBytes - kMinimumFree < *needed)
    {
        return RepairProposal::Guided("not_enough_space");
    }
    Plan plan;
    plan.disturbs = true;
    const bool runs = service->state != ServiceState::kStopped;
    if (runs)
    {
        plan.changes.emplace_back(StopService{kAgentService});
    }
    plan.changes.emplace_back(
        UncompressFolder{folder, found.content.compressed + found.compressed.size(), *needed});
    if (runs)
    {
        plan.changes.emplace_back(StartService{kAgentService});
    }
    return RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& ScratchAttributes()
{
    static constexpr RootCause kCause{
        "encryption.scratch_attributes", "E-5", RepairKind::kOneClick, false, Detect, Repair};
    return kCause;
}

} // namespace mars::encryption
