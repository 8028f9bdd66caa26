// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <string>
#include <string_view>

/// Vault credentials files.
namespace mars
{

/// How far the reading of a credentials file came.
enum class CredentialsFault
{
    kNone,
    kEmpty,
    kTooLarge,
    kNotXml,
    kWrongRoot,
    kNoCertificate,
    kCertificateUnreadable,
    kNoPrivateKey,
};

MARS_WORDS(CredentialsFault, "none", "empty", "too_large", "not_xml", "wrong_root", "no_certificate",
    "certificate_unreadable", "no_private_key");

/// What a vault credentials file says, without its secrets: the bytes and the private key never leave the
/// adapter. Format: DataContract XML `RSBackupVaultAADCreds`, written by Azure PowerShell and the portal.
struct VaultCredentials
{
    CredentialsFault fault = CredentialsFault::kNone;
    std::string rootElement;
    std::string version;
    std::string vault;
    std::string resourceId;
    std::string subscription;
    std::string tenant;
    std::string location;
    /// Only meaningful when the certificate could be read (fault none or no_private_key).
    Timestamp notBefore;
    Timestamp notAfter;
    std::string thumbprint;
    MARS_FIELDS(VaultCredentials, fault, rootElement, version, vault, resourceId, subscription, tenant,
        location, notBefore, notAfter, thumbprint);
    bool operator==(const VaultCredentials&) const = default;
};

/// Absent: no such file. A file that is no credentials file is a value with a fault.
struct ReadVaultCredentials
{
    using Value = VaultCredentials;
    static constexpr std::string_view kName = "read_vault_credentials";
    static constexpr std::string_view kKind = "credentials";
    std::string path;
    MARS_FIELDS(ReadVaultCredentials, path);
};

extern template class ExchangeOf<ReadVaultCredentials>;

} // namespace mars
