// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Volumes, disks, shadow copies and change journals.
namespace mars
{

enum class DriveKind
{
    kUnknown,
    kMissing,
    kRemovable,
    kFixed,
    kRemote,
    kOptical,
    kRamDisk,
};

MARS_WORDS(DriveKind, "unknown", "missing", "removable", "fixed", "remote", "optical", "ram_disk");

struct VolumeInfo
{
    /// Root of the volume that holds the path, "C:\"; for a UNC path "\\server\share\".
    std::string root;
    DriveKind kind = DriveKind::kUnknown;
    std::string fileSystem;
    std::uint64_t totalBytes = 0;
    std::uint64_t freeBytes = 0;
    bool readOnly = false;
    MARS_FIELDS(VolumeInfo, root, kind, fileSystem, totalBytes, freeBytes, readOnly);
    bool operator==(const VolumeInfo&) const = default;
};

/// The volume that holds `path`, mount points and mapped letters resolved. Absent: no such drive.
struct ReadVolume
{
    using Value = VolumeInfo;
    static constexpr std::string_view kName = "read_volume";
    static constexpr std::string_view kKind = "storage";
    std::string path;
    MARS_FIELDS(ReadVolume, path);
};

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

MARS_WORDS(SanPolicy, "Unknown", "OnlineAll", "OfflineShared", "OfflineAll", "OfflineInternal");

struct NewDiskSetting
{
    SanPolicy policy = SanPolicy::kUnknown;
    MARS_FIELDS(NewDiskSetting, policy);
    bool operator==(const NewDiskSetting&) const = default;
};

/// MSFT_StorageSetting.NewDiskPolicy. Absent: this Windows has no such class.
struct ReadNewDiskPolicy
{
    using Value = NewDiskSetting;
    static constexpr std::string_view kName = "read_new_disk_policy";
    static constexpr std::string_view kKind = "storage";
    MARS_NO_FIELDS();
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
    MARS_FIELDS(ShadowStorage, volume, volumeBytes, storageVolume, storageVolumeBytes, storageFreeBytes,
        limitBytes, usedBytes);
    bool operator==(const ShadowStorage&) const = default;
};

struct ShadowStorageList
{
    std::vector<ShadowStorage> storages;
    MARS_FIELDS(ShadowStorageList, storages);
    bool operator==(const ShadowStorageList&) const = default;
};

/// Win32_ShadowStorage. A volume whose shadow copies have no storage yet is not in the list.
struct ListShadowStorage
{
    using Value = ShadowStorageList;
    static constexpr std::string_view kName = "list_shadow_storage";
    static constexpr std::string_view kKind = "storage";
    MARS_NO_FIELDS();
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
    MARS_FIELDS(ChangeJournal, maximumBytes, first, next, begun);
    bool operator==(const ChangeJournal&) const = default;
};

/// By FSCTL_QUERY_USN_JOURNAL, which needs an administrator. Absent: the volume has no active journal.
struct ReadChangeJournal
{
    using Value = ChangeJournal;
    static constexpr std::string_view kName = "read_change_journal";
    static constexpr std::string_view kKind = "storage";
    /// "C:\\"
    std::string volume;
    MARS_FIELDS(ReadChangeJournal, volume);
};

struct LocalVolume
{
    /// Letters and folders where it is mounted, "C:\"; only such volumes can be chosen for a backup.
    std::vector<std::string> paths;
    DriveKind kind = DriveKind::kUnknown;
    /// "NTFS"; empty where Windows does not know the format or may not look.
    std::string fileSystem;
    bool readOnly = false;
    /// BitLocker keeps it locked.
    bool locked = false;
    /// A drive with nothing in it.
    bool empty = false;
    /// Why nothing more is known of it; 0: it is known.
    std::uint32_t code = 0;
    MARS_FIELDS(LocalVolume, paths, kind, fileSystem, readOnly, locked, empty, code);
    bool operator==(const LocalVolume&) const = default;
};

struct LocalVolumeList
{
    std::vector<LocalVolume> volumes;
    MARS_FIELDS(LocalVolumeList, volumes);
    bool operator==(const LocalVolumeList&) const = default;
};

/// The volumes of this computer's own drives that are mounted somewhere; shares are none of them.
struct ListVolumes
{
    using Value = LocalVolumeList;
    static constexpr std::string_view kName = "list_volumes";
    static constexpr std::string_view kKind = "storage";
    MARS_NO_FIELDS();
};

extern template class ExchangeOf<ReadVolume>;
extern template class ExchangeOf<ReadNewDiskPolicy>;
extern template class ExchangeOf<ListShadowStorage>;
extern template class ExchangeOf<ReadChangeJournal>;
extern template class ExchangeOf<ListVolumes>;

} // namespace mars
