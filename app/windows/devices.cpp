// SPDX-License-Identifier: MIT
#include "devices.h"

#include "error.h"
#include "questions/devices.h"
#include "questions/registry.h"
#include "system_call.h"
#include "wide.h"

#include <setupapi.h>

#include <cfgmgr32.h>

#include <algorithm>

namespace mars
{

namespace
{

struct DeviceListCloser
{
    static void Close(HDEVINFO devices)
    {
        SetupDiDestroyDeviceInfoList(devices);
    }
};
using UniqueDevices = Unique<HDEVINFO, DeviceListCloser>;

/// The property as it is stored; empty when the device does not have it.
RegistryValue Property(HDEVINFO devices, SP_DEVINFO_DATA& device, DWORD id)
{
    RegistryValue value;
    DWORD type = 0;
    DWORD size = 0;
    SetupDiGetDeviceRegistryPropertyW(devices, &device, id, &type, nullptr, 0, &size);
    value.bytes.resize(size);
    if (!SetupDiGetDeviceRegistryPropertyW(devices, &device, id, &type, value.bytes.data(), size, &size))
    {
        value.bytes.clear();
    }
    value.type = type;
    return value;
}

bool HasHardwareId(HDEVINFO devices, SP_DEVINFO_DATA& device, const std::string& wanted)
{
    const auto ids =
        Property(devices, device, SPDRP_HARDWAREID).AsStrings().value_or(std::vector<std::string>());
    return std::any_of(ids.begin(), ids.end(), [&](const auto& id) { return EqualsIgnoreCase(id, wanted); });
}

std::string InstanceId(HDEVINFO devices, SP_DEVINFO_DATA& device)
{
    wchar_t id[MAX_DEVICE_ID_LEN];
    const bool told = SetupDiGetDeviceInstanceIdW(devices, &device, id, MAX_DEVICE_ID_LEN, nullptr) != 0;
    return told ? Narrow(id) : std::string();
}

/// A device that is known but not there has no node in the tree.
void ReadStatus(DWORD node, DeviceInfo& info)
{
    const SystemCall<decltype(CM_Get_DevNode_Status)> getStatus(
        LoadSystemDll(L"cfgmgr32.dll"), "CM_Get_DevNode_Status");
    ULONG status = 0;
    ULONG problem = 0;
    const CONFIGRET result = getStatus ? getStatus(&status, &problem, node, 0) : CR_CALL_NOT_IMPLEMENTED;
    info.present = result != CR_NO_SUCH_DEVNODE && result != CR_NO_SUCH_VALUE;
    // A node without any status bit does not exist on Windows; Wine shows every device so.
    if (result == CR_SUCCESS && status != 0)
    {
        info.problemCode = (status & DN_HAS_PROBLEM) != 0 ? problem : 0;
    }
}

DeviceInfo Describe(HDEVINFO devices, SP_DEVINFO_DATA& device)
{
    DeviceInfo info;
    info.instanceId = InstanceId(devices, device);
    info.description = Property(devices, device, SPDRP_DEVICEDESC).AsString().value_or("");
    info.classGuid = FoldCase(Property(devices, device, SPDRP_CLASSGUID).AsString().value_or(""));
    ReadStatus(device.DevInst, info);
    return info;
}

} // namespace

Answer<DeviceList> AskWindows(const ListDevices& question, const WindowsMachineOptions&, const Wait& wait)
{
    const UniqueDevices devices(SetupDiGetClassDevsW(nullptr, nullptr, nullptr, DIGCF_ALLCLASSES));
    if (!devices)
    {
        return LastFailure("SetupDiGetClassDevs", question.hardwareId);
    }
    DeviceList list;
    SP_DEVINFO_DATA device{};
    device.cbSize = sizeof device;
    for (DWORD i = 0; SetupDiEnumDeviceInfo(devices.Get(), i, &device); ++i)
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("list devices");
        }
        if (HasHardwareId(devices.Get(), device, question.hardwareId))
        {
            list.devices.push_back(Describe(devices.Get(), device));
        }
    }
    const Failure end = LastFailure("SetupDiEnumDeviceInfo", question.hardwareId);
    return end.code == ERROR_NO_MORE_ITEMS ? Answer<DeviceList>(std::move(list)) : end;
}

} // namespace mars
