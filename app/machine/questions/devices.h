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

/// Devices and iSCSI sessions.
namespace mars
{

struct DeviceInfo
{
    std::string instanceId;
    std::string description;
    /// SPDRP_CLASSGUID in braces, lower case; empty when the device has no class.
    std::string classGuid;
    /// CM_PROB_* number, 0 = none; absent when Windows does not tell.
    std::optional<std::uint32_t> problemCode;
    bool present = true;
    MARS_FIELDS(DeviceInfo, instanceId, description, classGuid, problemCode, present);
    bool operator==(const DeviceInfo&) const = default;
};

struct DeviceList
{
    std::vector<DeviceInfo> devices;
    MARS_FIELDS(DeviceList, devices);
    bool operator==(const DeviceList&) const = default;
};

/// Devices that have this hardware id, case ignored. No device is an empty list.
struct ListDevices
{
    using Value = DeviceList;
    static constexpr std::string_view kName = "list_devices";
    static constexpr std::string_view kKind = "devices";
    std::string hardwareId;
    MARS_FIELDS(ListDevices, hardwareId);
};

struct IscsiSession
{
    std::string target;
    std::uint32_t connections = 0;
    /// The portal's address is one of this computer's own: how the agent mounts a recovery volume.
    bool local = false;
    MARS_FIELDS(IscsiSession, target, connections, local);
    bool operator==(const IscsiSession&) const = default;
};

struct IscsiSessionList
{
    std::vector<IscsiSession> sessions;
    MARS_FIELDS(IscsiSessionList, sessions);
    bool operator==(const IscsiSessionList&) const = default;
};

/// GetIScsiSessionListW of iscsidsc.dll.
struct ListIscsiSessions
{
    using Value = IscsiSessionList;
    static constexpr std::string_view kName = "list_iscsi_sessions";
    static constexpr std::string_view kKind = "storage";
    MARS_NO_FIELDS();
};

extern template class ExchangeOf<ListDevices>;
extern template class ExchangeOf<ListIscsiSessions>;

} // namespace mars
