// SPDX-License-Identifier: MIT
#include "private_address.h"

#include <doctest/doctest.h>

namespace mars::test
{

TEST_CASE("private_address: the ranges at their ends")
{
    for (const char* address : {"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0",
             "192.168.255.255", "100.64.0.0", "100.127.255.255", "fc00::1", "FD12:3456::7"})
    {
        CHECK_MESSAGE(IsPrivateAddress(address), address);
    }
    for (const char* address : {"9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0",
             "192.167.255.255", "192.169.0.0", "100.63.255.255", "100.128.0.0", "127.0.0.1", "169.254.1.1",
             "20.190.160.1", "fe80::1", "2603:1006:2000::1", "::1"})
    {
        CHECK_MESSAGE(!IsPrivateAddress(address), address);
    }
}

TEST_CASE("private_address: what is no address is not private")
{
    for (const char* text : {"", "10", "10.1.2", "10.1.2.3.4", "10.1.2.256", "10.1.2.x", "10..2.3",
             "10.1.2.3:80", "fd.contoso.example", "fdx", "fc:1"})
    {
        CHECK_MESSAGE(!IsPrivateAddress(text), text);
    }
}

} // namespace mars::test
