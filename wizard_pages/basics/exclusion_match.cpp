// SPDX-License-Identifier: MIT
#include "exclusion_match.h"

#include "text.h"
#include "wildcard.h"

#include <algorithm>
#include <string>
#include <vector>

namespace mars::basics
{
namespace
{

/// Folded names without separators; doubled ones and those at the end do not count.
std::vector<std::string> NamesIn(std::string_view path)
{
    std::string folded = FoldCase(Trim(path));
    std::ranges::replace(folded, '/', '\\');
    auto names = Split(folded, '\\');
    std::erase(names, std::string());
    return names;
}

/// Each name of the entry matches the path's name in its place; the path may go on below.
bool BeginsWith(const std::vector<std::string>& path, const std::vector<std::string>& entry)
{
    if (entry.empty() || entry.size() > path.size())
    {
        return false;
    }
    for (std::size_t i = 0; i < entry.size(); ++i)
    {
        if (!MatchesWildcards(path[i], entry[i]))
        {
            return false;
        }
    }
    return true;
}

bool IsAllFiles(const std::string& name)
{
    return name == "*" || name == "*.*";
}

} // namespace

bool CoversFolder(std::string_view exclusion, std::string_view folder)
{
    auto entry = NamesIn(exclusion);
    const auto path = NamesIn(folder);
    if (entry.size() == path.size() + 1 && IsAllFiles(entry.back()))
    {
        entry.pop_back();
    }
    return BeginsWith(path, entry);
}

bool CoversProcess(std::string_view exclusion, std::string_view program)
{
    auto entry = NamesIn(exclusion);
    const auto path = NamesIn(program);
    if (entry.empty() || path.empty())
    {
        return false;
    }
    if (entry.size() == 1 && Trim(exclusion).find_first_of("\\/") == std::string_view::npos)
    {
        return MatchesWildcards(path.back(), entry.front());
    }
    const bool folder = Trim(exclusion).ends_with('\\') || IsAllFiles(entry.back());
    if (folder && entry.size() > 1 && IsAllFiles(entry.back()))
    {
        entry.pop_back();
    }
    return BeginsWith(path, entry) && (folder ? entry.size() < path.size() : entry.size() == path.size());
}

} // namespace mars::basics
