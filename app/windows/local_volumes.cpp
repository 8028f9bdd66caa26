// SPDX-License-Identifier: MIT
#include "local_volumes.h"

#include "error.h"
#include "questions/volumes.h"
#include "wide.h"

#include <array>

namespace mars
{

namespace
{

struct VolumeFindCloser
{
    static void Close(HANDLE find)
    {
        FindVolumeClose(find);
    }
};
using UniqueVolumeFind = Unique<HANDLE, VolumeFindCloser>;

/// "\\?\Volume{...}\".
using VolumeName = std::array<wchar_t, 64>;

/// FVE_E_LOCKED_VOLUME of winerror.h.
constexpr std::uint32_t kLocked = 0x80310000;

DriveKind KindOf(const wchar_t* root)
{
    switch (GetDriveTypeW(root))
    {
    case DRIVE_REMOVABLE:
        return DriveKind::kRemovable;
    case DRIVE_FIXED:
        return DriveKind::kFixed;
    case DRIVE_CDROM:
        return DriveKind::kOptical;
    case DRIVE_RAMDISK:
        return DriveKind::kRamDisk;
    default:
        return DriveKind::kUnknown;
    }
}

/// Zero-terminated texts, one after the other.
std::vector<std::string> PathsOf(const wchar_t* volume)
{
    DWORD size = MAX_PATH;
    std::vector<wchar_t> buffer(size);
    while (!GetVolumePathNamesForVolumeNameW(volume, buffer.data(), static_cast<DWORD>(buffer.size()), &size))
    {
        if (GetLastError() != ERROR_MORE_DATA || size <= buffer.size())
        {
            return {};
        }
        buffer.resize(size);
    }
    std::vector<std::string> paths;
    for (const wchar_t* path = buffer.data(); *path != L'\0'; path += std::wcslen(path) + 1)
    {
        paths.push_back(Narrow(path));
    }
    return paths;
}

void ReadFormat(const wchar_t* root, LocalVolume& volume)
{
    std::array<wchar_t, MAX_PATH + 1> name{};
    DWORD flags = 0;
    if (GetVolumeInformationW(root, nullptr, 0, nullptr, nullptr, &flags, name.data(), MAX_PATH + 1))
    {
        volume.fileSystem = Narrow(name.data());
        volume.readOnly = (flags & FILE_READ_ONLY_VOLUME) != 0;
        return;
    }
    const std::uint32_t code = LastFailure("GetVolumeInformation").code;
    volume.locked = code == kLocked;
    volume.empty = code == ERROR_NOT_READY;
    const bool unknownFormat = code == ERROR_UNRECOGNIZED_VOLUME || code == ERROR_UNRECOGNIZED_MEDIA;
    volume.code = volume.locked || volume.empty || unknownFormat ? 0 : code;
}

LocalVolume Describe(const wchar_t* name, std::vector<std::string> paths)
{
    LocalVolume volume;
    volume.paths = std::move(paths);
    volume.kind = KindOf(name);
    if (volume.kind == DriveKind::kUnknown)
    {
        volume.kind = KindOf(Wide(volume.paths.front()).c_str());
    }
    ReadFormat(name, volume);
    return volume;
}

} // namespace

Answer<LocalVolumeList> AskWindows(const ListVolumes&, const WindowsMachineOptions&, const Wait& wait)
{
    VolumeName name{};
    const UniqueVolumeFind find(FindFirstVolumeW(name.data(), static_cast<DWORD>(name.size())));
    if (!find)
    {
        return LastFailure("FindFirstVolume");
    }
    LocalVolumeList list;
    do
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("list volumes");
        }
        std::vector<std::string> paths = PathsOf(name.data());
        if (!paths.empty())
        {
            list.volumes.push_back(Describe(name.data(), std::move(paths)));
        }
    } while (FindNextVolumeW(find.Get(), name.data(), static_cast<DWORD>(name.size())));
    const Failure ended = LastFailure("FindNextVolume");
    return ended.code == ERROR_NO_MORE_FILES ? Answer<LocalVolumeList>(std::move(list)) : ended;
}

} // namespace mars
