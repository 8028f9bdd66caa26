// SPDX-License-Identifier: MIT
#include "questions/probes.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ProbeHttps>;
template class ExchangeOf<ProbeHttp>;

} // namespace mars
