// SPDX-License-Identifier: MIT
#include "questions/signatures.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ReadModuleManifest>;
template class ExchangeOf<VerifySignature>;

} // namespace mars
