// SPDX-License-Identifier: MIT
#pragma once

#include "questions/probes.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Whether a computer trusts a certificate, decided from what Windows says when it looks only at what is
/// here, and, where that is not enough, when it may fetch what is missing. The second look can take 15
/// seconds where a firewall swallows its packets, so it gets little time and need not end.
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
    TrustLookup lookup = TrustLookup::kUnknown;

    bool operator==(const CertificateJudgement&) const = default;
};

/// Whether Microsoft's list of roots names this one, by its SHA-1 in 40 hex digits. `encodedCtl` is the list
/// as Windows keeps it in the registry, below SystemCertificates the value AuthRoot, AutoUpdate, EncodedCtl:
/// a certificate trust list whose subjects are SHA-1 hashes.
bool ListsRoot(const Bytes& encodedCtl, std::string_view thumbprint);

/// For how long Windows may try to fetch what is missing; 0: not at all, because it would change nothing or
/// because no time is left. `left` is what the asker still has.
std::chrono::milliseconds FetchLimit(const CertificateJudgement& local, std::chrono::milliseconds left);

/// The judgement from both looks. `fetched` is empty when the second one was not made or did not end in time:
/// then what is here counts.
CertificateJudgement Decide(
    const CertificateJudgement& local, const std::optional<CertificateJudgement>& fetched);

} // namespace mars
