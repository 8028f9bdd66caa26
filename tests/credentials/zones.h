// SPDX-License-Identifier: MIT
#pragma once

#include "catalogue.h"
#include "questions/computer.h"
#include "questions/registry.h"
#include "test_support.h"

/// The places of the internet zones on the healthy server.
namespace mars::test
{

inline const std::string kUserHive = "HKU\\S-1-5-21-1111111111-2222222222-3333333333-1105";
inline const std::string kSystemHive = "HKU\\S-1-5-18";
inline const std::string kZoneSettings = "\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
inline const std::string kZonePolicies =
    "\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";

inline RegistryPath DownloadValue(const std::string& root)
{
    return {root + "\\Zones\\3", "1803"};
}

inline RegistryPath SiteValue(const std::string& hive, const std::string& site, const char* map = "Domains",
    const char* scheme = "https")
{
    return {hive + kZoneSettings + "\\ZoneMap\\" + map + "\\" + site, scheme};
}

inline void SetNumber(RecordedMachine& machine, const RegistryPath& path, std::uint32_t number)
{
    machine.Set(ReadRegistryValue{path}, RegistryValue::Dword(number));
}

inline void SetAbsent(RecordedMachine& machine, const RegistryPath& path)
{
    machine.Set(ReadRegistryValue{path}, Absent{});
}

/// None of the schemes of this key puts the site into a zone.
inline void RemoveSite(
    RecordedMachine& machine, const std::string& hive, const std::string& site, const char* map = "Domains")
{
    for (const char* scheme : {"https", "*", "http"})
    {
        SetAbsent(machine, SiteValue(hive, site, map, scheme));
    }
}

/// The settings looked at are those of another user than the one that asks.
inline void AskForOther(RecordedMachine& machine)
{
    Edit(machine, ReadContext{}, [](ProcessContext& context) {
        context.user = "admin.ops";
        context.userSid = "S-1-5-21-1111111111-2222222222-3333333333-500";
    });
}

} // namespace mars::test
