// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "recorded_machine.h"
#include "run_report.h"

#include <memory>
#include <span>
#include <stop_token>

namespace mars
{

/// What a look at the repairs that are on offer asks, beyond what their checks asked: with it in a bundle,
/// whoever opens the bundle sees what each repair would change. Changes nothing. After a stop the rest is
/// left out.
RecordedMachine RecordPreviews(const std::shared_ptr<const Machine>& machine, const Given& given,
    std::span<const ReportedCheck> checks, std::stop_token stop = {});

} // namespace mars
