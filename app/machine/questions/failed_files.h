// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Lists of files that a backup skipped.
namespace mars
{

/// Files that a backup skipped for the same reason.
struct FailedFileGroup
{
    /// HRESULT; 0 where the list names none.
    std::uint32_t code = 0;
    std::uint64_t files = 0;
    /// The first paths; at most 5.
    std::vector<std::string> examples;
    MARS_FIELDS(FailedFileGroup, code, files, examples);
    bool operator==(const FailedFileGroup&) const = default;
};

/// The same, of one folder only.
struct FailedFolder
{
    std::uint32_t code = 0;
    /// "C:\Data", without a backslash at the end.
    std::string folder;
    std::uint64_t files = 0;
    /// The first paths; at most 5.
    std::vector<std::string> examples;
    MARS_FIELDS(FailedFolder, code, folder, files, examples);
    bool operator==(const FailedFolder&) const = default;
};

struct FailedFiles
{
    /// The list's own name and time.
    std::string name;
    Timestamp written;
    /// The largest first; at most 50.
    std::vector<FailedFileGroup> groups;
    std::uint64_t files = 0;
    /// Lines below the headline that hold neither a path nor a code.
    std::uint64_t otherLines = 0;
    /// Only the beginning of a long list was read.
    bool truncated = false;
    /// The largest first; at most 50.
    std::vector<FailedFolder> folders{};
    MARS_FIELDS(FailedFiles, name, written, groups, files, otherLines, truncated, folders);
    bool operator==(const FailedFiles&) const = default;
};

/// The newest LastBackupFailedFiles*.txt in the agent's log folder, of which 4 MiB are read. Absent: no such
/// file.
struct ReadFailedFiles
{
    using Value = FailedFiles;
    static constexpr std::string_view kName = "read_failed_files";
    static constexpr std::string_view kKind = "logs";
    std::string folder;
    MARS_FIELDS(ReadFailedFiles, folder);
};

extern template class ExchangeOf<ReadFailedFiles>;

} // namespace mars
