// SPDX-License-Identifier: MIT
#include "elevation_path.h"

namespace mars
{

std::string PathForElevation(std::string path, const DriveTarget& target)
{
    // SUBST may lead to a drive that SUBST made or that is mapped; never in a circle, but who knows.
    constexpr int kMostSteps = 26;
    for (int step = 0; step < kMostSteps && path.size() > 2 && path[1] == ':' && path[2] == '\\'; ++step)
    {
        std::optional<std::string> real = target(path.substr(0, 2));
        if (!real || real->empty())
        {
            break;
        }
        if (real->ends_with('\\'))
        {
            real->pop_back();
        }
        path = *real + path.substr(2);
    }
    return path;
}

} // namespace mars
