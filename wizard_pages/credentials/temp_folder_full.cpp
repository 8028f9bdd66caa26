// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/files.h"
#include "root_cause.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::credentials
{
namespace
{

constexpr std::uint64_t kTooMany = 60'000;
constexpr std::uint64_t kMany = 30'000;

struct Counted
{
    std::string folder;
    TempFileCount count;
};

struct Counts
{
    std::vector<Counted> folders;
    /// Why the list is not complete.
    std::optional<Failure> incomplete;
};

/// Where GetTempFileName of the SYSTEM account makes its files. A folder that does not exist holds none; that
/// it is missing is V-7's business.
Counts CountAll(const MachineView& machine)
{
    Counts counts;
    const auto windows = machine.Ask(FindFolder{KnownFolder::kWindows});
    if (!windows)
    {
        counts.incomplete =
            windows.HasFailed() ? windows.Error() : Failure{code::kNotSupported, "find the Windows folder"};
        return counts;
    }
    std::vector<std::string> names{"Temp"};
    const auto version = machine.Ask(ReadWindowsVersion{});
    if (version.HasFailed())
    {
        counts.incomplete = version.Error();
    }
    else if (version && version->systemTempFolder)
    {
        names.emplace_back("SystemTemp");
    }
    for (const std::string& name : names)
    {
        const std::string folder = JoinPath(windows->path, name);
        const auto count = machine.Ask(CountTempFiles{folder});
        if (count.HasFailed())
        {
            counts.incomplete = count.Error();
        }
        else
        {
            counts.folders.push_back({folder, count.ValueOr({})});
        }
    }
    return counts;
}

Facts FactsOf(const std::vector<Counted>& folders)
{
    Facts facts;
    std::vector<std::string> all;
    const Counted* fullest = nullptr;
    for (const Counted& counted : folders)
    {
        all.push_back(fmt::format("{}: {}", counted.folder, counted.count.all.files));
        if (fullest == nullptr || counted.count.all.files > fullest->count.all.files)
        {
            fullest = &counted;
        }
    }
    if (fullest != nullptr)
    {
        facts["folder"] = fullest->folder;
        facts["files"] = static_cast<std::int64_t>(fullest->count.all.files);
        facts["size"] = ByteCount{fullest->count.all.bytes};
        facts["largest_prefix"] = fullest->count.largestPrefix;
        facts["largest_prefix_files"] = static_cast<std::int64_t>(fullest->count.largestPrefixFiles);
        facts["all_folders"] = std::move(all);
    }
    return facts;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const Counts counts = CountAll(machine);
    Facts facts = FactsOf(counts.folders);
    std::uint64_t most = 0;
    for (const Counted& counted : counts.folders)
    {
        most = std::max(most, counted.count.all.files);
    }
    if (most > kTooMany)
    {
        facts["case"] = "full";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (most > kMany)
    {
        facts["case"] = "filling";
        return Outcome::Problem(Level::kWarning, std::move(facts));
    }
    if (counts.incomplete)
    {
        return Outcome::CouldNotCheck(*counts.incomplete, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

/// What temp_files.h would delete of a folder.
FileTotals ToDelete(const TempFileCount& count)
{
    const bool crowded = count.all.files - std::min(count.all.files, count.olderThanDay.files) > kTooMany;
    return crowded ? count.olderThanHour : count.olderThanDay;
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    bool over = false;
    Plan plan;
    for (const Counted& counted : CountAll(machine).folders)
    {
        if (counted.count.all.files <= kMany)
        {
            continue;
        }
        over = true;
        const FileTotals totals = ToDelete(counted.count);
        if (totals.files > 0)
        {
            plan.changes.push_back(DeleteTemporaryFiles{counted.folder, totals.files, totals.bytes});
        }
    }
    if (!plan.changes.empty())
    {
        return RepairProposal::Planned(std::move(plan));
    }
    return over ? RepairProposal::Guided("temp_files_too_new") : RepairProposal::NothingToDo();
}

} // namespace

const RootCause& TempFolderFull()
{
    static constexpr RootCause kCause{
        "credentials.temp_folder_full", "V-6", RepairKind::kOneClick, false, Detect, Repair};
    return kCause;
}

} // namespace mars::credentials
