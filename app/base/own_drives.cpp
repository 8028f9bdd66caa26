// SPDX-License-Identifier: MIT
#include "own_drives.h"

#include "ascii.h"

#include <algorithm>

namespace mars
{

namespace
{

constexpr std::size_t kRootLength = 3;
/// IsReparseTagNameSurrogate: the file or folder stands for another one.
constexpr std::uint32_t kStandsForAnother = 0x20000000;
constexpr std::uint32_t kMountPoint = 0xA0000003;

/// "C:\..." in the one spelling that Windows takes as it is written.
bool IsPlainDrivePath(std::string_view path)
{
    return path.size() >= kRootLength && IsAsciiLetter(path[0]) && path[1] == ':' && path[2] == '\\'
        && path.substr(kRootLength).find_first_of("/:*?\"<>|") == std::string_view::npos;
}

bool IsDots(std::string_view name)
{
    return name == "." || name == "..";
}

} // namespace

bool MayBePassed(std::optional<std::uint32_t> tag)
{
    return tag && ((*tag & kStandsForAnother) == 0 || *tag == kMountPoint);
}

bool StaysOnOwnDrives(std::string_view path, const PathLook& look)
{
    if (!IsPlainDrivePath(path) || !look.isFixedDrive(std::string(path.substr(0, kRootLength))))
    {
        return false;
    }
    for (std::size_t at = kRootLength; at < path.size();)
    {
        const std::size_t end = std::min(path.find('\\', at), path.size());
        if (IsDots(path.substr(at, end - at)) || !MayBePassed(look.tagOf(std::string(path.substr(0, end)))))
        {
            return false;
        }
        at = end + 1;
    }
    return true;
}

} // namespace mars
