// SPDX-License-Identifier: MIT
#include "signatures.h"

#include "certificate_calls.h"
#include "error.h"
#include "questions/certificates.h"
#include "questions/signatures.h"
#include "source_file.h"
#include "system_call.h"
#include "wide.h"

#include <wintrust.h>

#include <mscat.h>
#include <softpub.h>

#include <algorithm>
#include <vector>

namespace mars
{

namespace
{

// Names that are not in every header.
constexpr auto kNoSignature = static_cast<LONG>(0x800B0100);
constexpr auto kUnknownForm = static_cast<LONG>(0x800B0003);
constexpr auto kUnknownProvider = static_cast<LONG>(0x800B0001);
constexpr auto kBadDigest = static_cast<LONG>(0x80096010);
constexpr DWORD kOnlyFromCache = 0x00001000;

using CalcHash = BOOL(HCATADMIN, HANDLE, DWORD*, BYTE*, DWORD);
using AcquireContext = BOOL(HCATADMIN*, const GUID*, PCWSTR, const void*, DWORD);

/// wintrust.dll, as far as this file needs it.
struct TrustCalls
{
    HMODULE dll = LoadSystemDll(L"wintrust.dll");
    SystemCall<LONG(HWND, GUID*, LPVOID)> verify{dll, "WinVerifyTrust"};
    SystemCall<CRYPT_PROVIDER_DATA*(HANDLE)> data{dll, "WTHelperProvDataFromStateData"};
    SystemCall<CRYPT_PROVIDER_SGNR*(CRYPT_PROVIDER_DATA*, DWORD, BOOL, DWORD)> signer{
        dll, "WTHelperGetProvSignerFromChain"};
    SystemCall<AcquireContext> acquire{dll, "CryptCATAdminAcquireContext2"};
    SystemCall<BOOL(HCATADMIN, DWORD)> release{dll, "CryptCATAdminReleaseContext"};
    SystemCall<CalcHash> hash{dll, "CryptCATAdminCalcHashFromFileHandle2"};
    SystemCall<HCATINFO(HCATADMIN, BYTE*, DWORD, DWORD, HCATINFO*)> find{
        dll, "CryptCATAdminEnumCatalogFromHash"};
    SystemCall<BOOL(HCATADMIN, HCATINFO, DWORD)> releaseCatalog{dll, "CryptCATAdminReleaseCatalogContext"};
    SystemCall<BOOL(HCATINFO, CATALOG_INFO*, DWORD)> describe{dll, "CryptCATCatalogInfoFromContext"};
};

const TrustCalls& Trust()
{
    static const TrustCalls calls;
    return calls;
}

WINTRUST_DATA MakeQuery()
{
    WINTRUST_DATA query{};
    query.cbStruct = sizeof query;
    query.dwUIChoice = WTD_UI_NONE;
    query.fdwRevocationChecks = WTD_REVOKE_NONE;
    query.dwStateAction = WTD_STATEACTION_VERIFY;
    query.dwProvFlags = kOnlyFromCache | WTD_REVOCATION_CHECK_NONE;
    return query;
}

std::vector<SignerCertificate> ChainOf(HANDLE state)
{
    CRYPT_PROVIDER_DATA* const data = state == nullptr ? nullptr : Trust().data(state);
    CRYPT_PROVIDER_SGNR* const signer = data == nullptr ? nullptr : Trust().signer(data, 0, FALSE, 0);
    std::vector<SignerCertificate> chain;
    for (DWORD i = 0; signer != nullptr && i < signer->csCertChain; ++i)
    {
        const CertificateInfo info = DescribeCertificate(signer->pasCertChain[i].pCert);
        chain.push_back({info.subject, info.thumbprint});
    }
    return chain;
}

struct Verdict
{
    LONG code = 0;
    /// GetLastError() of a file without a signature says why.
    LONG reason = 0;
    std::vector<SignerCertificate> chain;
};

Verdict Verify(WINTRUST_DATA& query)
{
    GUID action = WINTRUST_ACTION_GENERIC_VERIFY_V2;
    // No window to ask in.
    const auto nobody = static_cast<HWND>(INVALID_HANDLE_VALUE);
    Verdict verdict;
    verdict.code = Trust().verify(nobody, &action, &query);
    verdict.reason = static_cast<LONG>(GetLastError());
    verdict.chain = ChainOf(query.hWVTStateData);
    query.dwStateAction = WTD_STATEACTION_CLOSE;
    Trust().verify(nobody, &action, &query);
    return verdict;
}

Verdict VerifyFile(const std::wstring& path, HANDLE file)
{
    WINTRUST_FILE_INFO info{};
    info.cbStruct = sizeof info;
    info.pcwszFilePath = path.c_str();
    info.hFile = file;
    WINTRUST_DATA query = MakeQuery();
    query.dwUnionChoice = WTD_CHOICE_FILE;
    query.pFile = &info;
    return Verify(query);
}

struct AdminReleaser
{
    static void Close(HCATADMIN admin)
    {
        Trust().release(admin, 0);
    }
};
using UniqueAdmin = Unique<HCATADMIN, AdminReleaser>;

/// A file without a signature of its own may be listed in one of the catalogs that Windows keeps. Absent: it
/// is not.
Answer<Verdict> VerifyByCatalog(const std::wstring& path, HANDLE file)
{
    UniqueAdmin admin;
    if (!Trust().acquire(admin.Receive(), nullptr, L"SHA256", nullptr, 0))
    {
        return Absent{};
    }
    DWORD size = 0;
    Trust().hash(admin.Get(), file, &size, nullptr, 0);
    std::vector<BYTE> hash(size);
    if (size == 0 || !Trust().hash(admin.Get(), file, &size, hash.data(), 0))
    {
        return Absent{};
    }
    const HCATINFO catalog = Trust().find(admin.Get(), hash.data(), size, 0, nullptr);
    CATALOG_INFO place{};
    place.cbStruct = sizeof place;
    const bool described = catalog != nullptr && Trust().describe(catalog, &place, 0);
    if (catalog != nullptr)
    {
        Trust().releaseCatalog(admin.Get(), catalog, 0);
    }
    if (!described)
    {
        return Absent{};
    }
    const std::string digits = ToHex(hash);
    std::wstring tag = Wide(digits);
    std::transform(tag.begin(), tag.end(), tag.begin(),
        [](wchar_t c) { return c >= L'a' ? static_cast<wchar_t>(c - 32) : c; });
    WINTRUST_CATALOG_INFO info{};
    info.cbStruct = sizeof info;
    info.pcwszCatalogFilePath = place.wszCatalogFile;
    info.pcwszMemberTag = tag.c_str();
    info.pcwszMemberFilePath = path.c_str();
    info.hMemberFile = file;
    info.pbCalculatedFileHash = hash.data();
    info.cbCalculatedFileHash = size;
    info.hCatAdmin = admin.Get();
    WINTRUST_DATA query = MakeQuery();
    query.dwUnionChoice = WTD_CHOICE_CATALOG;
    query.pCatalog = &info;
    return Verify(query);
}

SignatureState StateOf(LONG code)
{
    switch (code)
    {
    case 0:
        return SignatureState::kGood;
    case kNoSignature:
        return SignatureState::kUnsigned;
    case kBadDigest:
        return SignatureState::kBadDigest;
    default:
        return SignatureState::kNotTrusted;
    }
}

/// Windows has nothing that reads signatures in such files.
bool IsUnknownKind(const Verdict& verdict)
{
    const auto unknown = [](LONG code) { return code == kUnknownForm || code == kUnknownProvider; };
    return unknown(verdict.code) || (verdict.code == kNoSignature && unknown(verdict.reason));
}

} // namespace

Answer<FileSignature> AskWindows(const VerifySignature& question, const WindowsMachineOptions&, const Wait&)
{
    const Answer<UniqueHandle> file = OpenSourceFile(question.path);
    if (!file)
    {
        return file.HasFailed() ? Answer<FileSignature>(file.Error()) : Absent{};
    }
    if (!Trust().verify)
    {
        return FailureFrom(ERROR_PROC_NOT_FOUND, "WinVerifyTrust", question.path);
    }
    const std::wstring path = WidePath(question.path);
    Verdict verdict = VerifyFile(path, file->Get());
    if (verdict.code == kNoSignature || IsUnknownKind(verdict))
    {
        if (Answer<Verdict> byCatalog = VerifyByCatalog(path, file->Get()))
        {
            verdict = std::move(*byCatalog);
        }
    }
    if (IsUnknownKind(verdict))
    {
        return FailureFrom(static_cast<std::uint32_t>(kUnknownForm), "WinVerifyTrust", question.path);
    }
    return FileSignature{
        StateOf(verdict.code), static_cast<std::uint32_t>(verdict.code), std::move(verdict.chain)};
}

} // namespace mars
