// SPDX-License-Identifier: MIT
#include "connection_text.h"

#include "connection_settings.h"
#include "proxy_list.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "secrets.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

constexpr std::string_view kTokenPrefix = "connection_";

} // namespace

bool UsesScript(const ProxySettings& settings)
{
    return !settings.autoConfigUrl.empty();
}

std::string DescribeProxy(const ProxySettings& settings)
{
    if (UsesScript(settings))
    {
        const std::string_view url = settings.autoConfigUrl;
        const std::size_t login = url.find('@');
        const std::size_t scheme = url.find("://");
        const bool hasLogin = login != std::string_view::npos && scheme != std::string_view::npos
            && login < url.find('/', scheme + 3);
        return hasLogin ? std::string(url.substr(0, scheme + 3)).append(url.substr(login + 1))
                        : std::string(url);
    }
    std::string text;
    for (const std::string& part :
        settings.enabled ? SplitWinInetList(settings.server) : std::vector<std::string>())
    {
        const std::size_t equals = part.find('=');
        const std::size_t from = equals == std::string::npos ? 0 : equals + 1;
        text.append(text.empty() ? "" : ";");
        text.append(part, 0, from);
        text.append(HostAndPortOf(std::string_view(part).substr(from)));
    }
    return text;
}

std::optional<std::vector<Finding>> DescribeConnection(std::string_view valueName, const RegistryValue& value)
{
    const auto settings = HoldsConnectionSettings(valueName) && value.type == kRegBinary
        ? ParseConnectionSettings(value.bytes)
        : std::nullopt;
    if (!settings)
    {
        return std::nullopt;
    }
    std::vector<Finding> parts;
    const auto add = [&](bool said, const char* token, const std::string& text) {
        if (said)
        {
            parts.push_back({text, fmt::format("{}{}", kTokenPrefix, token), {}});
        }
    };
    ProxySettings withoutScript = *settings;
    withoutScript.autoConfigUrl.clear();
    add(settings->enabled, "proxy", DescribeProxy(withoutScript));
    add(settings->enabled && !settings->bypass.empty(), "bypass", RemoveSecrets(settings->bypass));
    add(UsesScript(*settings), "script", DescribeProxy(*settings));
    add(settings->autoDetect, "detect", {});
    add(parts.empty(), "direct", {});
    return parts;
}

std::string ConnectionLine(const std::vector<Finding>& connection)
{
    std::string line;
    for (const Finding& part : connection)
    {
        line += fmt::format("{}{}{}{}", line.empty() ? "" : "; ", part.token.substr(kTokenPrefix.size()),
            part.subject.empty() ? "" : " ", part.subject);
    }
    return line;
}

} // namespace mars
