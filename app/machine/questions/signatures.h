// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Who signed a file, and what a PowerShell module consists of.
namespace mars
{

struct ModuleManifest
{
    /// It begins as a module manifest does; otherwise `files` is empty.
    bool isManifest = false;
    /// The files that it names, relative to its folder where it names them so, each once, in its order.
    std::vector<std::string> files;
    MARS_FIELDS(ModuleManifest, isManifest, files);
    bool operator==(const ModuleManifest&) const = default;
};

/// The manifest (*.psd1) of a PowerShell module, of at most 1 MiB; it is read, not run. Absent: no such file.
struct ReadModuleManifest
{
    using Value = ModuleManifest;
    static constexpr std::string_view kName = "read_module_manifest";
    static constexpr std::string_view kKind = "files";
    std::string path;
    MARS_FIELDS(ReadModuleManifest, path);
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

MARS_WORDS(SignatureState, "good", "unsigned", "bad_digest", "not_trusted");

struct SignerCertificate
{
    std::string subject;
    /// SHA-1, 40 lower-case hex digits.
    std::string thumbprint;
    MARS_FIELDS(SignerCertificate, subject, thumbprint);
    bool operator==(const SignerCertificate&) const = default;
};

struct FileSignature
{
    SignatureState state = SignatureState::kUnsigned;
    /// What WinVerifyTrust answered; 0 = good.
    std::uint32_t code = 0;
    /// From the signer to the root.
    std::vector<SignerCertificate> chain;
    MARS_FIELDS(FileSignature, state, code, chain);
    bool operator==(const FileSignature&) const = default;
};

/// WinVerifyTrust of the signature in a file, without the network. Fails where Windows knows no signatures of
/// this kind of file. Absent: no such file.
struct VerifySignature
{
    using Value = FileSignature;
    static constexpr std::string_view kName = "verify_signature";
    static constexpr std::string_view kKind = "files";
    std::string path;
    MARS_FIELDS(VerifySignature, path);
};

extern template class ExchangeOf<ReadModuleManifest>;
extern template class ExchangeOf<VerifySignature>;

} // namespace mars
