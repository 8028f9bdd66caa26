// SPDX-License-Identifier: MIT
#pragma once

#include "text.h"
#include "view.h"

#include <initializer_list>
#include <optional>
#include <string_view>

namespace mars::restore
{

/// When the agent's log last had one of these errors (by their texts in knowledge/log_errors.xml), where no
/// backup has succeeded since. What cannot be read tells of none: it makes no problem worse.
std::optional<Timestamp> FindMountFailure(
    const MachineView& machine, std::initializer_list<std::string_view> errors);

} // namespace mars::restore
