// SPDX-License-Identifier: MIT
#include "questions/protection.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ReadDefender>;
template class ExchangeOf<ListFilterDrivers>;

} // namespace mars
