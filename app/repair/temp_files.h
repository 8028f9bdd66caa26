// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"
#include "questions/registry.h"
#include "temp_folder.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mars
{

/// Which temporary files may go: plain files ending in .tmp, directly in the folder, not in use, not named in
/// `pendingRenames`, and old. A file is as old as the newer of its times: an unpacked file keeps the date of
/// writing that it had in its archive. All comparisons are strict.
struct TempFileRule
{
    Timestamp now;
    /// The last start of Windows; see ClockReading.
    Timestamp booted;
    /// Names that Windows will rename or delete at its next start, of whatever folder; see
    /// PendingRenameNames.
    std::vector<std::string> pendingRenames;
    /// A first pass takes what is older than this and than the last start of Windows.
    std::chrono::seconds minimumAge = std::chrono::hours(24);
    /// Where more files than this would stay, a second pass takes what is older than `crowdedAge`.
    std::uint64_t crowdedFiles = 60'000;
    std::chrono::seconds crowdedAge = std::chrono::minutes(60);
};

/// The file names in the value PendingFileRenameOperations, which AsStrings() cannot read: a file to be
/// deleted is followed by an empty string. Their folders are left out, because there are too many ways to
/// write them.
std::vector<std::string> PendingRenameNames(const RegistryValue& operations);

struct TempFileProgress
{
    /// Temporary files looked at so far; starts again with the second pass.
    std::uint64_t examined = 0;
    std::uint64_t deleted = 0;
    std::uint64_t bytes = 0;
};
using TempFileProgressHandler = std::function<void(const TempFileProgress&)>;

/// The counts of what stays are those of the last pass.
struct TempFileResult
{
    std::uint64_t deleted = 0;
    std::uint64_t bytes = 0;
    std::uint64_t skippedRecent = 0;
    std::uint64_t skippedInUse = 0;
    std::uint64_t skippedPending = 0;
    /// Folders, links and other reparse points whose name ends in .tmp.
    std::uint64_t skippedNotPlain = 0;
    std::uint64_t failed = 0;
    /// The first failure of each code, at most five.
    std::vector<Failure> firstFailures;
    /// Why it ended before the folder did: 1223 stopped by the person, 1460 out of time, else the folder
    /// could not be listed to its end.
    std::optional<Failure> endedEarly;

    bool Stopped() const
    {
        return endedEarly && endedEarly->code == code::kCancelled;
    }
};

/// Deletes by the rule. Everything is decided from the file that was opened, not from the listing. Memory
/// does not grow with the number of files. A deleted file costs four calls (open, query, mark, close), a
/// read-only one at most two more. Stops between any two of them, and leaves the file in hand as it was. What
/// the folder holds afterwards has to be counted anew: a system may say "deleted" and keep the file, and
/// programs go on making new ones.
TempFileResult DeleteTempFiles(
    TempFolder& folder, const TempFileRule& rule, const TempFileProgressHandler& progress, const Wait& wait);

} // namespace mars
