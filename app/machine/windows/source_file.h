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

/// Opens a file that somebody may have chosen, perhaps on a share, whose server must not get to impersonate
/// this program. Nobody can write to it meanwhile. Absent: not there.
Answer<UniqueHandle> OpenSourceFile(const std::string& path);

/// Hands over its content piece by piece. False: `take` wanted no more. Absent: not there.
Answer<bool> ReadSourceFile(const std::string& path, const Wait& wait,
    const std::function<bool(std::span<const std::uint8_t>)>& take);

} // namespace mars
