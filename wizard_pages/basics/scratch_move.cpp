// SPDX-License-Identifier: MIT
#include "scratch_move.h"

#include "activity.h"
#include "last_backup.h"
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "scratch_move_ends.h"
#include "scratch_space.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::basics
{
namespace
{

/// A backup so long after the copy was made, with both values on the new folder, was made with it.
constexpr std::chrono::days kSettled{7};
/// What an old folder holds is of no use to the agent after that.
constexpr std::chrono::days kTooOldToGoBack{30};
constexpr std::uint32_t kForbidden =
    file_attribute::kReparsePoint | file_attribute::kCompressed | file_attribute::kEncrypted;

enum class StepState
{
    kDone,
    kOpen,
    kUnknown,
};

const char* WordOfStep(StepState state)
{
    return state == StepState::kDone ? "done" : state == StepState::kOpen ? "open" : "unknown";
}

StepState DoneIf(bool done)
{
    return done ? StepState::kDone : StepState::kOpen;
}

/// A step that counts only after another one.
StepState After(StepState earlier, StepState own)
{
    return earlier == StepState::kDone ? own : earlier;
}

class Move
{
public:
    Move(const MachineView& machine, const Given& given, const Agent& agent, const VolumeInfo& volume,
        const std::string& inUse)
        : m_machine(machine), m_given(given), m_volume(volume), m_volumes(machine.Ask(ListVolumes{})),
          m_locations(ReadScratchLocations(machine)),
          m_ends(FindMoveEnds(machine, agent, inUse, m_volumes, m_locations))
    {}

    void AddTo(Outcome& outcome)
    {
        if (!m_ends.begun && !outcome.IsProblem())
        {
            return;
        }
        JudgeSwitch();
        const bool leftover = m_ends.begun && !m_ends.from.empty() && m_backup == StepState::kDone;
        if (leftover && outcome.IsProblem())
        {
            // That move is over; what the full volume calls for is another one.
            m_ends = {m_ends.to, {}, false};
            JudgeSwitch();
        }
        AddFacts(outcome.facts);
        if (!outcome.IsProblem())
        {
            outcome.facts["case"] = m_ends.from.empty()                      ? "old_folder_gone"
                : m_copy == StepState::kDone && m_backup == StepState::kDone ? "old_folder_left"
                                                                             : "move_unfinished";
        }
    }

private:
    /// The volumes with room for a copy, the one with the most room first.
    void ChooseTarget()
    {
        std::vector<VolumeInfo> volumes;
        for (const std::string& root : UsableRoots(m_volumes))
        {
            const auto volume = m_machine.Ask(ReadVolume{root});
            const bool isFree = m_machine.Ask(ReadFileInfo{JoinPath(root, kMovePlace)}).IsAbsent();
            if (volume && isFree && !EqualsIgnoreCase(volume->root, m_volume.root))
            {
                volumes.push_back(*volume);
                volumes.back().root = root;
            }
        }
        // Asked last: a folder with very many files takes its time.
        const std::uint64_t size = SizeOf(m_ends.from).value_or(0);
        std::erase_if(volumes, [&](const VolumeInfo& volume) { return !HasRoom(volume, size); });
        std::ranges::stable_sort(volumes, std::greater<>(), &VolumeInfo::freeBytes);
        std::ranges::transform(volumes, std::back_inserter(m_roots), &VolumeInfo::root);
        m_ends.to = m_roots.empty() ? std::string() : JoinPath(m_roots.front(), kMovePlace);
    }

    // ---- The values, the service, the backup

    /// The values come first: what the service and a backup do counts only when both name the new folder.
    void JudgeSwitch()
    {
        const auto service = m_machine.Ask(QueryService{kAgentService});
        const bool stopped = service && service->state == ServiceState::kStopped;
        m_values = ValuesName(m_ends.to);
        const StepState restarted = StartedWith(service);
        m_started = After(m_values, restarted);
        m_backup = After(m_started, BackupSince(service));
        const StepState stop = service ? DoneIf(stopped) : StepState::kUnknown;
        const bool switched = m_values == StepState::kDone;
        m_stopped = switched && !stopped ? restarted : stop;
        m_idle = switched || stopped ? StepState::kDone : Idle();
    }

    StepState ValuesName(const std::string& folder) const
    {
        const auto names = [&](const ScratchValue& value) {
            return value.stored && !value.malformed && IsSameFolder(value.folder, folder);
        };
        return !m_locations
            ? StepState::kUnknown
            : DoneIf(!folder.empty() && names(m_locations->config) && names(m_locations->provider));
    }

    bool AnyValueNames(const std::string& folder) const
    {
        return m_locations && std::ranges::any_of(m_locations->Folders(), [&](const std::string& named) {
            return IsSameFolder(named, folder);
        });
    }

    /// A service that began before the new folder was made still uses the old one.
    StepState StartedWith(const Answer<ServiceStatus>& service) const
    {
        const auto target = FindPlace(m_machine, m_ends.to);
        if (!service || !target)
        {
            return StepState::kUnknown;
        }
        if (service->state != ServiceState::kRunning)
        {
            return StepState::kOpen;
        }
        return service->processStarted ? DoneIf(*service->processStarted > target->created)
                                       : StepState::kUnknown;
    }

    /// Nothing tells when the values were set, so a backup counts since the service was last started, or when
    /// it is much younger than the copy.
    StepState BackupSince(const Answer<ServiceStatus>& service)
    {
        const auto success = ReadLastSuccess(m_machine);
        const auto target = FindPlace(m_machine, m_ends.to);
        if (success.HasFailed() || !service || !service->processStarted)
        {
            return StepState::kUnknown;
        }
        m_provenByStart = success && *success > *service->processStarted;
        return DoneIf(m_provenByStart || (success && target && *success > target->created + kSettled));
    }

    bool IsTooOldToGoBack() const
    {
        const auto clock = m_machine.Ask(ReadClock{});
        const auto target = FindPlace(m_machine, m_ends.to);
        return clock && target && clock->now - target->created > kTooOldToGoBack;
    }

    StepState Idle() const
    {
        if (m_given.offlineSeeding)
        {
            return StepState::kOpen;
        }
        switch (ReadActivity(m_machine).activity)
        {
        case Activity::kFree:
            return StepState::kDone;
        case Activity::kBusy:
            return StepState::kOpen;
        case Activity::kUnknown:
            break;
        }
        return StepState::kUnknown;
    }

    /// No disk of the system state is mounted in the old folder.
    StepState Unmounted() const
    {
        if (m_ends.from.empty())
        {
            return StepState::kDone;
        }
        if (!m_volumes)
        {
            return StepState::kUnknown;
        }
        const std::string below = m_ends.from + "\\";
        const auto isBelow = [&](const std::string& path) { return StartsWithIgnoreCase(path, below); };
        return DoneIf(std::ranges::none_of(m_volumes->volumes,
            [&](const LocalVolume& volume) { return std::ranges::any_of(volume.paths, isBelow); }));
    }

    // ---- The copy and its volume

    std::optional<std::uint64_t> SizeOf(const std::string& folder) const
    {
        const auto survey = m_machine.Ask(SurveyFolder{folder});
        return survey && !survey->truncated ? std::optional(survey->bytes) : std::nullopt;
    }

    bool HasRoom(VolumeInfo volume, std::uint64_t bytes) const
    {
        volume.freeBytes -= std::min(volume.freeBytes, bytes);
        return volume.kind == DriveKind::kFixed && EqualsIgnoreCase(volume.fileSystem, "NTFS")
            && !volume.readOnly && !JudgeSpace(volume, m_given);
    }

    StepState Target() const
    {
        if (m_ends.to.empty())
        {
            return m_volumes ? StepState::kOpen : StepState::kUnknown;
        }
        const auto volume =
            m_machine.Ask(ReadVolume{FindPlace(m_machine, m_ends.to) ? m_ends.to : m_ends.to.substr(0, 3)});
        if (!volume)
        {
            return volume.HasFailed() ? StepState::kUnknown : StepState::kOpen;
        }
        // Nothing is left to be copied.
        if (m_copy == StepState::kDone || m_ends.from.empty())
        {
            return DoneIf(HasRoom(*volume, 0));
        }
        const auto size = SizeOf(m_ends.from);
        const std::uint64_t there = SizeOf(m_ends.to).value_or(0);
        return size ? DoneIf(HasRoom(*volume, *size - std::min(*size, there))) : StepState::kUnknown;
    }

    StepState Copy()
    {
        const auto target =
            m_ends.to.empty() ? Answer<FileInfo>(Absent{}) : m_machine.Ask(ReadFileInfo{m_ends.to});
        if (!target || !target->IsDirectory())
        {
            return target.HasFailed() ? StepState::kUnknown : StepState::kOpen;
        }
        const StepState key = KeyFileCopied();
        if (key != StepState::kDone)
        {
            return key;
        }
        if ((target->attributes & kForbidden) != 0)
        {
            return Fault("copy_unfit");
        }
        return m_ends.from.empty() ? StepState::kUnknown : ContentCopied();
    }

    StepState KeyFileCopied()
    {
        const auto copy = ReadKeyFile(m_machine, m_ends.to);
        const auto original =
            m_ends.from.empty() ? Answer<FileInfo>(Absent{}) : ReadKeyFile(m_machine, m_ends.from);
        if (copy.HasFailed() || original.HasFailed())
        {
            return StepState::kUnknown;
        }
        if (copy.IsAbsent())
        {
            // A server without a passphrase has no key file to copy.
            return original || m_ends.from.empty() ? Fault("copy_without_key") : StepState::kDone;
        }
        return original && original->bytes != copy->bytes && m_backup != StepState::kDone
            ? Fault("copy_key_differs")
            : StepState::kDone;
    }

    StepState ContentCopied()
    {
        const auto from = m_machine.Ask(SurveyFolder{m_ends.from});
        const auto to = m_machine.Ask(SurveyFolder{m_ends.to});
        if (!from || !to || from->truncated || to->truncated)
        {
            return StepState::kUnknown;
        }
        m_counted = std::pair(*from, *to);
        if (to->compressed != 0 || to->encrypted != 0 || to->deduplicated != 0)
        {
            return Fault("copy_unfit");
        }
        const bool same = from->files == to->files && from->bytes == to->bytes;
        const bool holdsAll = to->files >= from->files && to->bytes >= from->bytes;
        // Once the agent has worked with the copy, the copy grows and the original does not.
        const bool grown = holdsAll && m_started == StepState::kDone;
        if (same || grown || (m_provenByStart && m_backup == StepState::kDone))
        {
            return StepState::kDone;
        }
        if (m_backup == StepState::kDone)
        {
            // Long after the move the two cannot be compared any more.
            return StepState::kUnknown;
        }
        return Fault(holdsAll ? "copy_has_more" : "copy_incomplete");
    }

    StepState Fault(const char* token)
    {
        m_fault = token;
        return StepState::kOpen;
    }

    // ---- What is told

    void AddFacts(Facts& facts)
    {
        if (!m_ends.begun)
        {
            ChooseTarget();
        }
        m_copy = Copy();
        const auto set = [&](const char* name, StepState state) {
            facts[fmt::format("step_{}", name)] = WordOfStep(state);
        };
        set("target", Target());
        set("idle", m_idle);
        set("stopped", m_stopped);
        set("unmounted", Unmounted());
        set("values", m_values);
        set("started", m_started);
        set("backup", m_backup);
        // When nothing is left of the old folder, nothing can be compared with it and nothing is known of it.
        if (!m_ends.from.empty() || m_copy == StepState::kOpen)
        {
            set("copy", m_copy);
        }
        if (!m_ends.from.empty())
        {
            set("deleted", StepState::kOpen);
        }
        AddEnds(facts);
        facts["can_go_back"] = !m_ends.from.empty() && AnyValueNames(m_ends.to)
            && m_backup != StepState::kDone && ReadKeyFile(m_machine, m_ends.from).HasValue()
            && !IsTooOldToGoBack();
    }

    void AddEnds(Facts& facts)
    {
        facts["move_begun"] = m_ends.begun;
        facts["values_half"] =
            m_values == StepState::kOpen && AnyValueNames(m_ends.to) && AnyValueNames(m_ends.from);
        if (!m_ends.from.empty())
        {
            facts["move_from"] = m_ends.from;
        }
        if (!m_ends.to.empty())
        {
            facts["move_to"] = m_ends.to;
        }
        if (!m_ends.from.empty() && !m_ends.to.empty())
        {
            facts["copy_command"] =
                fmt::format("robocopy \"{}\" \"{}\" /E /COPYALL /XJ /R:1 /W:1", m_ends.from, m_ends.to);
        }
        if (!m_roots.empty())
        {
            facts["move_volumes"] = m_roots;
        }
        if (m_counted)
        {
            facts["move_from_files"] = static_cast<std::int64_t>(m_counted->first.files);
            facts["move_from_size"] = ByteCount{m_counted->first.bytes};
            facts["move_to_files"] = static_cast<std::int64_t>(m_counted->second.files);
            facts["move_to_size"] = ByteCount{m_counted->second.bytes};
        }
        if (!m_fault.empty() && m_copy == StepState::kOpen)
        {
            facts["copy_faults"] = std::vector<Finding>{{m_ends.to, m_fault, {}}};
        }
    }

    const MachineView& m_machine;
    const Given& m_given;
    const VolumeInfo& m_volume;
    const Answer<LocalVolumeList> m_volumes;
    const Answer<ScratchLocations> m_locations;

    MoveEnds m_ends;
    std::vector<std::string> m_roots;

    StepState m_values = StepState::kUnknown;
    StepState m_started = StepState::kUnknown;
    StepState m_backup = StepState::kUnknown;
    bool m_provenByStart = false;
    StepState m_stopped = StepState::kUnknown;
    StepState m_idle = StepState::kUnknown;
    StepState m_copy = StepState::kUnknown;
    std::string m_fault;
    std::optional<std::pair<FolderSurvey, FolderSurvey>> m_counted;
};

} // namespace

void AddScratchMove(const MachineView& machine, const Given& given, const Agent& agent,
    const VolumeInfo& volume, Outcome& outcome)
{
    Move(machine, given, agent, volume, outcome.Text("scratch_folder")).AddTo(outcome);
}

} // namespace mars::basics
