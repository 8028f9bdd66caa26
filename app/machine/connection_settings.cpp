// SPDX-License-Identifier: MIT
#include "connection_settings.h"

#include "questions/proxy.h"

namespace mars
{

namespace
{

// PROXY_TYPE_* of wininet.h.
constexpr std::uint32_t kUseProxy = 0x2;
constexpr std::uint32_t kUseScript = 0x4;
constexpr std::uint32_t kDetect = 0x8;

class BlobReader
{
public:
    explicit BlobReader(const Bytes& bytes) : m_bytes(bytes) {}

    bool Failed() const
    {
        return m_failed;
    }

    std::uint32_t Number()
    {
        std::uint32_t number = 0;
        for (int shift = 0; shift < 32; shift += 8)
        {
            number |= static_cast<std::uint32_t>(Byte()) << shift;
        }
        return number;
    }

    /// In the code page of the computer; names of hosts are ASCII.
    std::string Text()
    {
        std::string text;
        for (std::uint32_t left = Number(); left != 0 && !m_failed; --left)
        {
            text += static_cast<char>(Byte());
        }
        return ToValidUtf8(text);
    }

private:
    std::uint8_t Byte()
    {
        m_failed = m_failed || m_at == m_bytes.size();
        return m_failed ? 0 : m_bytes[m_at++];
    }

    const Bytes& m_bytes;
    std::size_t m_at = 0;
    bool m_failed = false;
};

} // namespace

bool HoldsConnectionSettings(std::string_view valueName)
{
    return EqualsIgnoreCase(valueName, "DefaultConnectionSettings")
        || EqualsIgnoreCase(valueName, "SavedLegacySettings");
}

std::optional<ProxySettings> ParseConnectionSettings(const Bytes& bytes)
{
    BlobReader reader(bytes);
    reader.Number();
    reader.Number();
    const std::uint32_t flags = reader.Number();
    ProxySettings proxy;
    proxy.enabled = (flags & kUseProxy) != 0;
    proxy.server = reader.Text();
    proxy.bypass = reader.Text();
    std::string script = reader.Text();
    proxy.autoConfigUrl = (flags & kUseScript) != 0 ? std::move(script) : std::string();
    proxy.autoDetect = (flags & kDetect) != 0;
    return reader.Failed() ? std::nullopt : std::optional(std::move(proxy));
}

} // namespace mars
