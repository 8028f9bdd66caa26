// SPDX-License-Identifier: MIT
#include "credentials.h"

#include "certificate_calls.h"
#include "error.h"
#include "path_look.h"
#include "questions/certificates.h"
#include "questions/credentials.h"
#include "source_file.h"
#include "vault_credentials_file.h"

namespace mars
{

namespace
{

/// The file's bytes, or one more than the limit where it is larger; that is enough for the parser to refuse
/// it.
Answer<Secret<std::string>> ReadBytes(const std::string& path)
{
    // Somebody with fewer rights may have put a link there.
    if (IsLink(path))
    {
        return Failure{code::kLeadsElsewhere, path};
    }
    const Answer<UniqueHandle> file = OpenSourceFile(path, Writers::kAllowed);
    if (!file)
    {
        return file.HasFailed() ? Answer<Secret<std::string>>(file.Error()) : Absent{};
    }
    Secret<std::string> bytes(std::string(kLargestCredentialsFile + 1, '\0'));
    std::size_t used = 0;
    for (DWORD read = 1; read != 0 && used < bytes->size(); used += read)
    {
        if (!ReadFile(
                file->Get(), bytes->data() + used, static_cast<DWORD>(bytes->size() - used), &read, nullptr))
        {
            return LastFailure("ReadFile", path);
        }
    }
    bytes->resize(used);
    return bytes;
}

CRYPT_DATA_BLOB BlobOf(Bytes& bytes)
{
    return {static_cast<DWORD>(bytes.size()), bytes.data()};
}

/// A temporary store with what is in the PFX; the keys stay in memory. The password is empty, which some
/// programs write as no password and others as one of no letters. Wine does not know the newer kind of key
/// store.
UniqueStore ImportPfx(Bytes& bytes)
{
    CRYPT_DATA_BLOB blob = BlobOf(bytes);
    for (const DWORD keyStore : {static_cast<DWORD>(PKCS12_ALWAYS_CNG_KSP), DWORD(0)})
    {
        for (const wchar_t* password : {static_cast<const wchar_t*>(nullptr), L""})
        {
            UniqueStore store(Crypt().importPfx(&blob, password, PKCS12_NO_PERSIST_KEY | keyStore));
            if (store)
            {
                return store;
            }
        }
    }
    return {};
}

/// The certificate that has a private key; else the first.
UniqueContext PickCertificate(HCERTSTORE store)
{
    UniqueContext picked;
    UniqueContext current(Crypt().nextInStore(store, nullptr));
    for (; current; current = UniqueContext(Crypt().nextInStore(store, current.Release())))
    {
        const bool hasKey = DescribeCertificate(current.Get()).privateKey;
        if (hasKey || !picked)
        {
            picked = UniqueContext(Crypt().duplicate(current.Get()));
        }
        if (hasKey)
        {
            break;
        }
    }
    return picked;
}

CredentialsFault ReadFacts(PCCERT_CONTEXT certificate, VaultCredentials& facts)
{
    if (certificate == nullptr)
    {
        return CredentialsFault::kCertificateUnreadable;
    }
    const CertificateInfo info = DescribeCertificate(certificate);
    facts.notBefore = info.notBefore;
    facts.notAfter = info.notAfter;
    facts.thumbprint = info.thumbprint;
    return info.privateKey ? CredentialsFault::kNone : CredentialsFault::kNoPrivateKey;
}

CredentialsFault ReadPfx(Bytes& bytes, VaultCredentials& facts)
{
    const UniqueStore store = ImportPfx(bytes);
    return store ? ReadFacts(PickCertificate(store.Get()).Get(), facts)
                 : CredentialsFault::kCertificateUnreadable;
}

/// Azure PowerShell on .NET Core writes the certificate alone, without its key.
CredentialsFault ReadPlainCertificate(const Bytes& bytes, VaultCredentials& facts)
{
    const UniqueContext certificate(Crypt().createContext(
        X509_ASN_ENCODING | PKCS_7_ASN_ENCODING, bytes.data(), static_cast<DWORD>(bytes.size())));
    return ReadFacts(certificate.Get(), facts);
}

CredentialsFault ReadCertificate(Bytes& bytes, VaultCredentials& facts)
{
    CRYPT_DATA_BLOB blob = BlobOf(bytes);
    return Crypt().isPfx(&blob) ? ReadPfx(bytes, facts) : ReadPlainCertificate(bytes, facts);
}

} // namespace

Answer<VaultCredentials> AskWindows(
    const ReadVaultCredentials& question, const WindowsMachineOptions&, const Wait&)
{
    const Answer<Secret<std::string>> bytes = ReadBytes(question.path);
    if (!bytes)
    {
        return bytes.HasFailed() ? Answer<VaultCredentials>(bytes.Error()) : Absent{};
    }
    ParsedCredentials parsed = ParseVaultCredentials(**bytes);
    if (parsed.facts.fault == CredentialsFault::kNone)
    {
        parsed.facts.fault = ReadCertificate(*parsed.certificate, parsed.facts);
    }
    return parsed.facts;
}

} // namespace mars
