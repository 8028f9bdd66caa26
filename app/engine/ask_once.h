// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"

#include <memory>

namespace mars
{

/// A machine that asks the one below it each question once, whoever asks: the first asker asks, later ones
/// wait for the same answer, each to its own deadline. "Failed" is remembered, a time-out is not; the asker
/// whose question came back as a time-out, however soon, does not ask again.
///
/// Every question runs on a background thread that owns copies of all it uses, because some calls of Windows
/// (name resolution, RPC, COM) cannot be cancelled. Past the first asker's deadline such a call is given up:
/// its late answer is dropped, and the next asker starts a new thread. So one hanging call never holds a
/// check, a page or the report.
std::shared_ptr<const Machine> AskOnce(std::shared_ptr<const Machine> machine);

/// Every question anew, but given up at the deadline like above.
std::shared_ptr<const Machine> AskEachTime(std::shared_ptr<const Machine> machine);

} // namespace mars
