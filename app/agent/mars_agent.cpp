// SPDX-License-Identifier: MIT
#include "mars_agent.h"

#include "activity.h"
#include "knowledge.h"
#include "refutation.h"

#include <utility>

namespace mars
{

const AgentHooks& MarsAgent()
{
    static constexpr AgentHooks kHooks{
        ReadActivity, [](std::string_view id, Outcome outcome, const MachineView& machine) {
            return RefuteBySuccess(BuiltInKnowledge(), id, std::move(outcome), machine);
        }};
    return kHooks;
}

} // namespace mars
