// SPDX-License-Identifier: MIT
#include "control_event.h"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace mars;
using namespace mars::control_event;

TEST_CASE("control event: the first Ctrl+C stops the work, and the second ends checks but no repair")
{
    for (const std::uint32_t event : {kCtrlC, kBreak})
    {
        for (const bool changing : {false, true})
        {
            CHECK(AnswerControl(event, false, changing) == ControlAnswer::kGoOn);
        }
        CHECK(AnswerControl(event, true, false) == ControlAnswer::kEnd);
        CHECK(AnswerControl(event, true, true) == ControlAnswer::kGoOn);
    }
}

TEST_CASE(
    "control event: a window that is closed and a session that ends wait for a repair, and for nothing else")
{
    for (const std::uint32_t event : {kClose, kLogOff, kShutDown})
    {
        for (const bool stopWasRequested : {false, true})
        {
            CHECK(AnswerControl(event, stopWasRequested, true) == ControlAnswer::kHold);
            CHECK(AnswerControl(event, stopWasRequested, false) == ControlAnswer::kEnd);
        }
    }
}
