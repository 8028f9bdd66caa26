// SPDX-License-Identifier: MIT
#include "file_content.h"

#include "error.h"
#include "module_manifest.h"
#include "questions/files.h"
#include "questions/signatures.h"
#include "source_file.h"
#include "system_call.h"

#include <bcrypt.h>

#include <array>

namespace mars
{

namespace
{

constexpr std::size_t kLargestManifest = 1024 * 1024;

/// bcrypt.dll, as far as this file needs it.
struct HashCalls
{
    HMODULE dll = LoadSystemDll(L"bcrypt.dll");
    SystemCall<decltype(BCryptOpenAlgorithmProvider)> open{dll, "BCryptOpenAlgorithmProvider"};
    SystemCall<decltype(BCryptCloseAlgorithmProvider)> close{dll, "BCryptCloseAlgorithmProvider"};
    SystemCall<decltype(BCryptCreateHash)> create{dll, "BCryptCreateHash"};
    SystemCall<decltype(BCryptDestroyHash)> destroy{dll, "BCryptDestroyHash"};
    SystemCall<decltype(BCryptHashData)> add{dll, "BCryptHashData"};
    SystemCall<decltype(BCryptFinishHash)> finish{dll, "BCryptFinishHash"};
};

const HashCalls& Hashing()
{
    static const HashCalls calls;
    return calls;
}

struct ProviderCloser
{
    static void Close(BCRYPT_ALG_HANDLE provider)
    {
        Hashing().close(provider, 0);
    }
};
struct HashDestroyer
{
    static void Close(BCRYPT_HASH_HANDLE hash)
    {
        Hashing().destroy(hash);
    }
};

/// SHA-256 of what is added. A missing function answers "done" without a handle, so the handle is what
/// counts.
class Sha256
{
public:
    Sha256()
    {
        Hashing().open(m_provider.Receive(), BCRYPT_SHA256_ALGORITHM, nullptr, 0);
        if (m_provider)
        {
            Hashing().create(m_provider.Get(), m_hash.Receive(), nullptr, 0, nullptr, 0, 0);
        }
    }
    bool Add(const std::uint8_t* bytes, std::size_t size)
    {
        return m_hash
            && Hashing().add(m_hash.Get(), const_cast<std::uint8_t*>(bytes), static_cast<ULONG>(size), 0)
            >= 0;
    }
    /// Empty: it failed.
    std::string Finish()
    {
        std::array<std::uint8_t, 32> digest{};
        const bool done = m_hash && Hashing().finish
            && Hashing().finish(m_hash.Get(), digest.data(), digest.size(), 0) >= 0;
        return done ? ToHex(digest) : std::string();
    }

private:
    Unique<BCRYPT_ALG_HANDLE, ProviderCloser> m_provider;
    Unique<BCRYPT_HASH_HANDLE, HashDestroyer> m_hash;
};

} // namespace

Answer<ModuleManifest> AskWindows(
    const ReadModuleManifest& question, const WindowsMachineOptions&, const Wait& wait)
{
    std::string text;
    const Answer<bool> read = ReadSourceFile(question.path, wait, [&](std::span<const std::uint8_t> bytes) {
        text.append(bytes.begin(), bytes.end());
        return text.size() <= kLargestManifest;
    });
    if (!read)
    {
        return read.HasFailed() ? Answer<ModuleManifest>(read.Error()) : Absent{};
    }
    return *read ? Answer<ModuleManifest>(ParseModuleManifest(TextOfScript(text)))
                 : FailureFrom(ERROR_INVALID_DATA, "ReadFile", question.path);
}

Answer<FileHash> AskWindows(const HashFile& question, const WindowsMachineOptions&, const Wait& wait)
{
    Sha256 hash;
    const Answer<bool> read = ReadSourceFile(question.path, wait,
        [&](std::span<const std::uint8_t> bytes) { return hash.Add(bytes.data(), bytes.size()); });
    if (!read)
    {
        return read.HasFailed() ? Answer<FileHash>(read.Error()) : Absent{};
    }
    std::string digest = *read ? hash.Finish() : std::string();
    return digest.empty() ? Answer<FileHash>(FailureFrom(0, "BCryptHashData", question.path))
                          : FileHash{std::move(digest)};
}

} // namespace mars
