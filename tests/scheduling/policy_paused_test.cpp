// SPDX-License-Identifier: MIT
#include "tasks.h"

namespace mars::test
{

TEST_CASE("policy_paused: only a person can tell, where the agent has a schedule of its own")
{
    const RootCause& cause = *FindRootCause("scheduling.policy_paused");
    CHECK(Detect(cause, HealthyServer()).kind == OutcomeKind::kManual);
    CheckNeedsAgent(cause);
    RecordedMachine machine = HealthyServer();
    MakeDpmServer(machine);
    CheckNotApplicable(Detect(cause, machine), reason::kManagedByDpm);
}

} // namespace mars::test
