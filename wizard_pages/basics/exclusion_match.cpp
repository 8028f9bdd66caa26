// SPDX-License-Identifier: MIT
#include "exclusion_match.h"

#include "text.h"

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

bool MatchesName(std::string_view text, std::string_view pattern)
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

/// Each name of the entry matches the path's name in its place; the path may go on below.
bool BeginsWith(const std::vector<std::string>& path, const std::vector<std::string>& entry)
{
    if (entry.empty() || entry.size() > path.size())
    {
        return false;
    }
    for (std::size_t i = 0; i < entry.size(); ++i)
    {
        if (!MatchesName(path[i], entry[i]))
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
        return MatchesName(path.back(), entry.front());
    }
    const bool folder = Trim(exclusion).ends_with('\\') || IsAllFiles(entry.back());
    if (folder && entry.size() > 1 && IsAllFiles(entry.back()))
    {
        entry.pop_back();
    }
    return BeginsWith(path, entry) && (folder ? entry.size() < path.size() : entry.size() == path.size());
}

} // namespace mars::basics
