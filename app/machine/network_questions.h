// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

namespace mars
{

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
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("end", &HttpProbe::end), MakeField("http_status", &HttpProbe::httpStatus),
            MakeField("code", &HttpProbe::code), MakeField("server_date", &HttpProbe::serverDate),
            MakeField("answered_at", &HttpProbe::answeredAt), MakeField("body", &HttpProbe::body),
            MakeField("milliseconds", &HttpProbe::milliseconds));
    }
    bool operator==(const HttpProbe&) const = default;
};

/// One plain GET. `proxy` is "host:port"; empty = direct. Redirections are not followed.
struct ProbeHttp
{
    using Value = HttpProbe;
    static constexpr std::string_view kName = "probe_http";
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
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("host", &ProbeHttp::host), MakeField("port", &ProbeHttp::port),
            MakeField("path", &ProbeHttp::path), MakeField("proxy", &ProbeHttp::proxy),
            MakeField("header", &ProbeHttp::header), MakeField("body_bytes", &ProbeHttp::bodyBytes),
            MakeField("limit_milliseconds", &ProbeHttp::limitMilliseconds));
    }
};

} // namespace mars
