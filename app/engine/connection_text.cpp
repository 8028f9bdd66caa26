// SPDX-License-Identifier: MIT
#include "connection_text.h"

#include "connection_settings.h"
#include "proxy.h"
#include "secrets.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

constexpr std::string_view kTokenPrefix = "connection_";

} // namespace

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
