// SPDX-License-Identifier: MIT
#pragma once

#include "handle.h"

#include <string>
#include <string_view>

namespace mars
{

/// UTF-16 for Windows from the WTF-8 used inside, and back; lossless for every name that Windows can give.
std::wstring Wide(std::string_view wtf8);
std::string Narrow(std::wstring_view wide);

/// A path for file functions: absolute, and with the prefix that lifts the limit of 260 characters where it
/// is needed.
std::wstring WidePath(std::string_view path);

} // namespace mars
