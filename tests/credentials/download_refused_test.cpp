// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "test_support.h"

namespace mars::test
{

TEST_CASE("download_refused: only a person can tell, on any server")
{
    const RootCause& cause = *FindRootCause("credentials.download_refused");
    CHECK(Detect(cause, HealthyServer()).kind == OutcomeKind::kManual);
    CHECK(Detect(cause, RecordedMachine()).kind == OutcomeKind::kManual);
}

} // namespace mars::test
