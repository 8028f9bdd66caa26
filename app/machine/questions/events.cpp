// SPDX-License-Identifier: MIT
#include "questions/events.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ReadEvents>;
template class ExchangeOf<ReadProviderEvents>;
template class ExchangeOf<ListCrashes>;

} // namespace mars
