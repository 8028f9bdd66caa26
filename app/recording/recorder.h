// SPDX-License-Identifier: MIT
#pragma once

#include "recorded_machine.h"

#include <memory>

namespace mars
{

/// A machine that asks the one below it and writes down every question with its answer. What failed for want
/// of time is not written down: it says something about the wait, not about the machine. Secrets in an answer
/// are gone before anybody sees it; see secrets.h.
std::shared_ptr<const Machine> RecordAnswers(
    std::shared_ptr<const Machine> machine, std::shared_ptr<RecordedMachine> recording);

} // namespace mars
