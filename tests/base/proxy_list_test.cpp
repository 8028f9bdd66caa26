// SPDX-License-Identifier: MIT
#include "proxy_list.h"

#include <doctest/doctest.h>

namespace mars::test
{

TEST_CASE("proxy list: all proxies in their order, with semicolons or blanks between")
{
    using List = std::vector<std::string>;
    CHECK(ParseProxyList("a:80;b:8080") == List{"a:80", "b:8080"});
    CHECK(ParseProxyList(" a:80  b:8080; c") == List{"a:80", "b:8080", "c"});
    CHECK(ParseProxyList("a:80;Direct") == List{"a:80", ""});
    CHECK(ParseProxyList("").empty());
}

} // namespace mars::test
