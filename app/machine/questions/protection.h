// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <string>
#include <string_view>
#include <vector>

/// What guards this computer's files, and what else looks at them.
namespace mars
{

struct DefenderState
{
    /// It is the antivirus of this computer and at work: neither passive beside another one, nor off.
    bool active = false;
    bool realTimeProtection = false;
    /// AMRunningMode as Defender says it: "Normal", "Passive Mode"; empty where it is older than that.
    std::string mode;
    /// The lists below hold "N/A: ..." instead of exclusions: not for this user's, or no administrator's,
    /// eyes.
    bool exclusionsHidden = false;
    std::vector<std::string> excludedPaths;
    std::vector<std::string> excludedProcesses;
    MARS_FIELDS(
        DefenderState, active, realTimeProtection, mode, exclusionsHidden, excludedPaths, excludedProcesses);
    bool operator==(const DefenderState&) const = default;
};

/// Microsoft Defender Antivirus. Absent: not installed.
struct ReadDefender
{
    using Value = DefenderState;
    static constexpr std::string_view kName = "read_defender";
    static constexpr std::string_view kKind = "protection";
    MARS_NO_FIELDS();
};

enum class ExclusionKind
{
    kPath,
    /// Files that this process opens.
    kProcess,
};

MARS_WORDS(ExclusionKind, "path", "process");

struct FilterDriver
{
    std::string service;
    /// "FSFilter Anti-Virus": its load order group, which Windows does not translate.
    std::string group;
    /// "328010"; empty where none is registered.
    std::string altitude;
    bool running = false;
    /// CompanyName and ProductName of the driver's file; empty where the file tells none.
    std::string company;
    std::string product;
    MARS_FIELDS(FilterDriver, service, group, altitude, running, company, product);
    bool operator==(const FilterDriver&) const = default;
};

struct FilterDriverList
{
    std::vector<FilterDriver> drivers;
    MARS_FIELDS(FilterDriverList, drivers);
    bool operator==(const FilterDriverList&) const = default;
};

/// The drivers that are registered as filters of file systems: those of a group "FSFilter ...", or with an
/// altitude.
struct ListFilterDrivers
{
    using Value = FilterDriverList;
    static constexpr std::string_view kName = "list_filter_drivers";
    static constexpr std::string_view kKind = "protection";
    MARS_NO_FIELDS();
};

extern template class ExchangeOf<ReadDefender>;
extern template class ExchangeOf<ListFilterDrivers>;

} // namespace mars
