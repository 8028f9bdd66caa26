// SPDX-License-Identifier: MIT
#include "connection_settings.h"
#include "questions/proxy.h"

#include <doctest/doctest.h>

namespace mars::test
{
namespace
{

Bytes Stored(std::uint8_t flags)
{
    Bytes bytes{0x46, 0, 0, 0, 9, 0, 0, 0, flags, 0, 0, 0};
    for (const std::string_view text : {"a:8080", "<local>", "http://x/p.pac"})
    {
        bytes.insert(bytes.end(), {static_cast<std::uint8_t>(text.size()), 0, 0, 0});
        bytes.insert(bytes.end(), text.begin(), text.end());
    }
    bytes.resize(bytes.size() + 32);
    return bytes;
}

} // namespace

TEST_CASE("connection_settings: the flags say what of it is in use")
{
    CHECK(ParseConnectionSettings(Stored(1)) == ProxySettings{false, "a:8080", "<local>", "", false, false});
    CHECK(ParseConnectionSettings(Stored(3)) == ProxySettings{true, "a:8080", "<local>", "", false, false});
    CHECK(ParseConnectionSettings(Stored(15))
        == ProxySettings{true, "a:8080", "<local>", "http://x/p.pac", true, false});
}

TEST_CASE("connection_settings: bytes that end too soon say nothing, wherever they end")
{
    const Bytes whole = Stored(15);
    const std::size_t needed = whole.size() - 32;
    for (std::size_t size = 0; size <= whole.size(); ++size)
    {
        CAPTURE(size);
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        CHECK(ParseConnectionSettings(cut).has_value() == (size >= needed));
    }
    // A length of 4 GB.
    Bytes huge = whole;
    huge[12] = huge[13] = huge[14] = huge[15] = 0xFF;
    CHECK_FALSE(ParseConnectionSettings(huge).has_value());
}

TEST_CASE("connection_settings: two values of a key hold them")
{
    CHECK(HoldsConnectionSettings("defaultconnectionsettings"));
    CHECK(HoldsConnectionSettings("SavedLegacySettings"));
    CHECK_FALSE(HoldsConnectionSettings("ProxyServer"));
    CHECK_FALSE(HoldsConnectionSettings(""));
}

} // namespace mars::test
