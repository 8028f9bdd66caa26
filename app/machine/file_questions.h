// SPDX-License-Identifier: MIT
#pragma once

#include "fields.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Questions about what is in files and folders: a PowerShell module's list of files, who signed a file, a
/// file's hash, and what a folder holds altogether. Part of questions.h.
namespace mars
{

struct ModuleManifest
{
    /// It begins as a module manifest does; otherwise `files` is empty.
    bool isManifest = false;
    /// The files that it names, relative to its folder where it names them so, each once, in its order.
    std::vector<std::string> files;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("is_manifest", &ModuleManifest::isManifest),
            MakeField("files", &ModuleManifest::files));
    }
    bool operator==(const ModuleManifest&) const = default;
};

/// The manifest (*.psd1) of a PowerShell module, of at most 1 MiB; it is read, not run. Absent: no such file.
struct ReadModuleManifest
{
    using Value = ModuleManifest;
    static constexpr std::string_view kName = "read_module_manifest";
    std::string path;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &ReadModuleManifest::path));
    }
};

enum class SignatureState
{
    /// The file is what was signed, and Windows trusts the signer.
    kGood,
    kUnsigned,
    /// The file was changed after it was signed.
    kBadDigest,
    /// The file is what was signed, but Windows does not trust the signer.
    kNotTrusted,
};
template <>
struct EnumWords<SignatureState>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("good"), std::string_view("unsigned"),
            std::string_view("bad_digest"), std::string_view("not_trusted")};
    }
};

struct SignerCertificate
{
    std::string subject;
    /// SHA-1, 40 lower-case hex digits.
    std::string thumbprint;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("subject", &SignerCertificate::subject),
            MakeField("thumbprint", &SignerCertificate::thumbprint));
    }
    bool operator==(const SignerCertificate&) const = default;
};

struct FileSignature
{
    SignatureState state = SignatureState::kUnsigned;
    /// What WinVerifyTrust answered; 0 = good.
    std::uint32_t code = 0;
    /// From the signer to the root.
    std::vector<SignerCertificate> chain;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("state", &FileSignature::state), MakeField("code", &FileSignature::code),
            MakeField("chain", &FileSignature::chain));
    }
    bool operator==(const FileSignature&) const = default;
};

/// WinVerifyTrust of the signature in a file, without the network. Fails where Windows knows no signatures of
/// this kind of file. Absent: no such file.
struct VerifySignature
{
    using Value = FileSignature;
    static constexpr std::string_view kName = "verify_signature";
    std::string path;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &VerifySignature::path));
    }
};

struct FileHash
{
    /// 64 lower-case hex digits.
    std::string sha256;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("sha256", &FileHash::sha256));
    }
    bool operator==(const FileHash&) const = default;
};

/// Of a file's content. Absent: no such file.
struct HashFile
{
    using Value = FileHash;
    static constexpr std::string_view kName = "hash_file";
    std::string path;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &HashFile::path));
    }
};

struct FolderSurvey
{
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    /// Files and folders with the attribute "compressed", the folder itself not counted; the size of such
    /// files, and how much of the disk they take.
    std::uint64_t compressed = 0;
    std::uint64_t compressedBytes = 0;
    std::uint64_t compressedStoredBytes = 0;
    std::uint64_t encrypted = 0;
    /// Files that Data Deduplication has replaced (IO_REPARSE_TAG_DEDUP).
    std::uint64_t deduplicated = 0;
    /// There is more than was looked at.
    bool truncated = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("files", &FolderSurvey::files), MakeField("bytes", &FolderSurvey::bytes),
            MakeField("compressed", &FolderSurvey::compressed),
            MakeField("compressed_bytes", &FolderSurvey::compressedBytes),
            MakeField("compressed_stored_bytes", &FolderSurvey::compressedStoredBytes),
            MakeField("encrypted", &FolderSurvey::encrypted),
            MakeField("deduplicated", &FolderSurvey::deduplicated),
            MakeField("truncated", &FolderSurvey::truncated));
    }
    bool operator==(const FolderSurvey&) const = default;
};

/// Everything below a folder, at most 200,000 entries; mount points and other links are not entered. Absent:
/// no such folder.
struct SurveyFolder
{
    using Value = FolderSurvey;
    static constexpr std::string_view kName = "survey_folder";
    std::string folder;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("folder", &SurveyFolder::folder));
    }
};

} // namespace mars
