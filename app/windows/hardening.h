// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace mars
{

enum class ProgramKind
{
    kConsole,
    kWindow,
};

/// A process mitigation policy of SetProcessMitigationPolicy: its number and its flags.
struct MitigationPolicy
{
    int policy = 0;
    std::uint32_t flags = 0;
    bool operator==(const MitigationPolicy&) const = default;
};

/// What HardenProcess asks Windows for.
std::vector<MitigationPolicy> MitigationPoliciesOf(ProgramKind kind);

/// The first line of both programs, before anything can load a DLL: from now on DLLs come from System32 only,
/// none from the network or from a place of low integrity; and Windows tells the program that a drive is
/// empty instead of the person. What this Windows does not know is left out.
void HardenProcess(ProgramKind kind);

} // namespace mars
