// SPDX-License-Identifier: MIT
#include "scratch.h"

namespace mars::test
{

TEST_CASE("passphrase_damaged: only a person can tell, where there is an agent")
{
    const RootCause& cause = *FindRootCause("encryption.passphrase_damaged");
    CHECK(Detect(cause, HealthyServer()).kind == OutcomeKind::kManual);
    CheckNeedsAgent(cause);
}

} // namespace mars::test
