// SPDX-License-Identifier: MIT
#pragma once

#include "fields.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Questions about disks and shadow copies; a part of questions.h.
namespace mars
{

/// What Windows does with a disk it has not seen before. The values are those of
/// MSFT_StorageSetting.NewDiskPolicy and of the registry's SanPolicy, the words are Windows' own and never
/// translated.
enum class SanPolicy
{
    kUnknown,
    kOnlineAll,
    kOfflineShared,
    kOfflineAll,
    kOfflineInternal,
};
template <>
struct EnumWords<SanPolicy>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("Unknown"), std::string_view("OnlineAll"),
            std::string_view("OfflineShared"), std::string_view("OfflineAll"),
            std::string_view("OfflineInternal")};
    }
};

struct NewDiskSetting
{
    SanPolicy policy = SanPolicy::kUnknown;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("policy", &NewDiskSetting::policy));
    }
    bool operator==(const NewDiskSetting&) const = default;
};

/// MSFT_StorageSetting.NewDiskPolicy. Absent: this Windows has no such class.
struct ReadNewDiskPolicy
{
    using Value = NewDiskSetting;
    static constexpr std::string_view kName = "read_new_disk_policy";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

/// Where the shadow copies of one volume are kept, and how much they may take.
struct ShadowStorage
{
    /// "C:\", or the volume's own name where it has neither letter nor folder.
    std::string volume;
    std::optional<std::uint64_t> volumeBytes;
    /// The volume that holds the shadow copies; mostly the same.
    std::string storageVolume;
    std::optional<std::uint64_t> storageVolumeBytes;
    std::optional<std::uint64_t> storageFreeBytes;
    /// Absent: no limit.
    std::optional<std::uint64_t> limitBytes;
    std::uint64_t usedBytes = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("volume", &ShadowStorage::volume),
            MakeField("volume_bytes", &ShadowStorage::volumeBytes),
            MakeField("storage_volume", &ShadowStorage::storageVolume),
            MakeField("storage_volume_bytes", &ShadowStorage::storageVolumeBytes),
            MakeField("storage_free_bytes", &ShadowStorage::storageFreeBytes),
            MakeField("limit_bytes", &ShadowStorage::limitBytes),
            MakeField("used_bytes", &ShadowStorage::usedBytes));
    }
    bool operator==(const ShadowStorage&) const = default;
};

struct ShadowStorageList
{
    std::vector<ShadowStorage> storages;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("storages", &ShadowStorageList::storages));
    }
    bool operator==(const ShadowStorageList&) const = default;
};

/// Win32_ShadowStorage. A volume whose shadow copies have no storage yet is not in the list.
struct ListShadowStorage
{
    using Value = ShadowStorageList;
    static constexpr std::string_view kName = "list_shadow_storage";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

/// The change journal of an NTFS volume, by which the agent finds what changed since the last backup.
struct ChangeJournal
{
    std::uint64_t maximumBytes = 0;
    /// Positions, in bytes since the journal began: of the oldest record that is still there, and of the
    /// next one.
    std::uint64_t first = 0;
    std::uint64_t next = 0;
    /// When this journal began; absent where its id is no time.
    std::optional<Timestamp> begun{};
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("maximum_bytes", &ChangeJournal::maximumBytes),
            MakeField("first", &ChangeJournal::first), MakeField("next", &ChangeJournal::next),
            MakeField("begun", &ChangeJournal::begun));
    }
    bool operator==(const ChangeJournal&) const = default;
};

/// By FSCTL_QUERY_USN_JOURNAL, which needs an administrator. Absent: the volume has no active journal.
struct ReadChangeJournal
{
    using Value = ChangeJournal;
    static constexpr std::string_view kName = "read_change_journal";
    /// "C:\\"
    std::string volume;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("volume", &ReadChangeJournal::volume));
    }
};

} // namespace mars
