// SPDX-License-Identifier: MIT
#include "wide.h"

#include "text.h"

namespace mars
{

namespace
{

/// The shortest length that needs the prefix: folders must leave room for a name of 12 characters.
constexpr std::size_t kLongPath = 248;

std::wstring FullPath(const std::wstring& path)
{
    const DWORD size = GetFullPathNameW(path.c_str(), 0, nullptr, nullptr);
    std::wstring full(size, L'\0');
    const DWORD length = GetFullPathNameW(path.c_str(), size, full.data(), nullptr);
    if (length == 0 || length >= size)
    {
        return path;
    }
    full.resize(length);
    return full;
}

} // namespace

std::wstring Wide(std::string_view wtf8)
{
    const std::u16string units = ToUtf16(wtf8);
    return {units.begin(), units.end()};
}

std::string Narrow(std::wstring_view wide)
{
    return ToWtf8(std::u16string(wide.begin(), wide.end()));
}

std::wstring WidePath(std::string_view path)
{
    const std::wstring wide = Wide(path);
    if (wide.size() < kLongPath || wide.starts_with(L"\\\\?\\"))
    {
        return wide;
    }
    const std::wstring full = FullPath(wide);
    return full.starts_with(L"\\\\") ? L"\\\\?\\UNC\\" + full.substr(2) : L"\\\\?\\" + full;
}

} // namespace mars
