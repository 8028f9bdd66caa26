// SPDX-License-Identifier: MIT
#include "questions/programs.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<FindNewestUpdate>;
template class ExchangeOf<ListPrograms>;

} // namespace mars
