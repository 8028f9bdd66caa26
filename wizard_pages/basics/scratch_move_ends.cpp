// SPDX-License-Identifier: MIT
#include "scratch_move_ends.h"

#include "last_backup.h"
#include "questions/files.h"
#include "questions/volumes.h"
#include "text.h"

namespace mars::basics
{
namespace
{

/// Two folders are named: the values were not both changed. Nothing where the new one is no copy with the key
/// file: then a value is wrong, but nothing was moved.
std::optional<MoveEnds> EndsOfHalfMove(const MachineView& machine, const Agent& agent,
    const std::string& inUse, const std::vector<std::string>& named)
{
    const std::string& other = IsSameFolder(named[0], inUse) ? named[1] : named[0];
    const auto own = FindPlace(machine, inUse);
    const auto second = FindPlace(machine, other);
    const bool inUseIsNew = IsSameFolder(other, agent.DefaultScratchFolder())
        || (own && second && own->created > second->created);
    MoveEnds ends{inUseIsNew ? other : inUse, inUseIsNew ? inUse : other, true};
    if (!FindPlace(machine, ends.from))
    {
        ends.from.clear();
    }
    const bool isCopy = !ReadKeyFile(machine, ends.to).IsAbsent()
        && (ends.from.empty() || !ReadKeyFile(machine, ends.from).IsAbsent());
    return isCopy ? std::optional(std::move(ends)) : std::nullopt;
}

bool IsMovePlace(const std::string& folder)
{
    return folder.size() > 3 && IsSameFolder(std::string_view(folder).substr(3), kMovePlace);
}

bool HasNoBackupSince(const MachineView& machine, Timestamp since)
{
    const auto success = ReadLastSuccess(machine);
    return success.IsAbsent() || (success && *success <= since);
}

struct Neighbours
{
    std::optional<Place> newer;
    std::optional<Place> older;
};

/// Other scratch folders. Copying makes a new folder, so the younger one is where a move leads to.
Neighbours FindNeighbours(
    const MachineView& machine, const Agent& agent, const Place& own, const Answer<LocalVolumeList>& volumes)
{
    const std::string usual = agent.DefaultScratchFolder();
    const bool usesUsual = IsSameFolder(own.folder, usual);
    Neighbours found;
    for (const std::string& root : UsableRoots(volumes))
    {
        const auto place = FindPlace(machine, JoinPath(root, kMovePlace));
        if (place && !IsSameFolder(place->folder, own.folder))
        {
            (usesUsual || place->created >= own.created ? found.newer : found.older) = place;
        }
    }
    // The folder of the installation is where moves come from; without a key file it is not in question.
    if (!usesUsual && !found.older && ReadKeyFile(machine, usual))
    {
        found.older = FindPlace(machine, usual);
    }
    return found;
}

} // namespace

std::optional<Place> FindPlace(const MachineView& machine, const std::string& folder)
{
    const auto info = folder.empty() ? Answer<FileInfo>(Absent{}) : machine.Ask(ReadFileInfo{folder});
    return info && info->IsDirectory() ? std::optional(Place{folder, info->created}) : std::nullopt;
}

std::vector<std::string> UsableRoots(const Answer<LocalVolumeList>& volumes)
{
    std::vector<std::string> roots;
    for (const LocalVolume& volume : volumes ? volumes->volumes : std::vector<LocalVolume>())
    {
        const bool usable = volume.code == 0 && !volume.empty && !volume.locked && !volume.readOnly
            && volume.kind == DriveKind::kFixed && EqualsIgnoreCase(volume.fileSystem, "NTFS");
        for (const std::string& path : usable ? volume.paths : std::vector<std::string>())
        {
            if (path.size() == 3 && path.ends_with(":\\"))
            {
                roots.push_back(path);
            }
        }
    }
    return roots;
}

MoveEnds FindMoveEnds(const MachineView& machine, const Agent& agent, const std::string& inUse,
    const Answer<LocalVolumeList>& volumes, const Answer<ScratchLocations>& locations)
{
    const auto named = locations ? locations->Folders() : std::vector<std::string>();
    if (named.size() > 1)
    {
        if (auto ends = EndsOfHalfMove(machine, agent, inUse, named))
        {
            return *ends;
        }
    }
    const Place own = FindPlace(machine, inUse).value_or(Place{inUse, {}});
    const Neighbours neighbours = FindNeighbours(machine, agent, own, volumes);
    if (neighbours.newer)
    {
        return {inUse, neighbours.newer->folder, true};
    }
    if (neighbours.older)
    {
        return {neighbours.older->folder, inUse, true};
    }
    const bool oldIsGone = IsMovePlace(inUse) && HasNoBackupSince(machine, own.created);
    return oldIsGone ? MoveEnds{{}, inUse, true} : MoveEnds{inUse, {}, false};
}

} // namespace mars::basics
