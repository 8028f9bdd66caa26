// SPDX-License-Identifier: MIT
#include "update_package.h"

#include <doctest/doctest.h>

namespace mars::test
{

TEST_CASE("update package: cumulative updates and packages with a KB number count")
{
    for (const char* name : {"Package_for_RollupFix~31bf3856ad364e35~amd64~~17763.6999.1.4",
             "Package_for_KB5005112~31bf3856ad364e35~amd64~~17763.2107.1.0",
             "Package_1_for_KB3000850~31bf~amd64~~6.3.1.8",
             "Package_for_DotNetRollup_481~31bf3856ad364e35~amd64~~10.0.9290.2",
             "PACKAGE_FOR_ROLLUPFIX_WRAPPER~31bf3856ad364e35~amd64~~1.2"})
    {
        CAPTURE(name);
        CHECK(IsUpdatePackage(name));
    }
}

TEST_CASE("update package: features, languages and the servicing stack do not")
{
    for (const char* name : {"Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~10.0.17763.1",
             "Package_for_ServicingStack_6999~31bf3856ad364e35~amd64~~17763.6999.1.0", "Package_KB5005112",
             "Package_1_KB1", "Package_for_", "Package_", "", "KB5005112", "XPackage_for_KB1", "Package_12"})
    {
        CAPTURE(name);
        CHECK_FALSE(IsUpdatePackage(name));
    }
}

} // namespace mars::test
