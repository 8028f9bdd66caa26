// SPDX-License-Identifier: MIT
#pragma once

#include "text.h"

#include <optional>
#include <string_view>

namespace mars
{

/// What a probe needs of the head of an HTTP answer.
struct HttpHead
{
    std::uint32_t status = 0;
    /// The Date header.
    std::optional<Timestamp> date;
    /// The Age header: how long a proxy has kept the answer.
    std::chrono::seconds age{0};

    /// What time it was for the far end; nothing without a Date.
    std::optional<Timestamp> Now() const
    {
        return date ? std::optional(*date + age) : std::nullopt;
    }
};

/// Where the head ends, its empty line included; npos while it is not all there.
std::size_t EndOfHttpHead(std::string_view bytes);

/// Nothing when the text is no answer of HTTP/1.
std::optional<HttpHead> ParseHttpHead(std::string_view head);

/// "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<Timestamp> ParseHttpDate(std::string_view text);

} // namespace mars
