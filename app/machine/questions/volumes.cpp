// SPDX-License-Identifier: MIT
#include "questions/volumes.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ReadVolume>;
template class ExchangeOf<ReadNewDiskPolicy>;
template class ExchangeOf<ListShadowStorage>;
template class ExchangeOf<ReadChangeJournal>;
template class ExchangeOf<ListVolumes>;

} // namespace mars
