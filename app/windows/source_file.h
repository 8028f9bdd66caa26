// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "handle.h"
#include "machine.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace mars
{

/// Whether others may have it open to write.
enum class Writers
{
    kNone,
    kAllowed,
};

/// Opens a file that somebody may have chosen, perhaps on a share, whose server must not get to impersonate
/// this program. Absent: not there. Fails with 123 (ERROR_INVALID_NAME) for what is no file on a disk, such
/// as a pipe, which could answer for ever.
Answer<UniqueHandle> OpenSourceFile(const std::string& path, Writers writers = Writers::kNone);

/// Hands over its content piece by piece. False: `take` wanted no more. Absent: not there.
Answer<bool> ReadSourceFile(const std::string& path, const Wait& wait,
    const std::function<bool(std::span<const std::uint8_t>)>& take);

} // namespace mars
