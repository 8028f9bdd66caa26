// SPDX-License-Identifier: MIT
#include "certificate_calls.h"

#include "file_time.h"
#include "questions/certificates.h"
#include "questions/registry.h"
#include "wide.h"

namespace mars
{

namespace
{

/// Empty when the certificate does not have the property.
Bytes Property(PCCERT_CONTEXT certificate, DWORD id)
{
    DWORD size = 0;
    if (!Crypt().property(certificate, id, nullptr, &size))
    {
        return {};
    }
    Bytes bytes(size);
    return Crypt().property(certificate, id, bytes.data(), &size) ? bytes : Bytes();
}

std::string FriendlyName(PCCERT_CONTEXT certificate)
{
    const Bytes bytes = Property(certificate, CERT_FRIENDLY_NAME_PROP_ID);
    return RegistryValue{kRegSz, bytes}.AsString().value_or("");
}

/// A property that tells where the key is, or a key that is only in memory.
bool HasPrivateKey(PCCERT_CONTEXT certificate)
{
    DWORD size = 0;
    return Crypt().property(certificate, CERT_KEY_PROV_INFO_PROP_ID, nullptr, &size)
        || Crypt().property(certificate, CERT_KEY_CONTEXT_PROP_ID, nullptr, &size)
        || Crypt().property(certificate, CERT_NCRYPT_KEY_HANDLE_PROP_ID, nullptr, &size);
}

} // namespace

const Crypt32& Crypt()
{
    static const Crypt32 calls;
    return calls;
}

std::string NameText(const CERT_NAME_BLOB& name)
{
    constexpr DWORD kFormat = CERT_X500_NAME_STR | CERT_NAME_STR_REVERSE_FLAG;
    CERT_NAME_BLOB copy = name;
    const DWORD size = Crypt().nameToStr(X509_ASN_ENCODING, &copy, kFormat, nullptr, 0);
    std::wstring text(size, L'\0');
    Crypt().nameToStr(X509_ASN_ENCODING, &copy, kFormat, text.data(), size);
    return Narrow(text.c_str());
}

std::string ThumbprintOf(PCCERT_CONTEXT certificate)
{
    return ToHex(Property(certificate, CERT_SHA1_HASH_PROP_ID));
}

bool HoldsCertificate(HCERTSTORE store, const std::string& thumbprint)
{
    auto hash = FromHex(thumbprint);
    if (!hash)
    {
        return false;
    }
    CRYPT_HASH_BLOB blob{static_cast<DWORD>(hash->size()), hash->data()};
    const UniqueContext found(
        Crypt().findInStore(store, X509_ASN_ENCODING, 0, CERT_FIND_SHA1_HASH, &blob, nullptr));
    return static_cast<bool>(found);
}

CertificateInfo DescribeCertificate(PCCERT_CONTEXT certificate)
{
    CertificateInfo info;
    info.subject = NameText(certificate->pCertInfo->Subject);
    info.issuer = NameText(certificate->pCertInfo->Issuer);
    info.friendlyName = FriendlyName(certificate);
    info.thumbprint = ThumbprintOf(certificate);
    info.notBefore = TimeFrom(certificate->pCertInfo->NotBefore);
    info.notAfter = TimeFrom(certificate->pCertInfo->NotAfter);
    info.privateKey = HasPrivateKey(certificate);
    return info;
}

} // namespace mars
