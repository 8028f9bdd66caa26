// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Attempts to reach a host.
namespace mars
{

enum class ProbeEnd
{
    /// The far end answered with any HTTP status.
    kAnswered,
    kNameNotResolved,
    kRefused,
    kReset,
    kTimedOut,
    /// Connected, but no TLS 1.2 or newer connection came about.
    kTlsFailed,
    /// TLS came about with a certificate that this computer does not trust.
    kNotTrusted,
    /// The proxy answered 407.
    kProxyNeedsLogin,
    /// The proxy answered CONNECT with another refusal; `httpStatus` says which.
    kProxyRefused,
    kProxyUnreachable,
};

MARS_WORDS(ProbeEnd, "answered", "name_not_resolved", "refused", "reset", "timed_out", "tls_failed",
    "not_trusted", "proxy_needs_login", "proxy_refused", "proxy_unreachable");

/// Who vouches for the root of a certificate chain.
enum class RootKind
{
    /// No certificate was seen, or its chain has no root.
    kUnknown,
    /// Microsoft distributes it with Windows.
    kPublic,
    /// Trusted here because somebody added it, as networks that look into TLS do.
    kAdded,
    /// Not trusted here.
    kUntrusted,
};

MARS_WORDS(RootKind, "unknown", "public", "added", "untrusted");

/// Whether Windows looked on the network for a certificate that a chain lacked.
enum class TrustLookup
{
    kUnknown,
    kNotNeeded,
    kEnded,
    /// Nothing answered in the time there was.
    kCutOff,
};

MARS_WORDS(TrustLookup, "unknown", "not_needed", "ended", "cut_off");

struct HttpsProbe
{
    ProbeEnd end = ProbeEnd::kAnswered;
    std::uint32_t httpStatus = 0;
    /// The error behind an end that is no answer (WinHTTP or Winsock code); 0 when there is none.
    std::uint32_t code = 0;
    std::string certificateIssuer;
    /// The last certificate of its chain: whose it is, and its SHA-1 in 40 lower-case hex digits.
    std::string rootSubject;
    std::string rootThumbprint;
    RootKind rootKind = RootKind::kUnknown;
    TrustLookup trustLookup = TrustLookup::kUnknown;
    std::optional<Timestamp> serverDate;
    std::uint32_t milliseconds = 0;
    MARS_FIELDS(HttpsProbe, end, httpStatus, code, certificateIssuer, rootSubject, rootThumbprint, rootKind,
        (trustLookup, Since{2}), serverDate, milliseconds);
    bool operator==(const HttpsProbe&) const = default;
};

/// One HTTPS request to host and port. `proxy` is "host:port"; empty = direct.
struct ProbeHttps
{
    using Value = HttpsProbe;
    static constexpr std::string_view kName = "probe_https";
    static constexpr std::string_view kKind = "network";
    std::string host;
    std::uint32_t port = 443;
    std::string proxy;
    MARS_FIELDS(ProbeHttps, host, port, proxy);
};

struct HttpProbe
{
    /// kTlsFailed, kNotTrusted and kProxyRefused do not occur: a proxy's own refusal is an answer like any
    /// other.
    ProbeEnd end = ProbeEnd::kAnswered;
    std::uint32_t httpStatus = 0;
    /// The error behind an end that is no answer (Winsock code); 0 when there is none.
    std::uint32_t code = 0;
    /// The Date header, and the Age of an answer that a proxy had kept.
    std::optional<Timestamp> serverDate;
    /// This computer's clock when the head arrived, to compare with.
    std::optional<Timestamp> answeredAt;
    /// The first bytes of the body, as many as were asked for.
    std::string body;
    std::uint32_t milliseconds = 0;
    MARS_FIELDS(HttpProbe, end, httpStatus, code, serverDate, answeredAt, body, milliseconds);
    bool operator==(const HttpProbe&) const = default;
};

/// One plain GET. `proxy` is "host:port"; empty = direct. Redirections are not followed.
struct ProbeHttp
{
    using Value = HttpProbe;
    static constexpr std::string_view kName = "probe_http";
    static constexpr std::string_view kKind = "network";
    std::string host;
    std::uint32_t port = 80;
    std::string path = "/";
    std::string proxy;
    /// One more header, "Metadata: true"; empty: none.
    std::string header;
    /// How much of the body is wanted, at most 4,096 bytes.
    std::uint32_t bodyBytes = 0;
    /// Shorter than the asker's own deadline; 0: as long as that.
    std::uint32_t limitMilliseconds = 0;
    MARS_FIELDS(ProbeHttp, host, port, path, proxy, header, bodyBytes, limitMilliseconds);
};

extern template class ExchangeOf<ProbeHttps>;
extern template class ExchangeOf<ProbeHttp>;

} // namespace mars
