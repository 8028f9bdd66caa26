// SPDX-License-Identifier: MIT
#pragma once

#include "task_accounts.h"

namespace mars
{

/// SYSTEM, the two service accounts, and the groups of administrators and of users, as this Windows calls
/// them. Asks no other computer.
std::vector<OwnAccount> OwnAccounts();

} // namespace mars
