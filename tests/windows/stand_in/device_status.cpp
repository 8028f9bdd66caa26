// SPDX-License-Identifier: MIT

/// cfgmgr32.dll with the status of devices, for which Wine's says "none" whatever the device is. Documents:
/// "CM_Get_DevNode_Status function (cfgmgr32.h)", "Device Manager Error Messages" and "Registry Keys for
/// Device Instances": the problem follows from what Windows keeps in the device's own key.

#include "registry_key.h"

#include <cfgmgr32.h>

namespace
{

/// ConfigFlags of regstr.h.
constexpr DWORD kDisabled = 0x1;
constexpr DWORD kReinstall = 0x20;
constexpr DWORD kFailedInstall = 0x40;

ULONG ProblemOf(const stand_in::RegistryKey& device)
{
    const DWORD flags = device.Number(L"ConfigFlags").value_or(0);
    if ((flags & kDisabled) != 0)
        return CM_PROB_DISABLED;
    if ((flags & kReinstall) != 0)
        return CM_PROB_REINSTALL;
    if ((flags & kFailedInstall) != 0 || device.Text(L"Driver").empty())
        return CM_PROB_FAILED_INSTALL;
    return 0;
}

/// Wine's number for the device means nothing but in its own setupapi.
bool FindInstance(DEVINST node, wchar_t (&id)[MAX_DEVICE_ID_LEN])
{
    using GetDeviceId = CONFIGRET WINAPI(DEVINST, PWCHAR, ULONG, ULONG);
    const auto getDeviceId = reinterpret_cast<GetDeviceId*>(
        reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"setupapi.dll"), "CM_Get_Device_IDW")));
    return getDeviceId != nullptr && getDeviceId(node, id, MAX_DEVICE_ID_LEN, 0) == CR_SUCCESS;
}

} // namespace

extern "C" CONFIGRET WINAPI StandInStatus(PULONG status, PULONG problem, DEVINST node, ULONG flags)
{
    if (status == nullptr || problem == nullptr)
        return CR_INVALID_POINTER;
    if (flags != 0)
        return CR_INVALID_FLAG;
    wchar_t id[MAX_DEVICE_ID_LEN] = L"";
    if (!FindInstance(node, id))
        return CR_NO_SUCH_DEVNODE;
    const stand_in::RegistryKey device(L"System\\CurrentControlSet\\Enum\\" + std::wstring(id));
    if (!device.IsOpen())
        return CR_NO_SUCH_DEVNODE;
    *problem = ProblemOf(device);
    *status = DN_ROOT_ENUMERATED | (*problem == 0 ? DN_DRIVER_LOADED | DN_STARTED : DN_HAS_PROBLEM);
    return CR_SUCCESS;
}
