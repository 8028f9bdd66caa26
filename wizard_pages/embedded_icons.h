// SPDX-License-Identifier: MIT
#pragma once

#include "embedded.h"

namespace mars
{

/// The drawings of resources/icons as PNG files in several sizes: "state-error-16.png". Made by the build.
std::span<const EmbeddedFile> EmbeddedIcons();

} // namespace mars
