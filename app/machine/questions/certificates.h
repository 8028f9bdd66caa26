// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <string>
#include <string_view>
#include <vector>

/// The certificate stores of the computer.
namespace mars
{

struct CertificateInfo
{
    std::string subject;
    std::string issuer;
    std::string friendlyName;
    /// SHA-1, 40 lower-case hex digits, as Windows shows it.
    std::string thumbprint;
    Timestamp notBefore;
    Timestamp notAfter;
    bool privateKey = false;
    MARS_FIELDS(CertificateInfo, subject, issuer, friendlyName, thumbprint, notBefore, notAfter, privateKey);
    bool operator==(const CertificateInfo&) const = default;
};

struct CertificateList
{
    std::vector<CertificateInfo> certificates;
    MARS_FIELDS(CertificateList, certificates);
    bool operator==(const CertificateList&) const = default;
};

/// The certificates of a LocalMachine store: "My", "Root".
struct ListCertificates
{
    using Value = CertificateList;
    static constexpr std::string_view kName = "list_certificates";
    static constexpr std::string_view kKind = "certificates";
    std::string store;
    MARS_FIELDS(ListCertificates, store);
};

struct CertificatePresence
{
    /// Those of `wanted` that are there.
    std::vector<std::string> present{};
    /// Those of `wanted` that an older recording did not ask for: nothing is known of them.
    std::vector<std::string> notAsked{};
    MARS_FIELDS(CertificatePresence, present, (notAsked, Since{2}));
    bool operator==(const CertificatePresence&) const = default;
};

/// Which of these certificates, by SHA-1 in 40 lower-case hex digits, a LocalMachine store holds ("Root",
/// "AuthRoot"). Absent: no such store.
struct FindCertificates
{
    using Value = CertificatePresence;
    static constexpr std::string_view kName = "find_certificates";
    static constexpr std::string_view kKind = "certificates";
    std::string store;
    std::vector<std::string> wanted;
    static constexpr auto kAskedFor = &FindCertificates::wanted;
    MARS_FIELDS(FindCertificates, store, wanted);
};

extern template class ExchangeOf<ListCertificates>;
extern template class ExchangeOf<FindCertificates>;

} // namespace mars
