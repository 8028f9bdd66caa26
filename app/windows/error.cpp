// SPDX-License-Identifier: MIT
#include "error.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

std::uint32_t OneNumber(std::uint32_t code)
{
    constexpr std::uint32_t kWin32Facility = 0x80070000;
    if (code == 0)
    {
        return code::kNotSupported;
    }
    return (code & 0xFFFF0000) == kWin32Facility ? code & 0xFFFF : code;
}

} // namespace

Failure FailureFrom(std::uint32_t code, std::string_view tried, std::string_view object)
{
    return {OneNumber(code), object.empty() ? std::string(tried) : fmt::format("{} ({})", tried, object)};
}

Failure LastFailure(std::string_view tried, std::string_view object)
{
    const DWORD code = GetLastError();
    return FailureFrom(code, tried, object);
}

bool MeansAbsent(std::uint32_t code)
{
    return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND;
}

} // namespace mars
