// SPDX-License-Identifier: MIT
#include "hardening.h"

#include "handle.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mars;

namespace
{

constexpr int kExtensionPoints = 6;

bool ShutsOut(ProgramKind kind, int policy)
{
    const auto policies = MitigationPoliciesOf(kind);
    return std::ranges::count(policies, policy, &MitigationPolicy::policy) != 0;
}

} // namespace

TEST_CASE("windows hardening: an empty drive is an answer, not a question to the person")
{
    const UINT before = GetErrorMode();
    SetErrorMode(0);
    HardenProcess(ProgramKind::kWindow);
    CHECK(GetErrorMode() == (SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX));
    HardenProcess(ProgramKind::kConsole);
    CHECK((GetErrorMode() & SEM_NOGPFAULTERRORBOX) != 0);
    SetErrorMode(before);
}

TEST_CASE("windows hardening: the hooks of screen readers reach the window, and nothing reaches the console")
{
    CHECK_FALSE(ShutsOut(ProgramKind::kWindow, kExtensionPoints));
    CHECK(ShutsOut(ProgramKind::kConsole, kExtensionPoints));
}
