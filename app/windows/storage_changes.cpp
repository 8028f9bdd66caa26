// SPDX-License-Identifier: MIT
#include "windows_changer.h"

#include "error.h"
#include "questions/volumes.h"
#include "storage.h"
#include "system_call.h"
#include "wide.h"
#include "wmi.h"

namespace mars
{

namespace
{

/// UpdateDriverForPlugAndPlayDevicesW of newdev.h.
using UpdateDriver = BOOL(HWND parent, LPCWSTR hardwareId, LPCWSTR infPath, DWORD flags, PBOOL restart);
/// INSTALLFLAG_NONINTERACTIVE: fail rather than show a window. Without INSTALLFLAG_FORCE a better driver
/// stays.
constexpr DWORD kNonInteractive = 4;

bool IsPlainName(std::string_view name)
{
    return !name.empty() && name.find_first_of("\\/:") == std::string_view::npos && name != "..";
}

std::wstring PathOfInf(const std::string& inf)
{
    std::wstring folder(MAX_PATH, L'\0');
    folder.resize(GetSystemWindowsDirectoryW(folder.data(), static_cast<UINT>(folder.size())));
    return folder + L"\\INF\\" + Wide(inf);
}

} // namespace

Status WindowsChanger::SetSanPolicy(SanPolicy policy)
{
    constexpr std::chrono::seconds kLongest(60);
    Wait wait;
    wait.deadline = std::chrono::steady_clock::now() + kLongest;
    const auto number = static_cast<std::uint64_t>(policy);
    return CallWmiMethod({kStorageSpace, kStorageSetting, {}, "Set", {{"NewDiskPolicy", number}}}, wait);
}

Status WindowsChanger::InstallInboxDriver(
    const std::string& hardwareId, const std::string& inf, bool* needsRestart)
{
    if (!IsPlainName(inf))
    {
        return FailureFrom(ERROR_INVALID_PARAMETER, "UpdateDriverForPlugAndPlayDevices", inf);
    }
    const std::wstring path = PathOfInf(inf);
    if (GetFileAttributesW(path.c_str()) == INVALID_FILE_ATTRIBUTES)
    {
        return LastFailure("GetFileAttributes", inf);
    }
    const SystemCall<UpdateDriver> updateDriver(
        LoadSystemDll(L"newdev.dll"), "UpdateDriverForPlugAndPlayDevicesW");
    BOOL restart = FALSE;
    SetLastError(ERROR_SUCCESS);
    if (updateDriver(nullptr, Wide(hardwareId).c_str(), path.c_str(), kNonInteractive, &restart))
    {
        if (needsRestart != nullptr)
        {
            *needsRestart = restart != FALSE;
        }
        return Status::Done();
    }
    const Failure failure = LastFailure("UpdateDriverForPlugAndPlayDevices", inf);
    // The driver that the device has already is at least as good.
    return failure.code == ERROR_NO_MORE_ITEMS ? Status::Done() : Status(failure);
}

} // namespace mars
