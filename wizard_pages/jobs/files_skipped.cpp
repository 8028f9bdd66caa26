// SPDX-License-Identifier: MIT
#include "agent.h"
#include "questions/failed_files.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::jobs
{
namespace
{

constexpr std::size_t kMostExamples = 9;
constexpr std::size_t kExamplesOfGroup = 3;
constexpr std::size_t kMostFolders = 10;
constexpr std::size_t kMostRules = 100;

std::string CodeText(std::uint32_t code)
{
    return code == 0 ? std::string("?") : fmt::format("0x{:08X}", code);
}

/// The text with the advice for this code; empty where there is none of its own.
std::string CaseOf(std::uint32_t code)
{
    switch (code)
    {
    case 0x80070002:
    case 0x80070003:
        return "not_found";
    case 0x80070005:
        return "access_denied";
    case 0x80070020:
    case 0x80070021:
        return "in_use";
    case 0x80070570:
        return "damaged";
    case 0x8007018B:
        return "cloud_file";
    default:
        return {};
    }
}

/// What to exclude so that the next backup skips none of these: the files themselves where the list of them
/// is complete. Else their folder, and always the folder where a cloud keeps it.
std::vector<std::string> ExclusionsFor(const std::vector<FailedFolder>& folders)
{
    std::vector<std::string> rules;
    const auto add = [&](const std::string& path) {
        if (rules.size() < kMostRules && std::ranges::find(rules, path) == rules.end())
        {
            rules.push_back(path);
        }
    };
    for (const FailedFolder& folder : folders)
    {
        const bool asFolder = folder.files > folder.examples.size() || CaseOf(folder.code) == "cloud_file";
        // Nobody means to leave out a whole volume.
        const bool isVolume = folder.folder.ends_with(':');
        if (asFolder && !isVolume)
        {
            add(folder.folder + "\\");
        }
        else
        {
            std::ranges::for_each(folder.examples, add);
        }
    }
    return rules;
}

/// The one case of all groups; empty where they differ.
std::string CommonCase(const std::vector<FailedFileGroup>& groups)
{
    std::string common = CaseOf(groups.front().code);
    for (const FailedFileGroup& group : groups)
    {
        if (CaseOf(group.code) != common)
        {
            return {};
        }
    }
    return common;
}

/// For a sentence that names them.
std::vector<std::string> OrDash(std::vector<std::string> names)
{
    if (names.empty())
    {
        names.emplace_back("-");
    }
    return names;
}

Facts FactsOf(const FailedFiles& list)
{
    std::vector<std::string> codes;
    std::vector<std::string> examples;
    for (const FailedFileGroup& group : list.groups)
    {
        codes.push_back(fmt::format("{}: {}", CodeText(group.code), group.files));
        for (std::size_t i = 0; i < std::min(group.examples.size(), kExamplesOfGroup); ++i)
        {
            if (examples.size() < kMostExamples)
            {
                examples.push_back(fmt::format("{}: {}", CodeText(group.code), group.examples[i]));
            }
        }
    }
    std::vector<std::string> folders;
    for (const FailedFolder& folder : list.folders)
    {
        if (folders.size() < kMostFolders)
        {
            folders.push_back(fmt::format("{} {}: {}", CodeText(folder.code), folder.folder, folder.files));
        }
    }
    return {{"list", list.name}, {"written", list.written}, {"files", static_cast<std::int64_t>(list.files)},
        {"codes", std::move(codes)}, {"examples", std::move(examples)}, {"truncated", list.truncated},
        {"folders", OrDash(std::move(folders))}, {"exclusions", OrDash(ExclusionsFor(list.folders))}};
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto list = machine.Ask(ReadFailedFiles{agent->LogFolder()});
    if (list.HasFailed())
    {
        return Outcome::CouldNotCheck(list.Error());
    }
    if (list.IsAbsent())
    {
        return Outcome::Passed({{"case", "no_list"}, {"folder", agent->LogFolder()}});
    }
    Facts facts = FactsOf(*list);
    if (list->files == 0)
    {
        return list->otherLines == 0
            ? Outcome::Passed(std::move(facts))
            : Outcome::CouldNotCheck({code::kInvalidData, list->name}, std::move(facts));
    }
    if (std::string name = CommonCase(list->groups); !name.empty())
    {
        facts["case"] = std::move(name);
    }
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

} // namespace

const RootCause& FilesSkipped()
{
    static constexpr RootCause kCause{
        "jobs.files_skipped", "J-1", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::jobs
