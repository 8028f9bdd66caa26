// SPDX-License-Identifier: MIT
#pragma once

#include "under_wine.h"

#include <array>
#include <string>

namespace mars::test
{

/// The path of a program of tests/windows/stand_in: tests/demo/make_server copies them to C:\stand-in, and
/// elsewhere they lie in a folder stand_in beside or above this program. Empty where there is none.
inline std::wstring StandIn(const std::wstring& name)
{
    if (UnderWine())
    {
        return L"C:\\stand-in\\" + name;
    }
    std::array<wchar_t, 1'000> own{};
    const DWORD size = GetModuleFileNameW(nullptr, own.data(), static_cast<DWORD>(own.size()));
    std::wstring folder(own.data(), size);
    for (std::size_t end = folder.rfind(L'\\'); end != std::wstring::npos; end = folder.rfind(L'\\'))
    {
        folder.resize(end);
        const std::wstring path = folder + L"\\stand_in\\" + name;
        if (GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES)
        {
            return path;
        }
    }
    return {};
}

} // namespace mars::test
