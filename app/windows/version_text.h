// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace mars
{

/// A text of a file's version resource ("CompanyName"), in the first language that it has; empty when there
/// is none.
std::string ReadVersionText(const std::wstring& path, const std::wstring& name);

} // namespace mars
