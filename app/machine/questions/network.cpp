// SPDX-License-Identifier: MIT
#include "questions/network.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ResolveName>;
template class ExchangeOf<ListNetworkAdapters>;

} // namespace mars
