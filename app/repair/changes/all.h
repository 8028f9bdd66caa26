// SPDX-License-Identifier: MIT
#pragma once

#include "changes/copies.h"
#include "changes/devices.h"
#include "changes/firewall.h"
#include "changes/protection.h"
#include "changes/registry.h"
#include "changes/services.h"
#include "changes/system_files.h"
#include "changes/tasks.h"
#include "changes/temporary_files.h"

// One room for each subject. Of each kind of change it says where the thing stands (State), how the change is
// made (Make) and how it is taken back (TakeBack); what of these a kind does not have does not compile where
// it is asked for.
