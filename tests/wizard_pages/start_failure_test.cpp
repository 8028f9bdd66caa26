// SPDX-License-Identifier: MIT
#include "model/start_failure.h"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace mars;

TEST_CASE("start_failure: saying No to Windows is no error, for the program as for a tool")
{
    CHECK(WhyNotStarted(1223) == StartFailure::kPersonSaidNo);
}

TEST_CASE("start_failure: what the elevated session does not find may lie on a drive of the person's")
{
    for (const std::uint32_t code : {2U, 3U, 53U, 67U})
    {
        CHECK(WhyNotStarted(code) == StartFailure::kNotFound);
    }
    CHECK(WhyNotStarted(5) == StartFailure::kOther);
    CHECK(WhyNotStarted(8235) == StartFailure::kOther);
}
