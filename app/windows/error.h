// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "handle.h"

#include <string_view>

namespace mars
{

/// A failure of `tried`, the name of the Windows function, on `object`. A code of 0 becomes 50: the function
/// failed without saying why. An HRESULT that carries a Win32 error becomes that error, so that each has one
/// number.
Failure FailureFrom(std::uint32_t code, std::string_view tried, std::string_view object = {});

/// The same with GetLastError(), which is saved before anything else.
Failure LastFailure(std::string_view tried, std::string_view object = {});

/// "No such thing" of files, keys and stores.
bool MeansAbsent(std::uint32_t code);

/// Absent when that is what the code means, else the failure.
template <class T>
Answer<T> AbsentOrFailure(std::uint32_t code, std::string_view tried, std::string_view object = {})
{
    if (MeansAbsent(code))
    {
        return Absent{};
    }
    return FailureFrom(code, tried, object);
}

} // namespace mars
