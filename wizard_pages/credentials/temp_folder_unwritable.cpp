// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/volumes.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>
#include <array>

namespace mars::credentials
{
namespace
{

/// Less than a file of the agent's downloads needs.
constexpr std::uint64_t kLeastFree = 1024 * 1024;

struct TempPlace
{
    std::string folder;
    /// SYSTEM writes here.
    bool forSystem = false;
    bool forUser = false;
};

struct Places
{
    std::vector<TempPlace> list;
    std::optional<Failure> incomplete;
};

Failure WhyNone(const Answer<PathText>& answer, const char* what)
{
    return answer.HasFailed() ? answer.Error() : Failure{code::kNotSupported, what};
}

/// Those of V-6, and this user's.
Places FindPlaces(const MachineView& machine)
{
    Places places;
    const auto windows = machine.Ask(FindFolder{KnownFolder::kWindows});
    const auto version = machine.Ask(ReadWindowsVersion{});
    const auto own = machine.Ask(FindFolder{KnownFolder::kUserTemp});
    if (windows)
    {
        places.list.push_back({JoinPath(windows->path, "Temp"), true, false});
        if (version && version->systemTempFolder)
        {
            places.list.push_back({JoinPath(windows->path, "SystemTemp"), true, false});
        }
    }
    else
    {
        places.incomplete = WhyNone(windows, "find the Windows folder");
    }
    if (version.HasFailed())
    {
        places.incomplete = version.Error();
    }
    if (!own)
    {
        places.incomplete = WhyNone(own, "find the temporary folder of the user");
        return places;
    }
    const auto same = std::ranges::find_if(
        places.list, [&](const TempPlace& place) { return EqualsIgnoreCase(place.folder, own->path); });
    if (same == places.list.end())
    {
        places.list.push_back({own->path, false, true});
    }
    else
    {
        same->forUser = true;
    }
    return places;
}

enum class Fault
{
    kNone,
    kMissing,
    kNotWritable,
    kFull,
};

Answer<Fault> Judge(const MachineView& machine, const TempPlace& place)
{
    const auto folder = machine.Ask(ReadFileInfo{place.folder});
    if (folder.HasFailed())
    {
        return folder.Error();
    }
    if (folder.IsAbsent() || !folder->IsDirectory())
    {
        return Fault::kMissing;
    }
    const auto volume = machine.Ask(ReadVolume{place.folder});
    if (volume && volume->freeBytes < kLeastFree)
    {
        return Fault::kFull;
    }
    const auto access = machine.Ask(ReadFolderAccess{place.folder});
    if (access.HasFailed())
    {
        return access.Error();
    }
    if (access.IsAbsent())
    {
        return Fault::kMissing;
    }
    if ((place.forSystem && !access->systemMayAdd) || (place.forUser && !access->userMayAdd))
    {
        return Fault::kNotWritable;
    }
    return volume.HasFailed() ? Answer<Fault>(volume.Error()) : Fault::kNone;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    // In the order of Fault, for finding and case.
    constexpr std::array kTokens{"none", "folder_missing", "folder_not_writable", "folder_full"};
    constexpr std::array kCases{"passed", "missing", "not_writable", "full"};
    const Places places = FindPlaces(machine);
    std::optional<Failure> unknown = places.incomplete;
    std::vector<std::string> good;
    std::vector<Finding> bad;
    Fault first = Fault::kNone;
    for (const TempPlace& place : places.list)
    {
        const auto fault = Judge(machine, place);
        if (!fault)
        {
            unknown = fault.Error();
        }
        else if (*fault == Fault::kNone)
        {
            good.push_back(place.folder);
        }
        else
        {
            first = first == Fault::kNone ? *fault : first;
            bad.push_back(
                {place.folder, kTokens[static_cast<std::size_t>(*fault)], place.forSystem ? "SYSTEM" : ""});
        }
    }
    Facts facts;
    if (!good.empty())
    {
        facts["good_folders"] = std::move(good);
    }
    if (!bad.empty())
    {
        facts["folders"] = std::move(bad);
        facts["case"] = kCases[static_cast<std::size_t>(first)];
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    return unknown ? Outcome::CouldNotCheck(*unknown, std::move(facts)) : Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& TempFolderUnwritable()
{
    static constexpr RootCause kCause{
        "credentials.temp_folder_unwritable", "V-7", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::credentials
