// SPDX-License-Identifier: MIT
#include "capture.h"

#include "mars_agent.h"
#include "recorder.h"
#include "repair.h"

namespace mars
{

RecordedMachine RecordPreviews(const std::shared_ptr<const Machine>& machine, const Given& given,
    std::span<const ReportedCheck> checks, std::stop_token stop)
{
    const auto recording = std::make_shared<RecordedMachine>();
    RepairEngine engine(RecordAnswers(machine, recording), nullptr, nullptr, MarsAgent());
    for (const ReportedCheck& check : checks)
    {
        if (check.repair == RepairKind::kOneClick && !stop.stop_requested())
        {
            engine.MakePlan(*check.result.cause, given, {}, stop);
        }
    }
    return *recording;
}

} // namespace mars
