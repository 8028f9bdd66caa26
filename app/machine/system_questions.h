// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

/// What this computer is made of and what is installed on it.
namespace mars
{

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
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("paths", &LocalVolume::paths), MakeField("kind", &LocalVolume::kind),
            MakeField("file_system", &LocalVolume::fileSystem),
            MakeField("read_only", &LocalVolume::readOnly), MakeField("locked", &LocalVolume::locked),
            MakeField("empty", &LocalVolume::empty), MakeField("code", &LocalVolume::code));
    }
    bool operator==(const LocalVolume&) const = default;
};

struct LocalVolumeList
{
    std::vector<LocalVolume> volumes;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("volumes", &LocalVolumeList::volumes));
    }
    bool operator==(const LocalVolumeList&) const = default;
};

/// The volumes of this computer's own drives that are mounted somewhere; shares are none of them.
struct ListVolumes
{
    using Value = LocalVolumeList;
    static constexpr std::string_view kName = "list_volumes";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

enum class UpdateSource
{
    /// The packages of Component Based Servicing that are installed.
    kPackages,
    /// What Windows Update wrote down.
    kHistory,
};
template <>
struct EnumWords<UpdateSource>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("packages"), std::string_view("history")};
    }
};

struct InstalledUpdate
{
    /// Name of the package, or title in the history.
    std::string name;
    Timestamp installed;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("name", &InstalledUpdate::name), MakeField("installed", &InstalledUpdate::installed));
    }
    bool operator==(const InstalledUpdate&) const = default;
};

/// The newest cumulative update or KB package; in the history, the newest success that is no definition of
/// Defender. Absent: the source names none.
struct FindNewestUpdate
{
    using Value = InstalledUpdate;
    static constexpr std::string_view kName = "find_newest_update";
    UpdateSource source = UpdateSource::kPackages;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("source", &FindNewestUpdate::source));
    }
};

struct ChassisTag
{
    /// The first chassis' asset tag as the firmware tells it; on hardware a number of its owner's.
    std::string assetTag;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("asset_tag", &ChassisTag::assetTag));
    }
    bool operator==(const ChassisTag&) const = default;
};

/// From the SMBIOS tables. Absent: they name no chassis.
struct ReadChassisTag
{
    using Value = ChassisTag;
    static constexpr std::string_view kName = "read_chassis_tag";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

struct InstalledProgram
{
    std::string name;
    std::string version;
    /// "yyyymmdd", or whatever the installer wrote; empty: nothing.
    std::string installDate;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &InstalledProgram::name),
            MakeField("version", &InstalledProgram::version),
            MakeField("install_date", &InstalledProgram::installDate));
    }
    bool operator==(const InstalledProgram&) const = default;
};

struct InstalledProgramList
{
    std::vector<InstalledProgram> programs;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("programs", &InstalledProgramList::programs));
    }
    bool operator==(const InstalledProgramList&) const = default;
};

/// The uninstall entries of both registry views whose display name begins with `prefix`, case ignored.
struct ListPrograms
{
    using Value = InstalledProgramList;
    static constexpr std::string_view kName = "list_programs";
    std::string prefix;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("prefix", &ListPrograms::prefix));
    }
};

/// A service or driver as the registry has it.
struct ServiceImage
{
    std::string name;
    /// As it is written there; empty where there is none.
    std::string imagePath;
    bool driver = false;
    StartType startType = StartType::kManual;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &ServiceImage::name),
            MakeField("image_path", &ServiceImage::imagePath), MakeField("driver", &ServiceImage::driver),
            MakeField("start_type", &ServiceImage::startType));
    }
    bool operator==(const ServiceImage&) const = default;
};

struct ServiceImageList
{
    /// By name; at most 4,000.
    std::vector<ServiceImage> services;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("services", &ServiceImageList::services));
    }
    bool operator==(const ServiceImageList&) const = default;
};

/// The files of all services and drivers, from HKLM\SYSTEM\CurrentControlSet\Services.
struct ListServiceImages
{
    using Value = ServiceImageList;
    static constexpr std::string_view kName = "list_service_images";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple<>();
    }
};

} // namespace mars
