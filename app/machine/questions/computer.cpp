// SPDX-License-Identifier: MIT
#include "questions/computer.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ReadClock>;
template class ExchangeOf<ReadContext>;
template class ExchangeOf<ReadWindowsVersion>;
template class ExchangeOf<ReadChassisTag>;

} // namespace mars
