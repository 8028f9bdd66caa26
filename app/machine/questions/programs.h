// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <string>
#include <string_view>
#include <vector>

/// Installed programs and updates.
namespace mars
{

enum class UpdateSource
{
    /// The packages of Component Based Servicing that are installed.
    kPackages,
    /// What Windows Update wrote down.
    kHistory,
};

MARS_WORDS(UpdateSource, "packages", "history");

struct InstalledUpdate
{
    /// Name of the package, or title in the history.
    std::string name;
    Timestamp installed;
    MARS_FIELDS(InstalledUpdate, name, installed);
    bool operator==(const InstalledUpdate&) const = default;
};

/// The newest cumulative update or KB package; in the history, the newest success that is no definition of
/// Defender. Absent: the source names none.
struct FindNewestUpdate
{
    using Value = InstalledUpdate;
    static constexpr std::string_view kName = "find_newest_update";
    static constexpr std::string_view kKind = "programs";
    UpdateSource source = UpdateSource::kPackages;
    MARS_FIELDS(FindNewestUpdate, source);
};

struct InstalledProgram
{
    std::string name;
    std::string version;
    /// "yyyymmdd", or whatever the installer wrote; empty: nothing.
    std::string installDate;
    MARS_FIELDS(InstalledProgram, name, version, installDate);
    bool operator==(const InstalledProgram&) const = default;
};

struct InstalledProgramList
{
    std::vector<InstalledProgram> programs;
    MARS_FIELDS(InstalledProgramList, programs);
    bool operator==(const InstalledProgramList&) const = default;
};

/// The uninstall entries of both registry views whose display name begins with `prefix`, case ignored.
struct ListPrograms
{
    using Value = InstalledProgramList;
    static constexpr std::string_view kName = "list_programs";
    static constexpr std::string_view kKind = "programs";
    std::string prefix;
    MARS_FIELDS(ListPrograms, prefix);
};

extern template class ExchangeOf<FindNewestUpdate>;
extern template class ExchangeOf<ListPrograms>;

} // namespace mars
