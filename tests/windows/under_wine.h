// SPDX-License-Identifier: MIT
#pragma once

#include "handle.h"

namespace mars::test
{

/// Whether this is Wine, which exports a function for being asked.
inline bool IsWine()
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr;
}

/// Whether these tests run under Wine. Whatever is only Wine's asks this function and nothing else; which
/// tests run nowhere else is written in needs.cpp.
///
/// With MARS_TESTS_AS_ON_WINDOWS in the environment the answer is no under Wine, too: so the way of a real
/// Windows can be tried here.
inline bool UnderWine()
{
    static const bool s_underWine =
        IsWine() && GetEnvironmentVariableW(L"MARS_TESTS_AS_ON_WINDOWS", nullptr, 0) == 0;
    return s_underWine;
}

} // namespace mars::test
