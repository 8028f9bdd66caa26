// SPDX-License-Identifier: MIT
#include "version_text.h"

#include "system_call.h"
#include "text.h"
#include "wide.h"

#include <fmt/xchar.h>

#include <vector>

namespace mars
{

namespace
{

struct VersionCalls
{
    HMODULE dll = LoadSystemDll(L"version.dll");
    SystemCall<decltype(GetFileVersionInfoSizeW)> size{dll, "GetFileVersionInfoSizeW"};
    SystemCall<decltype(GetFileVersionInfoW)> read{dll, "GetFileVersionInfoW"};
    SystemCall<decltype(VerQueryValueW)> query{dll, "VerQueryValueW"};
};

struct Translation
{
    WORD language;
    WORD codePage;
};
static_assert(sizeof(Translation) == 4);

} // namespace

std::string ReadVersionText(const std::wstring& path, const std::wstring& name)
{
    const VersionCalls calls;
    DWORD unused = 0;
    std::vector<std::uint8_t> resource(calls.size(path.c_str(), &unused));
    void* found = nullptr;
    UINT size = 0;
    if (resource.empty() || !calls.read(path.c_str(), 0, static_cast<DWORD>(resource.size()), resource.data())
        || !calls.query(resource.data(), L"\\VarFileInfo\\Translation", &found, &size)
        || size < sizeof(Translation))
    {
        return {};
    }
    const Translation translation = *static_cast<const Translation*>(found);
    const std::wstring place =
        fmt::format(L"\\StringFileInfo\\{:04x}{:04x}\\{}", translation.language, translation.codePage, name);
    if (!calls.query(resource.data(), place.c_str(), &found, &size) || size == 0)
    {
        return {};
    }
    const std::wstring text(static_cast<const wchar_t*>(found), size);
    return std::string(Trim(Narrow(text.substr(0, text.find(L'\0')))));
}

} // namespace mars
