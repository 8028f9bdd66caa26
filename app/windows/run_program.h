// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "machine.h"

#include <string>

namespace mars
{

/// Runs a program of the System32 folder without a window and waits for its end. Fails with its exit code
/// where that is not 0; a program that is still at work when the wait is over is ended. For repairs only: a
/// check never starts one.
Status RunSystemProgram(const std::string& program, const std::string& arguments, const Wait& wait);

} // namespace mars
