// SPDX-License-Identifier: MIT
#include "questions/services.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<QueryService>;
template class ExchangeOf<ListServiceImages>;

} // namespace mars
