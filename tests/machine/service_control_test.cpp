// SPDX-License-Identifier: MIT
#include "service_control.h"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace mars;

TEST_CASE("service control: a handler that is still busy after 30 seconds was asked, and is waited for")
{
    CHECK(AnswerToStop(1053) == StopAnswer::kAsked);
}

TEST_CASE("service control: a state that takes no requests passes")
{
    CHECK(AnswerToStop(1061) == StopAnswer::kNotYet);
    CHECK(AnswerToStop(1062) == StopAnswer::kNotYet);
}

TEST_CASE("service control: all else is a refusal")
{
    // Access denied, dependent services run, invalid control, the service manager shuts down.
    for (const std::uint32_t code : {5U, 1051U, 1052U, 1115U})
    {
        CHECK(AnswerToStop(code) == StopAnswer::kRefused);
    }
}
