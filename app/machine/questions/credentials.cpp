// SPDX-License-Identifier: MIT
#include "questions/credentials.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ReadVaultCredentials>;

} // namespace mars
