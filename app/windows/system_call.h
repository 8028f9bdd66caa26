// SPDX-License-Identifier: MIT
#pragma once

#include "handle.h"

namespace mars
{

/// Loads a DLL from System32 and from nowhere else, and keeps it. Null when Windows has none of that name.
HMODULE LoadSystemDll(const wchar_t* name);

template <class Function>
class SystemCall;

/// A function of a system DLL, looked up at run time: it may be newer than this Windows, or its DLL none of
/// those that Windows protects from a namesake beside the exe. Calling one that is missing answers 0 with
/// last error 127, so where 0 means success ask `if (call)` first.
template <class Result, class... Arguments>
class SystemCall<Result(Arguments...)>
{
public:
    SystemCall(HMODULE dll, const char* name)
        : m_function(dll == nullptr ? nullptr : (Function*)(void*)GetProcAddress(dll, name))
    {}
    explicit operator bool() const
    {
        return m_function != nullptr;
    }
    Result operator()(Arguments... arguments) const
    {
        if (m_function == nullptr)
        {
            SetLastError(ERROR_PROC_NOT_FOUND);
            return Result();
        }
        return m_function(arguments...);
    }

private:
    using Function = Result WINAPI(Arguments...);
    Function* m_function;
};

} // namespace mars
