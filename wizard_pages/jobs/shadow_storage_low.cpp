// SPDX-License-Identifier: MIT
#include "agent.h"
#include "last_backup.h"
#include "questions/events.h"
#include "questions/volumes.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::jobs
{
namespace
{

/// Shadow copies were deleted or given up, because their storage could not grow or had reached its limit.
const std::vector<std::uint32_t> kLossEvents{24, 25, 33, 35, 36};

/// ERROR_EVT_CHANNEL_NOT_FOUND; every Windows has this one.
constexpr std::uint32_t kChannelNotFound = 15007;

constexpr std::uint64_t kGigabyte = std::uint64_t{1} << 30;
/// Partitions of Windows itself, such as EFI and Recovery, are small and nearly full for ever.
constexpr std::uint64_t kSmallestVolume = 2 * kGigabyte;
/// Windows' own limit is 10 % of the volume, rounded down.
constexpr std::uint64_t kLimitPerMille = 95;
constexpr std::uint64_t kLimitEnough = 10 * kGigabyte;
constexpr std::uint64_t kFreePerMille = 100;
/// A tenth of a large disk is more than any snapshot takes.
constexpr std::uint64_t kFreeEnough = 20 * kGigabyte;

/// Less than so many thousandths of `whole`.
bool IsBelow(std::uint64_t part, std::uint64_t perMille, std::uint64_t whole)
{
    return static_cast<double>(part) * 1000.0 < static_cast<double>(perMille) * static_cast<double>(whole);
}

std::int64_t Percent(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0
        ? 0
        : static_cast<std::int64_t>(100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

// ---- Snapshots that were lost

/// The events since the last success; absent: none.
Answer<EventList> ReadLosses(const MachineView& machine)
{
    auto events = machine.Ask(ReadProviderEvents{"System", "volsnap", kLossEvents});
    if (events.IsAbsent())
    {
        return Failure{kChannelNotFound, "System"};
    }
    if (events.HasFailed() || events->events.empty())
    {
        return events.HasFailed() ? events : Answer<EventList>(Absent{});
    }
    const auto success = ReadLastSuccess(machine);
    if (success.HasFailed())
    {
        return success.Error();
    }
    if (success)
    {
        std::erase_if(events->events, [&](const EventInfo& event) { return event.time <= *success; });
    }
    return events->events.empty() ? Answer<EventList>(Absent{}) : events;
}

Outcome SnapshotLost(const EventList& losses, Facts facts)
{
    const auto newest = std::ranges::max_element(losses.events, {}, &EventInfo::time);
    facts["case"] = "snapshot_lost";
    facts["event"] = std::int64_t{newest->id};
    facts["event_at"] = newest->time;
    facts["event_count"] = static_cast<std::int64_t>(losses.events.size());
    return Outcome::Problem(Level::kError, std::move(facts));
}

// ---- Storage that is small or nearly full

std::vector<std::string> VolumesOf(const std::vector<ShadowStorage>& storages)
{
    std::vector<std::string> volumes;
    std::ranges::transform(storages, std::back_inserter(volumes), &ShadowStorage::volume);
    return volumes;
}

/// Volumes without letter and folder are Windows' own or nobody's; the agent backs up none of them.
bool Counts(const ShadowStorage& storage)
{
    const bool hasPath = !storage.volume.starts_with("\\\\?\\");
    return hasPath && (!storage.volumeBytes || *storage.volumeBytes >= kSmallestVolume);
}

bool HasLowLimit(const ShadowStorage& storage)
{
    return storage.limitBytes && storage.volumeBytes && *storage.limitBytes < kLimitEnough
        && IsBelow(*storage.limitBytes, kLimitPerMille, *storage.volumeBytes);
}

bool HasLowSpace(const ShadowStorage& storage)
{
    return storage.storageFreeBytes && storage.storageVolumeBytes && *storage.storageFreeBytes < kFreeEnough
        && IsBelow(*storage.storageFreeBytes, kFreePerMille, *storage.storageVolumeBytes);
}

bool CanBeJudged(const ShadowStorage& storage)
{
    return (!storage.limitBytes || storage.volumeBytes) && storage.storageFreeBytes
        && storage.storageVolumeBytes;
}

Outcome LowLimit(const ShadowStorage& storage, Facts facts)
{
    facts["case"] = "limit_low";
    facts["volume"] = storage.volume;
    facts["volume_size"] = ByteCount{*storage.volumeBytes};
    facts["limit"] = ByteCount{*storage.limitBytes};
    facts["limit_percent"] = Percent(*storage.limitBytes, *storage.volumeBytes);
    facts["used"] = ByteCount{storage.usedBytes};
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

Outcome LowSpace(const ShadowStorage& storage, Facts facts)
{
    facts["case"] = "space_low";
    facts["volume"] = storage.volume;
    facts["storage_volume"] = storage.storageVolume;
    facts["free"] = ByteCount{*storage.storageFreeBytes};
    facts["free_percent"] = Percent(*storage.storageFreeBytes, *storage.storageVolumeBytes);
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

Outcome JudgeStorages(const std::vector<ShadowStorage>& storages, Facts facts)
{
    if (const auto low = std::ranges::find_if(storages, HasLowLimit); low != storages.end())
    {
        return LowLimit(*low, std::move(facts));
    }
    if (const auto low = std::ranges::find_if(storages, HasLowSpace); low != storages.end())
    {
        return LowSpace(*low, std::move(facts));
    }
    if (const auto other = std::ranges::find_if_not(storages, CanBeJudged); other != storages.end())
    {
        return Outcome::CouldNotCheck({code::kNotSupported, other->volume}, std::move(facts));
    }
    if (storages.empty())
    {
        facts["case"] = "no_storage";
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
    const auto losses = ReadLosses(machine);
    const auto list = machine.Ask(ListShadowStorage{});
    Facts facts;
    std::vector<ShadowStorage> storages = list.ValueOr({}).storages;
    std::erase_if(storages, [](const ShadowStorage& storage) { return !Counts(storage); });
    if (list)
    {
        facts["volumes"] = VolumesOf(storages);
    }
    if (losses)
    {
        return SnapshotLost(*losses, std::move(facts));
    }
    const Failure unanswered{code::kNotSupported, "Win32_ShadowStorage"};
    Outcome outcome = list ? JudgeStorages(storages, std::move(facts))
                           : Outcome::CouldNotCheck(list.HasFailed() ? list.Error() : unanswered);
    // A warning is worth more than "could not check", a pass is not.
    return losses.HasFailed() && !outcome.IsProblem() ? Outcome::CouldNotCheck(losses.Error()) : outcome;
}

} // namespace

const RootCause& ShadowStorageLow()
{
    static constexpr RootCause kCause{
        "jobs.shadow_storage_low", "J-5", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::jobs
