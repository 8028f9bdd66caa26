// SPDX-License-Identifier: MIT
#include "questions/failed_files.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ReadFailedFiles>;

} // namespace mars
