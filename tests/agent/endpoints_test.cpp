// SPDX-License-Identifier: MIT
#include "endpoints.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace mars::test
{
namespace
{

constexpr const char* kTable = R"(<endpoints><cloud name="public">
  <sample host="s.example" may_vanish="true"/><probe host="p.example"/><allow name="*.example"/><range addresses="10.0.0.0/8"/><site name="*.site.example"/>
  <service suffix=".svc.example"/></cloud></endpoints>)";

} // namespace

TEST_CASE("endpoints: a table is read with documented hosts first")
{
    const auto table = ParseEndpoints(kTable, Cloud::kPublic);
    REQUIRE(table);
    REQUIRE(table->hosts.size() == 2);
    CHECK(table->hosts[0].name == "p.example");
    CHECK_FALSE(table->hosts[0].isSample);
    CHECK(table->hosts[1].isSample);
    CHECK_FALSE(table->hosts[0].mayVanish);
    CHECK(table->hosts[1].mayVanish);
    CHECK(table->trustedSites == std::vector<std::string>{"*.site.example"});
    CHECK(table->allow == std::vector<std::string>{"*.example"});
    CHECK(table->ranges == std::vector<std::string>{"10.0.0.0/8"});
}

TEST_CASE("endpoints: no table, no cloud, no hosts is nothing")
{
    CHECK_FALSE(ParseEndpoints("", Cloud::kPublic));
    CHECK_FALSE(ParseEndpoints("<endpoints/>", Cloud::kPublic));
    CHECK_FALSE(ParseEndpoints(kTable, Cloud::kChina));
    CHECK_FALSE(ParseEndpoints(
        "<endpoints><cloud name=\"public\"><allow name=\"x\"/></cloud></endpoints>", Cloud::kPublic));
}

TEST_CASE("endpoints: each built-in cloud has its own sign-in host, and no host twice")
{
    for (const auto& [cloud, signIn] : {std::pair(Cloud::kPublic, "login.microsoftonline.com"),
             std::pair(Cloud::kUsGov, "login.microsoftonline.us"),
             std::pair(Cloud::kChina, "login.partner.microsoftonline.cn")})
    {
        const Endpoints& table = EndpointsOf(cloud);
        CHECK(table.hosts.front().name == signIn);
        CHECK_FALSE(table.hosts.front().isSample);
        std::set<std::string> names;
        for (const EndpointHost& host : table.hosts)
        {
            CHECK_MESSAGE(names.insert(host.name).second, host.name);
        }
        CHECK(std::ranges::count(table.allow, "*.microsoft.com") == 1);
        CHECK(std::ranges::count(table.trustedSites, "*.microsoft.com") == 1);
        CHECK(std::ranges::count(table.trustedSites, "www.msftncsi.com") == 1);
    }
}

TEST_CASE(
    "endpoints: a sample of a region takes its short name, and is left out where the region is not known")
{
    const auto table = ParseEndpoints(R"(<endpoints><cloud name="public">
      <probe host="p.example"/><sample host="s.example"/><sample host="pod.{geo}.example" may_vanish="true"/>
      <region name="westeurope" geo="we"/><allow name="*.example"/><site name="*.site.example"/>
      <certificates host="crl.example"/><service suffix=".svc.example"/></cloud></endpoints>)",
        Cloud::kPublic);
    REQUIRE(table);
    CHECK(table->certificateHosts == std::vector<std::string>{"crl.example"});
    const auto samples = SamplesFor(*table, "WestEurope");
    REQUIRE(samples.size() == 2);
    CHECK(samples[0].name == "s.example");
    CHECK(samples[1].name == "pod.we.example");
    CHECK(samples[1].mayVanish);
    CHECK(SamplesFor(*table, "atlantis").size() == 1);
    CHECK(SamplesFor(*table, "").size() == 1);
}

TEST_CASE("endpoints: what the documents of 2025 add is in the list of the public cloud")
{
    const Endpoints& table = EndpointsOf(Cloud::kPublic);
    for (const char* name : {"*.storage.azure.net", "*.login.microsoft.com", "*.backup.windowsazure.com"})
    {
        CHECK_MESSAGE(std::ranges::count(table.allow, name) == 1, name);
    }
    CHECK(FindServiceHosts("PUT https://md-1.z01.queue.storage.azure.net/x", table.serviceSuffixes)
        == std::vector<std::string>{"md-1.z01.queue.storage.azure.net"});
    CHECK(SamplesFor(table, "westeurope").back().name == "pod01-manag1.we.backup.windowsazure.com");
    for (const Cloud cloud : {Cloud::kPublic, Cloud::kUsGov, Cloud::kChina})
    {
        CHECK(std::ranges::count(EndpointsOf(cloud).certificateHosts, "ctldl.windowsupdate.com") == 1);
    }
}

TEST_CASE("endpoints: service hosts are found in a line of the log")
{
    const std::vector<std::string> suffixes{".backup.windowsazure.com", ".blob.core.windows.net"};
    CHECK(FindServiceHosts("GET https://Pod01-prot1.WE.backup.windowsazure.com:443/x failed, "
                           "then abc.blob.core.windows.net. and abc.blob.core.windows.net",
              suffixes)
        == std::vector<std::string>{"pod01-prot1.we.backup.windowsazure.com", "abc.blob.core.windows.net"});
    CHECK(FindServiceHosts("", suffixes).empty());
    CHECK(FindServiceHosts(".blob.core.windows.net", suffixes).empty());
    CHECK(FindServiceHosts("a..blob.core.windows.net", suffixes).empty());
    CHECK(FindServiceHosts("abc.blob.core.windows.net.evil.example", suffixes).empty());
    CHECK(FindServiceHosts("x" + std::string(300, 'a') + ".blob.core.windows.net", suffixes).empty());
}

} // namespace mars::test
