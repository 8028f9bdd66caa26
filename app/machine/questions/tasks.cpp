// SPDX-License-Identifier: MIT
#include "questions/tasks.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ListTasks>;

} // namespace mars
