// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"

#include <cstddef>
#include <string>
#include <string_view>

/// Files that a person named: recordings to open, reports to write.
namespace mars
{

/// At most `limit` bytes; a longer file fails with code::kInvalidData. Absent: not there.
Answer<std::string> ReadWholeFile(const std::string& path, std::size_t limit);
/// Replaces a file that is there.
Status WriteWholeFile(const std::string& path, std::string_view bytes);

} // namespace mars
