// SPDX-License-Identifier: MIT
#include "task_accounts.h"

#include "text.h"

#include <algorithm>
#include <string_view>

namespace mars
{
namespace
{

/// Empty: none of them.
std::string_view SidOf(std::string_view account, const std::vector<OwnAccount>& accounts)
{
    const auto isCalledSo = [&](const OwnAccount& own) {
        return !own.name.empty()
            && (EqualsIgnoreCase(account, own.name)
                || EqualsIgnoreCase(account, own.domain + "\\" + own.name));
    };
    const auto found = std::ranges::find_if(accounts, isCalledSo);
    return found == accounts.end() ? std::string_view() : std::string_view(found->sid);
}

/// The text of each such element, where it is one of their names.
std::string ReplaceTexts(std::string part, std::string_view element, const std::vector<OwnAccount>& accounts)
{
    const std::string open = "<" + std::string(element) + ">";
    for (std::size_t at = part.find(open); at != std::string::npos; at = part.find(open, at + 1))
    {
        const std::size_t begin = at + open.size();
        const std::size_t end = std::min(part.find('<', begin), part.size());
        const std::string_view sid = SidOf(Trim(std::string_view(part).substr(begin, end - begin)), accounts);
        if (!sid.empty())
        {
            part.replace(begin, end - begin, sid);
        }
    }
    return part;
}

} // namespace

std::string WithSids(std::string xml, const std::vector<OwnAccount>& accounts)
{
    const std::size_t begin = xml.find("<Principals");
    const std::size_t end = xml.find("</Principals>", std::min(begin, xml.size()));
    if (end == std::string::npos)
    {
        return xml;
    }
    std::string principals = xml.substr(begin, end - begin);
    for (const char* element : {"UserId", "GroupId"})
    {
        principals = ReplaceTexts(std::move(principals), element, accounts);
    }
    return xml.replace(begin, end - begin, principals);
}

} // namespace mars
