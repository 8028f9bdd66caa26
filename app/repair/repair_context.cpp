// SPDX-License-Identifier: MIT
#include "repair_context.h"

#include "questions/computer.h"

#include <chrono>
#include <utility>

namespace mars
{

Wait StepWait(std::stop_token stop)
{
    return {std::chrono::steady_clock::now() + kStepDeadline, std::move(stop)};
}

bool RunsElevated(const Machine& machine)
{
    const auto context = machine.Ask(ReadContext{}, StepWait());
    return context && context->elevated;
}

} // namespace mars
