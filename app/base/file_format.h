// SPDX-License-Identifier: MIT
#pragma once

namespace mars
{

/// The format of what is written to be read again: recordings and entries of the journal. A file says its
/// format; every later program reads it, and an older one refuses it as newer and never calls it damaged.
///
/// 1: version 0.1.0.
/// 2: members marked `Since{2}`; see fields.h.
///
/// It goes up by one with the first member that is added after a release. tests/recordings and tests/journals
/// hold files of each released version.
inline constexpr int kFileFormat = 2;

} // namespace mars
