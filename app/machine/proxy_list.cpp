// SPDX-License-Identifier: MIT
#include "proxy_list.h"

#include "text.h"

#include <algorithm>

namespace mars
{

std::vector<std::string> ParseProxyList(std::string_view list)
{
    std::string text(list);
    std::ranges::replace(text, ' ', ';');
    std::vector<std::string> proxies = Split(text, ';');
    std::erase(proxies, std::string());
    for (std::string& proxy : proxies)
    {
        proxy = EqualsIgnoreCase(proxy, "DIRECT") ? std::string() : proxy;
    }
    return proxies;
}

} // namespace mars
