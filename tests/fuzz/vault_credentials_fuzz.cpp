// SPDX-License-Identifier: MIT
#include "questions/credentials.h"
#include "vault_credentials_file.h"

#include <cstdlib>

/// Whatever is in the file: an answer, and a certificate only where there is no fault.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const mars::ParsedCredentials parsed =
        mars::ParseVaultCredentials({reinterpret_cast<const char*>(data), size});
    const bool good = parsed.facts.fault == mars::CredentialsFault::kNone;
    if (good == parsed.certificate->empty() || mars::ToValidUtf8(parsed.facts.vault) != parsed.facts.vault)
    {
        std::abort();
    }
    return 0;
}
