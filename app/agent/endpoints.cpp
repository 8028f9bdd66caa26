// SPDX-License-Identifier: MIT
#include "endpoints.h"

#include "embedded.h"
#include "text.h"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace mars
{
namespace
{

constexpr std::string_view kHostLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";

std::vector<std::string> ReadAttributes(
    const pugi::xml_node& parent, const char* element, const char* attribute)
{
    std::vector<std::string> values;
    for (const pugi::xml_node node : parent.children(element))
    {
        values.emplace_back(node.attribute(attribute).value());
    }
    return values;
}

Endpoints ReadBuiltIn(Cloud cloud)
{
    const auto files = EmbeddedKnowledge();
    const auto file = std::ranges::find(files, std::string_view("endpoints.xml"), &EmbeddedFile::name);
    auto endpoints = file == files.end() ? std::nullopt : ParseEndpoints(file->bytes, cloud);
    if (!endpoints)
    {
        throw std::logic_error("knowledge/endpoints.xml is not part of the program or damaged");
    }
    return std::move(*endpoints);
}

} // namespace

std::optional<Endpoints> ParseEndpoints(std::string_view xml, Cloud cloud)
{
    pugi::xml_document document;
    if (!document.load_buffer(xml.data(), xml.size()))
    {
        return std::nullopt;
    }
    const std::string name(WordOf(cloud));
    const pugi::xml_node node =
        document.child("endpoints").find_child_by_attribute("cloud", "name", name.c_str());
    Endpoints endpoints;
    for (const bool isSample : {false, true})
    {
        for (const pugi::xml_node host : node.children(isSample ? "sample" : "probe"))
        {
            endpoints.hosts.push_back(
                {host.attribute("host").value(), isSample, host.attribute("may_vanish").as_bool()});
        }
    }
    endpoints.allow = ReadAttributes(node, "allow", "name");
    endpoints.ranges = ReadAttributes(node, "range", "addresses");
    endpoints.certificateHosts = ReadAttributes(node, "certificates", "host");
    for (const pugi::xml_node region : node.children("region"))
    {
        endpoints.geos.emplace(region.attribute("name").value(), region.attribute("geo").value());
    }
    endpoints.trustedSites = ReadAttributes(node, "site", "name");
    endpoints.serviceSuffixes = ReadAttributes(node, "service", "suffix");
    const bool complete = !endpoints.hosts.empty() && !endpoints.allow.empty()
        && !endpoints.trustedSites.empty() && !endpoints.serviceSuffixes.empty();
    return complete ? std::optional(std::move(endpoints)) : std::nullopt;
}

const Endpoints& EndpointsOf(Cloud cloud)
{
    static const std::array<Endpoints, 3> tables{
        ReadBuiltIn(Cloud::kPublic), ReadBuiltIn(Cloud::kUsGov), ReadBuiltIn(Cloud::kChina)};
    return tables[static_cast<std::size_t>(cloud)];
}

std::vector<EndpointHost> SamplesFor(const Endpoints& endpoints, std::string_view region)
{
    constexpr std::string_view kGeo = "{geo}";
    const auto geo = endpoints.geos.find(FoldCase(region));
    std::vector<EndpointHost> samples;
    for (EndpointHost host : endpoints.hosts)
    {
        const std::size_t at = host.name.find(kGeo);
        const bool isRegional = at != std::string::npos;
        if (!host.isSample || (isRegional && geo == endpoints.geos.end()))
        {
            continue;
        }
        if (isRegional)
        {
            host.name.replace(at, kGeo.size(), geo->second);
        }
        samples.push_back(std::move(host));
    }
    return samples;
}

std::vector<std::string> FindServiceHosts(std::string_view text, const std::vector<std::string>& suffixes)
{
    constexpr std::size_t kLongestName = 253;
    std::vector<std::string> hosts;
    for (std::size_t start = text.find_first_of(kHostLetters); start != std::string_view::npos;)
    {
        const std::size_t end = std::min(text.find_first_not_of(kHostLetters, start), text.size());
        std::string host = FoldCase(text.substr(start, end - start));
        host.erase(host.find_last_not_of('.') + 1);
        const bool isService = std::ranges::any_of(suffixes,
            [&](const std::string& suffix) { return host.size() > suffix.size() && host.ends_with(suffix); });
        if (isService && host.size() <= kLongestName && host.front() != '.'
            && host.find("..") == std::string::npos && std::ranges::find(hosts, host) == hosts.end())
        {
            hosts.push_back(std::move(host));
        }
        start = text.find_first_of(kHostLetters, end);
    }
    return hosts;
}

} // namespace mars
