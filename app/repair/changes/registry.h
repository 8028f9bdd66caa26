// SPDX-License-Identifier: MIT
#pragma once

#include "changes/making.h"

#include <string>
#include <vector>

/// Values of the registry. See all.h.
namespace mars::changes
{

Answer<ChangeState> State(const SetRegistryValue& change, const Machine& machine, const Wait& wait);
Status Make(const SetRegistryValue& change, const ChangeContext& context);
Status TakeBack(const SetRegistryValue& change, const ChangeContext& context);

/// The keys of the path that are not there yet, outermost first.
Answer<std::vector<std::string>> MissingKeys(
    const RegistryPath& path, const Machine& machine, const Wait& wait);

} // namespace mars::changes
