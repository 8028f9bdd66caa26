// SPDX-License-Identifier: MIT
#include "wildcard.h"

#include <cstddef>

namespace mars
{

bool MatchesWildcards(std::string_view text, std::string_view pattern)
{
    std::size_t at = 0;
    std::size_t star = std::string_view::npos;
    std::size_t retry = 0;
    for (std::size_t i = 0; i < text.size();)
    {
        if (at < pattern.size() && pattern[at] == '*')
        {
            star = at++;
            retry = i;
        }
        else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == text[i]))
        {
            ++at;
            ++i;
        }
        else if (star != std::string_view::npos)
        {
            at = star + 1;
            i = ++retry;
        }
        else
        {
            return false;
        }
    }
    return pattern.substr(at).find_first_not_of('*') == std::string_view::npos;
}

} // namespace mars
