// SPDX-License-Identifier: MIT

/// pwrshsip.dll, which lets Windows read the signatures of PowerShell files: they stand at the end of the
/// file, as Base64 in comments. Documents: "about_Signing" of PowerShell, and "SIP_DISPATCH_INFO structure",
/// "CryptSIPGetSignedDataMsg" and "CryptSIPVerifyIndirectData function" (mssip.h). What is signed is the text
/// before the block, as UTF-16.

#include <windows.h>

#include <bcrypt.h>
#include <wincrypt.h>

#include <mssip.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace
{

constexpr GUID kPowerShell{0x603bcc1f, 0x4b59, 0x4e08, {0xb7, 0x24, 0xd2, 0xc6, 0x29, 0x7e, 0xf3, 0x51}};
constexpr std::string_view kBegin = "\r\n# SIG # Begin signature block\r\n";
constexpr std::string_view kEnd = "# SIG # End signature block";
constexpr DWORD kLargestFile = 1024 * 1024;
constexpr auto kNoSignature = static_cast<DWORD>(0x800B0100);
constexpr auto kBadDigest = static_cast<DWORD>(0x80096010);

BOOL Refuse(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

bool IsOpen(HANDLE file)
{
    return file != nullptr && file != INVALID_HANDLE_VALUE;
}

/// By the open file where there is one, so that it is the file that the caller looks at.
std::string Read(const SIP_SUBJECTINFO& subject)
{
    const HANDLE file = IsOpen(subject.hFile)
        ? subject.hFile
        : CreateFileW(subject.pwsFileName, GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr);
    std::string text(kLargestFile, '\0');
    DWORD size = 0;
    SetFilePointer(file, 0, nullptr, FILE_BEGIN);
    if (!ReadFile(file, text.data(), kLargestFile, &size, nullptr))
        size = 0;
    text.resize(size);
    if (!IsOpen(subject.hFile))
        CloseHandle(file);
    return text;
}

/// The signature; empty where the file has none.
std::vector<BYTE> MessageIn(const std::string& text)
{
    const std::size_t begin = text.find(kBegin);
    const std::size_t end = text.find(kEnd, begin == std::string::npos ? begin : begin + kBegin.size());
    if (end == std::string::npos)
        return {};
    std::string base64 = text.substr(begin + kBegin.size(), end - begin - kBegin.size());
    std::erase(base64, '#');
    DWORD size = 0;
    CryptStringToBinaryA(base64.c_str(), 0, CRYPT_STRING_BASE64, nullptr, &size, nullptr, nullptr);
    std::vector<BYTE> message(size);
    const bool decoded =
        CryptStringToBinaryA(base64.c_str(), 0, CRYPT_STRING_BASE64, message.data(), &size, nullptr, nullptr)
        != 0;
    return decoded ? message : std::vector<BYTE>();
}

std::array<BYTE, 32> DigestOf(const std::string& text)
{
    const int length = static_cast<int>(std::min(text.find(kBegin), text.size()));
    std::wstring wide(static_cast<std::size_t>(length), L'\0');
    wide.resize(
        static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, text.data(), length, wide.data(), length)));
    std::array<BYTE, 32> digest{};
    BCRYPT_ALG_HANDLE algorithm = nullptr;
    BCRYPT_HASH_HANDLE hash = nullptr;
    BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, nullptr, 0);
    BCryptCreateHash(algorithm, &hash, nullptr, 0, nullptr, 0, 0);
    BCryptHashData(
        hash, reinterpret_cast<BYTE*>(wide.data()), static_cast<ULONG>(wide.size() * sizeof(wchar_t)), 0);
    BCryptFinishHash(hash, digest.data(), static_cast<ULONG>(digest.size()), 0);
    BCryptDestroyHash(hash);
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return digest;
}

} // namespace

extern "C" BOOL WINAPI PsIsMyFileType(WCHAR* path, GUID* subject)
{
    const wchar_t* const ending = path == nullptr ? nullptr : std::wcsrchr(path, L'.');
    for (const wchar_t* known : {L".ps1", L".psm1", L".psd1", L".ps1xml", L".cdxml"})
    {
        if (ending != nullptr && _wcsicmp(ending, known) == 0)
        {
            *subject = kPowerShell;
            return TRUE;
        }
    }
    return FALSE;
}

extern "C" BOOL WINAPI PsGetSignature(
    SIP_SUBJECTINFO* subject, DWORD* encoding, DWORD index, DWORD* size, BYTE* buffer)
{
    const std::vector<BYTE> message = MessageIn(Read(*subject));
    if (index != 0 || message.empty())
        return Refuse(kNoSignature);
    *encoding = X509_ASN_ENCODING | PKCS_7_ASN_ENCODING;
    const DWORD room = *size;
    *size = static_cast<DWORD>(message.size());
    if (buffer == nullptr)
        return TRUE;
    if (room < message.size())
        return Refuse(ERROR_INSUFFICIENT_BUFFER);
    std::memcpy(buffer, message.data(), message.size());
    return TRUE;
}

extern "C" BOOL WINAPI PsVerifyHash(SIP_SUBJECTINFO* subject, SIP_INDIRECT_DATA* data)
{
    const auto digest = DigestOf(Read(*subject));
    const bool same = data->Digest.cbData == digest.size()
        && std::memcmp(data->Digest.pbData, digest.data(), digest.size()) == 0;
    return same ? TRUE : Refuse(kBadDigest);
}

// Nobody signs here.

extern "C" BOOL WINAPI PsPutSignature(SIP_SUBJECTINFO*, DWORD, DWORD*, DWORD, BYTE*)
{
    return Refuse(ERROR_NOT_SUPPORTED);
}

extern "C" BOOL WINAPI PsCreateHash(SIP_SUBJECTINFO*, DWORD*, SIP_INDIRECT_DATA*)
{
    return Refuse(ERROR_NOT_SUPPORTED);
}

extern "C" BOOL WINAPI PsDelSignature(SIP_SUBJECTINFO*, DWORD)
{
    return Refuse(ERROR_NOT_SUPPORTED);
}
