// SPDX-License-Identifier: MIT
#include "questions/proxy.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ReadProxySettings>;
template class ExchangeOf<DetectProxyScript>;
template class ExchangeOf<FindProxyForUrl>;

} // namespace mars
