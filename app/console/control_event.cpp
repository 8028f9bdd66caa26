// SPDX-License-Identifier: MIT
#include "control_event.h"

namespace mars
{

ControlAnswer AnswerControl(std::uint32_t event, bool stopWasRequested, bool changing)
{
    if (event == control_event::kCtrlC || event == control_event::kBreak)
    {
        // The second one is from somebody who does not want to wait, which does no harm to checks.
        return stopWasRequested && !changing ? ControlAnswer::kEnd : ControlAnswer::kGoOn;
    }
    return changing ? ControlAnswer::kHold : ControlAnswer::kEnd;
}

} // namespace mars
