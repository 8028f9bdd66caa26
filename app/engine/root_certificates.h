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
};

/// Nothing when the text is no such table.
std::optional<std::vector<RootCertificate>> ParseRootCertificates(std::string_view xml);

/// The roots that the certificates of the service end in: knowledge/root_certificates.xml, ended ones among
/// them.
const std::vector<RootCertificate>& KnownRootCertificates();

} // namespace mars
