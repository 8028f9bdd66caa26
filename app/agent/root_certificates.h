// SPDX-License-Identifier: MIT
#pragma once

#include "text.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

struct RootCertificate
{
    std::string name;
    /// SHA-1, 40 lower-case hex digits.
    std::string thumbprint;
    Timestamp expires;
    /// A server that may not fetch roots has to have it; the others are only known to be public ones.
    bool isWanted = false;
};

/// Nothing when the text is no such table.
std::optional<std::vector<RootCertificate>> ParseRootCertificates(std::string_view xml);

/// The roots that the certificates of the service end in: knowledge/root_certificates.xml, expired ones among
/// them.
const std::vector<RootCertificate>& KnownRootCertificates();

} // namespace mars
