// SPDX-License-Identifier: MIT
#include "update_package.h"

#include "text.h"

#include <algorithm>
#include <array>

namespace mars
{

bool IsUpdatePackage(std::string_view name)
{
    // "Package_for_RollupFix~31bf3856ad364e35~amd64~~17763.1.2", "Package_for_KB5005112~...", and with a
    // number of its own where an update has several packages: "Package_1_for_KB3000850~...".
    constexpr std::string_view kBegin = "Package_";
    constexpr std::string_view kFor = "for_";
    constexpr std::array<std::string_view, 3> kUpdates{"KB", "RollupFix", "DotNetRollup"};
    if (!StartsWithIgnoreCase(name, kBegin))
    {
        return false;
    }
    name.remove_prefix(kBegin.size());
    const std::size_t number = std::min(name.find_first_not_of("0123456789"), name.size());
    if (number > 0 && number < name.size() && name[number] == '_')
    {
        name.remove_prefix(number + 1);
    }
    if (!StartsWithIgnoreCase(name, kFor))
    {
        return false;
    }
    name.remove_prefix(kFor.size());
    return std::ranges::any_of(
        kUpdates, [&](std::string_view update) { return StartsWithIgnoreCase(name, update); });
}

} // namespace mars
