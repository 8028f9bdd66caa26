// SPDX-License-Identifier: MIT
#include "certificate_trust.h"

#include "error.h"
#include "in_time.h"
#include "network.h"
#include "questions/probes.h"
#include "questions/registry.h"
#include "registry.h"

namespace mars
{

namespace
{

/// Builds the chain as the computer's account would, whose trust the agent has: an authority that somebody
/// trusts for himself does not count. `limit` is for each thing that Windows fetches; without one it uses
/// only what is here, and so cannot wait for anybody.
UniqueChain BuildChain(PCCERT_CONTEXT certificate, std::chrono::milliseconds limit)
{
    constexpr DWORD kOnlyLocal = CERT_CHAIN_CACHE_ONLY_URL_RETRIEVAL
        | CERT_CHAIN_DISABLE_AUTH_ROOT_AUTO_UPDATE | CERT_CHAIN_DISABLE_AIA;
    // szOID_PKIX_KP_SERVER_AUTH.
    char serverAuthentication[] = "1.3.6.1.5.5.7.3.1";
    char* usages[] = {serverAuthentication};
    CERT_CHAIN_PARA parameters{};
    parameters.cbSize = sizeof parameters;
    parameters.RequestedUsage.dwType = USAGE_MATCH_TYPE_OR;
    parameters.RequestedUsage.Usage.cUsageIdentifier = 1;
    parameters.RequestedUsage.Usage.rgpszUsageIdentifier = usages;
    parameters.dwUrlRetrievalTimeout = static_cast<DWORD>(limit.count());
    UniqueChain chain;
    Crypt().getChain(HCCE_LOCAL_MACHINE, certificate, nullptr, certificate->hCertStore, &parameters,
        limit.count() == 0 ? kOnlyLocal : 0, nullptr, chain.Receive());
    return chain;
}

/// What Windows gets from Microsoft's list of roots is in a store of its own; what administrators add is not.
bool IsDistributedByMicrosoft(const std::string& thumbprint)
{
    constexpr DWORD kFlags =
        CERT_SYSTEM_STORE_LOCAL_MACHINE | CERT_STORE_READONLY_FLAG | CERT_STORE_OPEN_EXISTING_FLAG;
    const UniqueStore store(Crypt().openStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, kFlags, L"AuthRoot"));
    return store && HoldsCertificate(store.Get(), thumbprint);
}

/// Microsoft's list has also roots that this computer has not needed yet, or that an administrator put among
/// the trusted ones because nothing may be fetched from the internet.
bool IsInMicrosoftsList(const std::string& thumbprint)
{
    const auto list = AskWindows(
        ReadRegistryValue{
            {"HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot\\AutoUpdate", "EncodedCtl"}},
        WindowsMachineOptions{}, Wait{});
    return list && ListsRoot(list->bytes, thumbprint);
}

RootKind KindOfTrusted(const std::string& thumbprint)
{
    return IsDistributedByMicrosoft(thumbprint) || IsInMicrosoftsList(thumbprint) ? RootKind::kPublic
                                                                                  : RootKind::kAdded;
}

void DescribeRoot(const CERT_CHAIN_CONTEXT& chain, CertificateJudgement& judgement)
{
    constexpr DWORD kUntrusted = CERT_TRUST_IS_UNTRUSTED_ROOT | CERT_TRUST_IS_PARTIAL_CHAIN;
    if (chain.cChain == 0 || chain.rgpChain[0]->cElement == 0)
    {
        return;
    }
    const CERT_SIMPLE_CHAIN& simple = *chain.rgpChain[0];
    const PCCERT_CONTEXT last = simple.rgpElement[simple.cElement - 1]->pCertContext;
    judgement.rootSubject = NameText(last->pCertInfo->Subject);
    judgement.rootThumbprint = ThumbprintOf(last);
    judgement.rootKind = (chain.TrustStatus.dwErrorStatus & kUntrusted) != 0
        ? RootKind::kUntrusted
        : KindOfTrusted(judgement.rootThumbprint);
}

std::uint32_t JudgeChain(const CERT_CHAIN_CONTEXT& chain, const std::wstring& host)
{
    std::wstring name = host;
    SSL_EXTRA_CERT_CHAIN_POLICY_PARA ssl{};
    ssl.cbSize = sizeof ssl;
    ssl.dwAuthType = AUTHTYPE_SERVER;
    ssl.pwszServerName = name.data();
    CERT_CHAIN_POLICY_PARA policy{};
    policy.cbSize = sizeof policy;
    policy.pvExtraPolicyPara = &ssl;
    CERT_CHAIN_POLICY_STATUS status{};
    status.cbSize = sizeof status;
    if (!Crypt().verifyChain(CERT_CHAIN_POLICY_SSL, &chain, &policy, &status))
    {
        return LastFailure("CertVerifyCertificateChainPolicy").code;
    }
    // Wine's policy overlooks a chain whose end is missing.
    const bool partial = (chain.TrustStatus.dwErrorStatus & CERT_TRUST_IS_PARTIAL_CHAIN) != 0;
    return status.dwError == 0 && partial ? static_cast<std::uint32_t>(CERT_E_CHAINING) : status.dwError;
}

CertificateJudgement Look(
    PCCERT_CONTEXT certificate, const std::wstring& host, std::chrono::milliseconds limit)
{
    const UniqueChain chain = BuildChain(certificate, limit);
    CertificateJudgement judgement;
    if (!chain)
    {
        judgement.code = LastFailure("CertGetCertificateChain").code;
        return judgement;
    }
    DescribeRoot(*chain.Get(), judgement);
    judgement.code = JudgeChain(*chain.Get(), host);
    return judgement;
}

} // namespace

CertificateJudgement JudgeCertificate(PCCERT_CONTEXT certificate, const std::wstring& host, const Wait& wait)
{
    constexpr std::chrono::milliseconds kOnlyLocal(0);
    const CertificateJudgement local = Look(certificate, host, kOnlyLocal);
    const auto limit = FetchLimit(local,
        std::chrono::duration_cast<std::chrono::milliseconds>(
            wait.deadline - std::chrono::steady_clock::now()));
    if (limit == kOnlyLocal)
    {
        return Decide(local, {});
    }
    // Windows keeps to the limit for each thing that it fetches, not for all of them together.
    const auto kept = std::make_shared<UniqueContext>(Crypt().duplicate(certificate));
    return Decide(
        local, InTime([kept, host, limit] { return Look(kept->Get(), host, limit); }, Sooner(wait, limit)));
}

} // namespace mars
