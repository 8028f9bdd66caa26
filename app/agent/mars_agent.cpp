// SPDX-License-Identifier: MIT
#include "mars_agent.h"

#include "activity.h"
#include "knowledge.h"
#include "log_errors.h"
#include "refutation.h"

#include <utility>

namespace mars
{

const AgentHooks& MarsAgent()
{
    static constexpr AgentHooks kHooks{ReadActivity,
        [](std::string_view id, Outcome outcome, const MachineView& machine) {
            return RefuteBySuccess(BuiltInKnowledge(), id, std::move(outcome), machine);
        },
        // Not the newest line's time, which is asked quickly by itself instead of waiting for a whole log.
        [] {
            return std::vector<LogSearch>{{LogErrorPatterns(), true}};
        }};
    return kHooks;
}

} // namespace mars
