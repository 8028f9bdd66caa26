// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <string>
#include <string_view>

/// This computer: its clock, who asks, and which Windows it is.
namespace mars
{

struct ClockReading
{
    Timestamp now;
    /// Local time = UTC + this many minutes.
    std::int32_t utcOffsetMinutes = 0;
    /// The last start of Windows: now - GetTickCount64().
    Timestamp booted;
    MARS_FIELDS(ClockReading, now, utcOffsetMinutes, booted);
    bool operator==(const ClockReading&) const = default;
};

struct ReadClock
{
    using Value = ClockReading;
    static constexpr std::string_view kName = "read_clock";
    static constexpr std::string_view kKind = "computer";
    MARS_NO_FIELDS();
};

/// Who asks, and from where. "Elevated" is a question like any other, so that recordings can test the
/// screens.
struct ProcessContext
{
    std::string computer;
    /// Empty in a workgroup.
    std::string domain;
    std::string user;
    std::string userSid;
    /// The user whose hive and folders are evidence: the one that started the wizard before it was elevated.
    std::string evidenceSid;
    bool elevated = false;
    bool system = false;
    bool remoteSession = false;
    MARS_FIELDS(
        ProcessContext, computer, domain, user, userSid, evidenceSid, elevated, system, remoteSession);
    bool operator==(const ProcessContext&) const = default;
};

struct ReadContext
{
    using Value = ProcessContext;
    static constexpr std::string_view kName = "read_context";
    static constexpr std::string_view kKind = "computer";
    MARS_NO_FIELDS();
};

struct WindowsVersion
{
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t build = 0;
    /// "Windows Server 2019 Standard": CurrentVersion\ProductName, not translated by Windows.
    std::string product;
    bool server = false;
    bool serverCore = false;
    bool domainController = false;
    /// kernel32 has GetTempPath2W: SYSTEM's temporary files then go to %windir%\SystemTemp.
    bool systemTempFolder = false;
    MARS_FIELDS(
        WindowsVersion, major, minor, build, product, server, serverCore, domainController, systemTempFolder);
    bool operator==(const WindowsVersion&) const = default;
};

struct ReadWindowsVersion
{
    using Value = WindowsVersion;
    static constexpr std::string_view kName = "read_windows_version";
    static constexpr std::string_view kKind = "computer";
    MARS_NO_FIELDS();
};

struct ChassisTag
{
    /// The first chassis' asset tag as the firmware tells it; on hardware a number of its owner's.
    std::string assetTag;
    MARS_FIELDS(ChassisTag, assetTag);
    bool operator==(const ChassisTag&) const = default;
};

/// From the SMBIOS tables. Absent: they name no chassis.
struct ReadChassisTag
{
    using Value = ChassisTag;
    static constexpr std::string_view kName = "read_chassis_tag";
    static constexpr std::string_view kKind = "computer";
    MARS_NO_FIELDS();
};

extern template class ExchangeOf<ReadClock>;
extern template class ExchangeOf<ReadContext>;
extern template class ExchangeOf<ReadWindowsVersion>;
extern template class ExchangeOf<ReadChassisTag>;

} // namespace mars
