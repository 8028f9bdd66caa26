// SPDX-License-Identifier: MIT
#pragma once

#include "agent.h"
#include "questions/volumes.h"
#include "scratch.h"
#include "view.h"

#include <optional>
#include <string>
#include <vector>

namespace mars::basics
{

/// Where a copy of the scratch folder is to be made, below the root of a volume: only a known place can be
/// looked at before the registry names it.
inline constexpr const char* kMovePlace = "MARS\\Scratch";

/// The two folders of a move.
struct MoveEnds
{
    /// Empty: not known any more.
    std::string from;
    /// Empty: not chosen yet.
    std::string to;
    /// There is a second folder, or a trace of one.
    bool begun = false;
};

struct Place
{
    std::string folder;
    Timestamp created;
};

/// The folder, where there is one that can be asked.
std::optional<Place> FindPlace(const MachineView& machine, const std::string& folder);

/// The roots, by letter, of volumes that can hold a scratch folder: one that is mounted in a folder would
/// make it a link.
std::vector<std::string> UsableRoots(const Answer<LocalVolumeList>& volumes);

/// `inUse` is the folder that the agent uses, or would use where the values differ. Where no move has begun
/// it is where the next one starts from.
MoveEnds FindMoveEnds(const MachineView& machine, const Agent& agent, const std::string& inUse,
    const Answer<LocalVolumeList>& volumes, const Answer<ScratchLocations>& locations);

} // namespace mars::basics
