// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace pugi
{
class xml_node;
} // namespace pugi

namespace mars
{

/// The trigger in one form for all that means the same, without its Enabled: the Task Scheduler reads what it
/// is given and may print it anew, with members in another order, defaults written out or left out, fractions
/// of a second gone and spans of time in other units. See "Task Scheduler schema" of the Windows SDK.
std::string TriggerForm(const pugi::xml_node& trigger);

} // namespace mars
