// SPDX-License-Identifier: MIT
#include "calendar.h"

#include <doctest/doctest.h>

#include <string>

using namespace mars;

TEST_CASE("calendar: a time is written as it was read, however far away")
{
    for (const std::string text : {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2000-02-29T12:34:56Z",
             "2262-04-12T00:00:00Z", "4052-03-10T12:00:00Z", "9999-12-31T23:59:59Z"})
    {
        CAPTURE(text);
        const auto time = FromIso8601(text);
        REQUIRE(time);
        CHECK(ToIso8601(*time) == text);
    }
}
