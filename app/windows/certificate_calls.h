// SPDX-License-Identifier: MIT
#pragma once

#include "handle.h"
#include "questions/certificates.h"
#include "system_call.h"

// CERT_CHAIN_PARA ends in the middle without it.
#define CERT_CHAIN_PARA_HAS_EXTRA_FIELDS
#include <wincrypt.h>

namespace mars
{

/// crypt32.dll, as far as this folder needs it.
struct Crypt32
{
    HMODULE dll = LoadSystemDll(L"crypt32.dll");
    SystemCall<decltype(CertOpenStore)> openStore{dll, "CertOpenStore"};
    SystemCall<decltype(CertCloseStore)> closeStore{dll, "CertCloseStore"};
    SystemCall<decltype(CertEnumCertificatesInStore)> nextInStore{dll, "CertEnumCertificatesInStore"};
    SystemCall<decltype(CertFindCertificateInStore)> findInStore{dll, "CertFindCertificateInStore"};
    SystemCall<decltype(CertCreateCertificateContext)> createContext{dll, "CertCreateCertificateContext"};
    SystemCall<decltype(CertFreeCertificateContext)> freeContext{dll, "CertFreeCertificateContext"};
    SystemCall<decltype(CertDuplicateCertificateContext)> duplicate{dll, "CertDuplicateCertificateContext"};
    SystemCall<decltype(CertGetCertificateContextProperty)> property{
        dll, "CertGetCertificateContextProperty"};
    SystemCall<decltype(CertNameToStrW)> nameToStr{dll, "CertNameToStrW"};
    SystemCall<decltype(PFXIsPFXBlob)> isPfx{dll, "PFXIsPFXBlob"};
    SystemCall<decltype(PFXImportCertStore)> importPfx{dll, "PFXImportCertStore"};
    SystemCall<decltype(CertGetCertificateChain)> getChain{dll, "CertGetCertificateChain"};
    SystemCall<decltype(CertFreeCertificateChain)> freeChain{dll, "CertFreeCertificateChain"};
    SystemCall<decltype(CertVerifyCertificateChainPolicy)> verifyChain{
        dll, "CertVerifyCertificateChainPolicy"};
};

const Crypt32& Crypt();

struct StoreCloser
{
    static void Close(HCERTSTORE store)
    {
        Crypt().closeStore(store, 0);
    }
};
struct ContextFreer
{
    static void Close(PCCERT_CONTEXT context)
    {
        Crypt().freeContext(context);
    }
};
struct ChainFreer
{
    static void Close(PCCERT_CHAIN_CONTEXT chain)
    {
        Crypt().freeChain(chain);
    }
};
using UniqueStore = Unique<HCERTSTORE, StoreCloser>;
using UniqueContext = Unique<PCCERT_CONTEXT, ContextFreer>;
using UniqueChain = Unique<PCCERT_CHAIN_CONTEXT, ChainFreer>;

/// Subject, dates, thumbprint and so on of one certificate.
CertificateInfo DescribeCertificate(PCCERT_CONTEXT certificate);

/// SHA-1 in 40 lower-case hex digits; empty when it cannot be told.
std::string ThumbprintOf(PCCERT_CONTEXT certificate);

bool HoldsCertificate(HCERTSTORE store, const std::string& thumbprint);

/// "CN=name, O=organisation", the way Windows shows it.
std::string NameText(const CERT_NAME_BLOB& name);

} // namespace mars
