// SPDX-License-Identifier: MIT
#pragma once

#include "certificate_calls.h"
#include "certificate_judgement.h"
#include "machine.h"

#include <string>

namespace mars
{

/// Whether this computer, not only the user who asks, trusts the certificate of that host for TLS. First by
/// what is here; Windows may look for what is missing on the network only as long as FetchLimit says.
CertificateJudgement JudgeCertificate(PCCERT_CONTEXT certificate, const std::wstring& host, const Wait& wait);

} // namespace mars
