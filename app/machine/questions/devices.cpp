// SPDX-License-Identifier: MIT
#include "questions/devices.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ListDevices>;
template class ExchangeOf<ListIscsiSessions>;

} // namespace mars
