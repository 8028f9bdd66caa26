// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"

#include <memory>
#include <string>

namespace mars
{

struct WindowsMachineOptions
{
    /// The user whose hive and folders are evidence; empty: the user that this program runs as.
    std::string evidenceSid;
};

/// The computer that this program runs on.
std::shared_ptr<const Machine> MakeWindowsMachine(WindowsMachineOptions options = {});

} // namespace mars
