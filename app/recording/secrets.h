// SPDX-License-Identifier: MIT
#pragma once

#include "questions/registry.h"

#include <string>
#include <string_view>

namespace mars
{

/// What stands where a secret was: legal in XML, JSON, addresses and command lines.
inline constexpr std::string_view kRemovedSecret = "REMOVED-SECRET";

/// The text without what opens something: values of words such as "password", "ManagementCert" and "sig" in
/// any common notation, the login of an address, what follows "Authorization:", tokens and keys by their
/// look. Names are no secrets; see redaction.h. Changes nothing when done twice.
std::string RemoveSecrets(std::string_view text);

/// A name such as "EncryptionPassphrase" whose value is a secret.
bool NamesSecret(std::string_view name);

/// The same for every text of a registry value; bytes with a secret in them are overwritten as a whole.
void RemoveSecrets(RegistryValue& value);
/// The value of a name that says it is a secret is gone, whatever it is.
void RemoveSecrets(RegistryValue& value, std::string_view name);

} // namespace mars
