// SPDX-License-Identifier: MIT
#include "pending_renames.h"

#include "questions/registry.h"

namespace mars
{

Answer<RegistryValue> ReadPendingRenames(const MachineView& machine, const char* value)
{
    auto operations = machine.Ask(ReadRegistryValue{PendingRenamePath(value)});
    const bool notAsked = operations.HasFailed() && operations.Error().code == code::kNotRecorded
        && value != kPendingRenameValues.front();
    return notAsked ? Answer<RegistryValue>(Absent{}) : operations;
}

} // namespace mars
