// SPDX-License-Identifier: MIT
#pragma once

namespace mars::test
{

/// An environment variable: the file to which Detect adds a line "id case" for every text that it ends with.
inline constexpr const char* kSeenTextsFile = "MARS_SEEN_TEXTS";

} // namespace mars::test
