// SPDX-License-Identifier: MIT
#include "certificate_judgement.h"

#include "questions/probes.h"

#include <algorithm>

namespace mars
{

namespace
{

// CERT_E_UNTRUSTEDROOT, CERT_E_CHAINING: a root or a certificate between is not here. Whatever else is wrong
// with a certificate, its dates, its name, its use, stays wrong whatever is fetched.
constexpr std::uint32_t kUntrustedRoot = 0x800B0109;
constexpr std::uint32_t kNoChain = 0x800B010A;

bool LacksSomething(const CertificateJudgement& local)
{
    return local.code == kUntrustedRoot || local.code == kNoChain;
}

} // namespace

bool ListsRoot(const Bytes& encodedCtl, std::string_view thumbprint)
{
    constexpr std::size_t kHashBytes = 20;
    const auto hash = FromHex(thumbprint);
    if (!hash || hash->size() != kHashBytes)
    {
        return false;
    }
    // As ASN.1 writes a subject of the list: OCTET STRING, its length, the hash.
    Bytes subject{0x04, kHashBytes};
    subject.insert(subject.end(), hash->begin(), hash->end());
    return !std::ranges::search(encodedCtl, subject).empty();
}

std::chrono::milliseconds FetchLimit(const CertificateJudgement& local, std::chrono::milliseconds left)
{
    constexpr std::chrono::milliseconds kNone(0);
    constexpr std::chrono::milliseconds kLongest(3000);
    // What is known already has to reach the asker.
    constexpr std::chrono::milliseconds kMargin(300);
    return LacksSomething(local) ? std::clamp(left - kMargin, kNone, kLongest) : kNone;
}

CertificateJudgement Decide(
    const CertificateJudgement& local, const std::optional<CertificateJudgement>& fetched)
{
    CertificateJudgement judgement = local;
    if (fetched && (fetched->code == 0 || !fetched->rootThumbprint.empty()))
    {
        // A look that failed altogether says less than the first one.
        judgement = *fetched;
    }
    judgement.lookup = !LacksSomething(local) ? TrustLookup::kNotNeeded
        : fetched                             ? TrustLookup::kEnded
                                              : TrustLookup::kCutOff;
    return judgement;
}

} // namespace mars
