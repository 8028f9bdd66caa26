// SPDX-License-Identifier: MIT
#include "volumes.h"

#include "error.h"
#include "questions/volumes.h"
#include "system_call.h"
#include "wide.h"

#include <winnetwk.h>

#include <array>

namespace mars
{

namespace
{

constexpr std::array kDriveKinds{DriveKind::kUnknown, DriveKind::kMissing, DriveKind::kRemovable,
    DriveKind::kFixed, DriveKind::kRemote, DriveKind::kOptical, DriveKind::kRamDisk};

DriveKind KindOf(const std::wstring& root)
{
    const UINT type = GetDriveTypeW(root.c_str());
    return type < kDriveKinds.size() ? kDriveKinds[type] : DriveKind::kUnknown;
}

/// "C:\" or the folder that another volume is mounted on, with a backslash at the end.
Answer<std::wstring> VolumeRoot(const std::string& path)
{
    constexpr std::wstring_view kLongPath = L"\\\\?\\";
    const std::wstring wide = WidePath(path);
    std::wstring root(wide.size() + MAX_PATH, L'\0');
    if (!GetVolumePathNameW(wide.c_str(), root.data(), static_cast<DWORD>(root.size())))
    {
        return LastFailure("GetVolumePathName", path);
    }
    root.resize(std::wcslen(root.c_str()));
    return root.starts_with(kLongPath) ? root.substr(kLongPath.size()) : root;
}

/// "\\server\share\" of a path that begins with it; empty for other paths.
std::wstring ShareIn(const std::wstring& path)
{
    constexpr std::wstring_view kLongShare = L"\\\\?\\UNC\\";
    const std::wstring plain = path.starts_with(kLongShare) ? L"\\\\" + path.substr(kLongShare.size()) : path;
    if (!plain.starts_with(L"\\\\") || plain.starts_with(L"\\\\?") || plain.starts_with(L"\\\\."))
    {
        return {};
    }
    const std::size_t share = plain.find(L'\\', 2);
    return plain.substr(0, share == std::wstring::npos ? share : plain.find(L'\\', share + 1)) + L"\\";
}

bool BeginsWithDrive(const std::wstring& path)
{
    return path.size() >= 2 && path[1] == L':';
}

/// A letter made by SUBST leads to another path: "X:\a" to "C:\folder\a". Other paths come back as they are.
std::wstring ResolveSubst(const std::wstring& path)
{
    constexpr std::wstring_view kDosPrefix = L"\\??\\";
    std::array<wchar_t, 1024> target{};
    if (!BeginsWithDrive(path)
        || QueryDosDeviceW(path.substr(0, 2).c_str(), target.data(), static_cast<DWORD>(target.size())) == 0)
    {
        return path;
    }
    const std::wstring_view device(target.data());
    const bool substituted =
        device.starts_with(kDosPrefix) && device.substr(kDosPrefix.size()).find(L':') == 1;
    return substituted ? std::wstring(device.substr(kDosPrefix.size())) + path.substr(2) : path;
}

/// "\\server\share\" for a mapped letter; empty when Windows does not tell.
std::wstring ShareOfLetter(const std::wstring& path)
{
    const SystemCall<decltype(WNetGetConnectionW)> getConnection(
        LoadSystemDll(L"mpr.dll"), "WNetGetConnectionW");
    std::array<wchar_t, 1024> share{};
    DWORD size = static_cast<DWORD>(share.size());
    const bool told =
        getConnection && getConnection(path.substr(0, 2).c_str(), share.data(), &size) == NO_ERROR;
    return told ? std::wstring(share.data()) + L"\\" : std::wstring();
}

/// A drive without a medium or with an unknown format is still a drive.
bool MeansNotReadable(std::uint32_t code)
{
    return code == ERROR_NOT_READY || code == ERROR_UNRECOGNIZED_VOLUME || code == ERROR_UNRECOGNIZED_MEDIA;
}

std::optional<Failure> ReadFileSystem(const std::wstring& root, VolumeInfo& info)
{
    std::array<wchar_t, MAX_PATH + 1> name{};
    DWORD flags = 0;
    if (!GetVolumeInformationW(root.c_str(), nullptr, 0, nullptr, nullptr, &flags, name.data(), MAX_PATH + 1))
    {
        return LastFailure("GetVolumeInformation", Narrow(root));
    }
    info.fileSystem = Narrow(name.data());
    info.readOnly = (flags & FILE_READ_ONLY_VOLUME) != 0;
    return std::nullopt;
}

std::optional<Failure> ReadSpace(const std::wstring& root, VolumeInfo& info)
{
    ULARGE_INTEGER total{};
    ULARGE_INTEGER unused{};
    if (!GetDiskFreeSpaceExW(root.c_str(), nullptr, &total, &unused))
    {
        return LastFailure("GetDiskFreeSpaceEx", Narrow(root));
    }
    info.totalBytes = total.QuadPart;
    info.freeBytes = unused.QuadPart;
    return std::nullopt;
}

/// A share is not asked for more than its name: it may be far away, and no check needs to know.
VolumeInfo RemoteVolume(const std::wstring& root)
{
    VolumeInfo info;
    info.root = Narrow(root);
    info.kind = DriveKind::kRemote;
    return info;
}

Answer<VolumeInfo> ReadLocalVolume(const std::wstring& path)
{
    const Answer<std::wstring> root = VolumeRoot(Narrow(path));
    if (!root)
    {
        return AbsentOrFailure<VolumeInfo>(root.Error().code, root.Error().what);
    }
    VolumeInfo info;
    info.root = Narrow(*root);
    info.kind = KindOf(*root);
    std::optional<Failure> failure = ReadFileSystem(*root, info);
    failure = failure ? failure : ReadSpace(*root, info);
    if (failure && !MeansNotReadable(failure->code))
    {
        return MeansAbsent(failure->code) ? Answer<VolumeInfo>(Absent{}) : *failure;
    }
    return info;
}

Answer<VolumeInfo> VolumeOfLetter(const std::wstring& path)
{
    const std::wstring letter = path.substr(0, 2) + L"\\";
    switch (KindOf(letter))
    {
    case DriveKind::kMissing:
        return Absent{};
    case DriveKind::kRemote: {
        const std::wstring share = ShareOfLetter(path);
        return RemoteVolume(share.empty() ? letter : share);
    }
    default:
        return ReadLocalVolume(path);
    }
}

} // namespace

Answer<VolumeInfo> AskWindows(const ReadVolume& question, const WindowsMachineOptions&, const Wait&)
{
    const std::wstring path = ResolveSubst(Wide(question.path));
    const std::wstring share = ShareIn(path);
    if (!share.empty())
    {
        return RemoteVolume(share);
    }
    return BeginsWithDrive(path) ? VolumeOfLetter(path) : ReadLocalVolume(path);
}

} // namespace mars
