// SPDX-License-Identifier: MIT
#include "proxy_list.h"

#include "text.h"

#include <algorithm>

namespace mars
{

std::string_view WithoutScheme(std::string_view address)
{
    const std::size_t scheme = address.find("://");
    return scheme == std::string_view::npos ? address : address.substr(scheme + 3);
}

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

std::vector<std::string> SplitWinInetList(std::string_view list)
{
    std::string text(list);
    std::ranges::replace_if(
        text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }, ';');
    auto parts = Split(text, ';');
    std::erase(parts, std::string());
    return parts;
}

std::string_view HostAndPortOf(std::string_view address)
{
    std::string_view rest = WithoutScheme(address);
    rest = rest.substr(0, rest.find('/'));
    const std::size_t login = rest.rfind('@');
    return login == std::string_view::npos ? rest : rest.substr(login + 1);
}

} // namespace mars
