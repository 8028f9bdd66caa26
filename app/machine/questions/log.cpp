// SPDX-License-Identifier: MIT
#include "questions/log.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ScanAgentLogs>;
template class ExchangeOf<SearchAgentLogs>;
template class ExchangeOf<ScanInstallLogs>;
template class ExchangeOf<ScanConsoleLogs>;

} // namespace mars
