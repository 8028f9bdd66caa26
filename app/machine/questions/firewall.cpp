// SPDX-License-Identifier: MIT
#include "questions/firewall.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ReadFirewall>;

} // namespace mars
