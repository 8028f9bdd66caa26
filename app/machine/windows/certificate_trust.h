// SPDX-License-Identifier: MIT
#pragma once

#include "certificate_calls.h"
#include "questions.h"

#include <string>

namespace mars
{

struct CertificateJudgement
{
    /// 0 when this computer trusts the certificate for that host, else the number of CryptoAPI (CERT_E_...).
    std::uint32_t code = 0;
    /// The last certificate of the chain, as far as it could be built.
    std::string rootSubject;
    std::string rootThumbprint;
    RootKind rootKind = RootKind::kUnknown;
};

CertificateJudgement JudgeCertificate(PCCERT_CONTEXT certificate, const std::wstring& host);

} // namespace mars
