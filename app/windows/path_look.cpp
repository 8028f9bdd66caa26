// SPDX-License-Identifier: MIT
#include "path_look.h"

#include "error.h"
#include "file_find.h"
#include "wide.h"

namespace mars
{

namespace
{

bool IsFixedDrive(const std::string& root)
{
    return GetDriveTypeW(Wide(root).c_str()) == DRIVE_FIXED;
}

/// Both calls look at what is there itself, not at what it leads to.
std::optional<std::uint32_t> TagOf(const std::string& path)
{
    const std::wstring wide = WidePath(path);
    const DWORD attributes = GetFileAttributesW(wide.c_str());
    if (attributes == INVALID_FILE_ATTRIBUTES)
    {
        return MeansAbsent(GetLastError()) ? std::optional<std::uint32_t>(0) : std::nullopt;
    }
    if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0)
    {
        return 0;
    }
    WIN32_FIND_DATAW found{};
    const UniqueFind find(FindFirstFileW(wide.c_str(), &found));
    // dwReserved0 is the tag. Wine knows that there is a link, but not of which kind.
    return find && found.dwReserved0 != 0 ? std::optional<std::uint32_t>(found.dwReserved0) : std::nullopt;
}

} // namespace

PathLook LookAtPaths()
{
    return {IsFixedDrive, TagOf};
}

std::string FullPathOf(const std::string& path)
{
    const std::wstring wide = Wide(path);
    std::wstring full(GetFullPathNameW(wide.c_str(), 0, nullptr, nullptr), L'\0');
    const DWORD length =
        GetFullPathNameW(wide.c_str(), static_cast<DWORD>(full.size()), full.data(), nullptr);
    return length == 0 || length >= full.size() ? path : Narrow({full.data(), length});
}

bool StaysOnOwnDrives(const std::string& path)
{
    return StaysOnOwnDrives(path, LookAtPaths());
}

bool IsLink(const std::string& path)
{
    const DWORD attributes = GetFileAttributesW(WidePath(path).c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0
        && !MayBePassed(TagOf(path));
}

} // namespace mars
