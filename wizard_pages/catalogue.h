// SPDX-License-Identifier: MIT
#pragma once

#include "section.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// The pages, in their order.
std::span<const Section* const> AllSections();

/// Every root cause, in the order of the pages.
const std::vector<const RootCause*>& AllRootCauses();

/// Null when there is no such id.
const RootCause* FindRootCause(std::string_view id);
/// Those of the ids that there are, in the order of the ids.
std::vector<const RootCause*> FindRootCauses(std::span<const std::string> ids);
/// Null when there is no such section.
const Section* FindSection(std::string_view id);

/// What an id or a step code means; case is ignored. A code of a borrowed row leads to the root causes it
/// shows, which may be several. Empty: no such id or code.
std::vector<const RootCause*> ResolveSelector(std::string_view idOrCode);

} // namespace mars
