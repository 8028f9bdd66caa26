// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "test_support.h"

namespace mars::test
{

TEST_CASE("still_failing: only a person can tell, on any computer")
{
    const RootCause& cause = *FindRootCause("restore.still_failing");
    CHECK(Detect(cause, HealthyServer()).kind == OutcomeKind::kManual);
    CHECK(Detect(cause, RecordedMachine()).kind == OutcomeKind::kManual);
}

} // namespace mars::test
