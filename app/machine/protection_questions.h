// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

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
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("active", &DefenderState::active),
            MakeField("real_time_protection", &DefenderState::realTimeProtection),
            MakeField("mode", &DefenderState::mode),
            MakeField("exclusions_hidden", &DefenderState::exclusionsHidden),
            MakeField("excluded_paths", &DefenderState::excludedPaths),
            MakeField("excluded_processes", &DefenderState::excludedProcesses));
    }
    bool operator==(const DefenderState&) const = default;
};

/// Microsoft Defender Antivirus. Absent: not installed.
struct ReadDefender
{
    using Value = DefenderState;
    static constexpr std::string_view kName = "read_defender";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

enum class ExclusionKind
{
    kPath,
    /// Files that this process opens.
    kProcess,
};
template <>
struct EnumWords<ExclusionKind>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("path"), std::string_view("process")};
    }
};

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
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("service", &FilterDriver::service),
            MakeField("group", &FilterDriver::group), MakeField("altitude", &FilterDriver::altitude),
            MakeField("running", &FilterDriver::running), MakeField("company", &FilterDriver::company),
            MakeField("product", &FilterDriver::product));
    }
    bool operator==(const FilterDriver&) const = default;
};

struct FilterDriverList
{
    std::vector<FilterDriver> drivers;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("drivers", &FilterDriverList::drivers));
    }
    bool operator==(const FilterDriverList&) const = default;
};

/// The drivers that are registered as filters of file systems: those of a group "FSFilter ...", or with an
/// altitude.
struct ListFilterDrivers
{
    using Value = FilterDriverList;
    static constexpr std::string_view kName = "list_filter_drivers";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

} // namespace mars
