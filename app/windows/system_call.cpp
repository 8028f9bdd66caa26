// SPDX-License-Identifier: MIT
#include "system_call.h"

namespace mars
{

HMODULE LoadSystemDll(const wchar_t* name)
{
    return LoadLibraryExW(name, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
}

} // namespace mars
