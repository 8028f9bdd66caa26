// SPDX-License-Identifier: MIT
#include "file_trust.h"

#include "microsoft_roots.h"
#include "questions/files.h"
#include "questions/signatures.h"
#include "text.h"

#include <algorithm>
#include <array>

namespace mars
{
namespace
{

constexpr std::uint32_t kFileNotFound = 2;
constexpr std::uint32_t kRevisionMismatch = 1306;
constexpr std::uint32_t kUntrustedRoot = 0x800B0109;

constexpr std::array<std::string_view, 2> kBinaries{".exe", ".dll"};
constexpr std::array<std::string_view, 5> kScripts{".ps1", ".psm1", ".psd1", ".ps1xml", ".cdxml"};

template <class Endings>
bool EndsInOne(std::string_view path, const Endings& endings)
{
    return std::ranges::any_of(
        endings, [&](std::string_view ending) { return EndsWithIgnoreCase(path, ending); });
}

} // namespace

bool RunsByItsName(std::string_view path)
{
    return EndsInOne(path, kBinaries) || EndsInOne(path, kScripts);
}

bool HasVersionResource(std::string_view path)
{
    return EndsInOne(path, kBinaries);
}

bool IsMicrosoftSignature(const FileSignature& signature)
{
    return signature.state == SignatureState::kGood && !signature.chain.empty()
        && IsMicrosoftRoot(signature.chain.back().thumbprint);
}

Status IsFromMicrosoft(const MachineView& machine, const std::string& path)
{
    const auto signature = machine.Ask(VerifySignature{path});
    if (!signature)
    {
        return signature.HasFailed() ? signature.Error() : Failure{kFileNotFound, path};
    }
    if (IsMicrosoftSignature(*signature))
    {
        return Status::Done();
    }
    return Failure{
        signature->state == SignatureState::kGood || signature->code == 0 ? kUntrustedRoot : signature->code,
        "signature of " + path};
}

Status HasVersion(const MachineView& machine, const std::string& path, const std::string& version)
{
    const auto found = machine.Ask(ReadFileVersion{path});
    if (!found)
    {
        return found.HasFailed() ? found.Error() : Failure{kFileNotFound, path};
    }
    return found->ToString() == version ? Status::Done() : Failure{kRevisionMismatch, "version of " + path};
}

} // namespace mars
