// SPDX-License-Identifier: MIT
#include "questions/certificates.h"

#include "exchange_of.h"

namespace mars
{

template class ExchangeOf<ListCertificates>;
template class ExchangeOf<FindCertificates>;

} // namespace mars
