// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mars
{

namespace code
{
/// A path that somebody else wrote may lead off this computer's own drives, so it was not opened: a server
/// there would be told who this program runs as (ERROR_UNTRUSTED_MOUNT_POINT).
inline constexpr std::uint32_t kLeadsElsewhere = 448;
} // namespace code

/// What is asked about a path to judge it. Neither may follow what it finds.
struct PathLook
{
    /// Whether "C:\" is a drive that is built in (GetDriveType: DRIVE_FIXED).
    std::function<bool(const std::string& root)> isFixedDrive;
    /// The reparse tag of a file or folder (ntifs.h, IO_REPARSE_TAG_*); 0: it has none, or is not there.
    /// Nothing: that cannot be told.
    std::function<std::optional<std::uint32_t>(const std::string& path)> tagOf;
};

/// False for a link, by its tag or because it has none that is known. Junctions and mounted volumes are fine:
/// they cannot lead off the computer, and servers are set up with them.
bool MayBePassed(std::optional<std::uint32_t> tag);

/// True of a path that begins with the letter of a fixed drive and meets no link on its way. What somebody
/// makes of it later is not known here.
bool StaysOnOwnDrives(std::string_view path, const PathLook& look);

} // namespace mars
