// SPDX-License-Identifier: MIT
#include "asking.h"
#include "questions/computer.h"
#include "wmi.h"

using namespace mars;
using namespace mars::test;

TEST_CASE("windows wmi: a query gives one row for each object, with typed values")
{
    const auto rows = QueryWmi("root\\cimv2", "SELECT * FROM Win32_OperatingSystem",
        {"Caption", "BuildNumber", "ProductType", "TotalVisibleMemorySize", "Primary", "NoSuchThing"},
        TenSeconds());
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);
    const WmiRow& system = rows->front();
    CHECK(system.Text("Caption").has_value());
    CHECK(system.Text("BuildNumber") == std::to_string(Value(ReadWindowsVersion{}).build));
    CHECK(system.Number("TotalVisibleMemorySize").value_or(0) > 0);
    CHECK_FALSE(system.Number("Caption"));
    CHECK_FALSE(system.Text("NoSuchThing"));
}

TEST_CASE("windows wmi: no such namespace and no such class are absent")
{
    CHECK(QueryWmi("root\\Fictional\\Space", "SELECT * FROM Thing", {"Name"}, TenSeconds()).IsAbsent());
    const auto nothing = QueryWmi("root\\cimv2", "SELECT * FROM Win32_NoSuchClass", {"Name"}, TenSeconds());
    CHECK((nothing.IsAbsent() || (nothing && nothing->empty())));
}

TEST_CASE("windows wmi: a query that is none fails, and one without time gives up")
{
    CHECK(QueryWmi("root\\cimv2", "NO QUERY", {"Name"}, TenSeconds()).HasFailed());
    const auto late = QueryWmi("root\\cimv2", "SELECT * FROM Win32_OperatingSystem", {"Caption"}, NoTime());
    REQUIRE(late.HasFailed());
    CHECK(late.Error().code == code::kTimeout);
}

TEST_CASE("windows wmi: a method of a class that is not there fails with its code")
{
    const Status status = CallWmiMethod(
        {"root\\Fictional\\Space", "Thing", "", "Add", {{"Path", std::string("C:\\x")}}}, TenSeconds());
    REQUIRE_FALSE(status);
    CHECK(status.Error().code != 0);
}
