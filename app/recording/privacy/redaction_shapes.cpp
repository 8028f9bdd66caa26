// SPDX-License-Identifier: MIT
#include "redaction_shapes.h"

#include "text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace mars
{

namespace
{

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLongestHost = 253;
constexpr std::size_t kLongestName = 64;
/// With two of those in it.
constexpr std::size_t kLongestCertificateName = 400;

constexpr std::array<std::string_view, 21> kWellKnownHosts{"microsoft.com", "windows.net", "windowsazure.com",
    "azure.com", "azure.net", "microsoftonline.com", "msftncsi.com", "msftconnecttest.com", "windows.com",
    "windowsupdate.com", "microsoftonline.us", "windowsazure.us", "usgovcloudapi.net", "chinacloudapi.cn",
    "microsoftonline.cn", "windowsazure.cn", "w3.org", "digicert.com", "aka.ms", "xmlsoap.org", "localhost"};

/// Shares that every Windows has.
constexpr std::array<std::string_view, 5> kOrdinaryShares{"admin$", "ipc$", "print$", "sysvol", "netlogon"};

bool IsDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool IsHex(char c)
{
    return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool IsAlnum(char c)
{
    return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || static_cast<unsigned char>(c) >= 0x80;
}

bool IsHostCharacter(char c)
{
    return IsAlnum(c) || c == '-' || c == '.' || c == '_';
}

class Finder
{
public:
    Finder(std::string_view text, bool mayHoldVersions)
        : m_text(text), m_folded(FoldCase(text)), m_mayHoldVersions(mayHoldVersions)
    {}

    std::vector<NameInText> Run()
    {
        // The folded text may only be searched where it has the same places.
        if (m_folded.size() != m_text.size())
        {
            return {};
        }
        HexRuns();
        Sids();
        Mail();
        Ipv4();
        Ipv6();
        UncPaths();
        Urls();
        Behind("\\users\\", "user", false);
        Behind("/users/", "user", false);
        Behind("\\\\users\\\\", "user", false);
        Behind("\\documents and settings\\", "user", false);
        Behind("/resourcegroups/", "resource_group", true);
        Behind("/vaults/", "vault", true);
        Certificates();
        Tenants();
        return std::move(m_names);
    }

private:
    void Add(const char* kind, std::string_view name)
    {
        if (!name.empty())
        {
            m_names.push_back({kind, std::string(name)});
        }
    }

    char At(std::size_t at) const
    {
        return at < m_text.size() ? m_text[at] : '\0';
    }

    template <class Is>
    std::size_t EndOf(std::size_t at, Is is) const
    {
        while (at < m_text.size() && is(m_text[at]))
        {
            ++at;
        }
        return at;
    }

    bool IsGuidAt(std::size_t at) const
    {
        for (std::size_t i = 0; i < 36; ++i)
        {
            const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? At(at + i) != '-' : !IsHex(At(at + i)))
            {
                return false;
            }
        }
        return true;
    }

    /// GUIDs with and without hyphens, and thumbprints.
    void HexRuns()
    {
        for (std::size_t at = 0; at < m_text.size();)
        {
            if (!IsHex(m_text[at]))
            {
                ++at;
                continue;
            }
            const std::size_t end = EndOf(at, IsHex);
            const std::size_t size = end - at;
            if (size >= 8 && IsGuidAt(end - 8))
            {
                Add("guid", m_text.substr(end - 8, 36));
                at = end - 8 + 36;
                continue;
            }
            const bool apart = (at == 0 || !IsAlnum(m_text[at - 1])) && !IsAlnum(At(end));
            if (apart && (size == 32 || size == 40))
            {
                Add(size == 32 ? "guid" : "thumbprint", m_text.substr(at, size));
            }
            at = end;
        }
    }

    void Sids()
    {
        for (std::size_t at = m_folded.find("s-1-"); at != kNone; at = m_folded.find("s-1-", at + 4))
        {
            std::size_t end = EndOf(at + 4, [](char c) { return IsDigit(c) || c == '-'; });
            while (m_text[end - 1] == '-')
            {
                --end;
            }
            Add("sid", m_text.substr(at, end - at));
        }
    }

    void Mail()
    {
        const auto isLocal = [](char c) { return IsAlnum(c) || std::string_view("._+-").find(c) != kNone; };
        for (std::size_t at = m_text.find('@'); at != kNone; at = m_text.find('@', at + 1))
        {
            std::size_t begin = at;
            while (begin > 0 && isLocal(m_text[begin - 1]))
            {
                --begin;
            }
            std::size_t end = EndOf(at + 1, IsHostCharacter);
            while (end > at + 1 && (m_text[end - 1] == '.' || m_text[end - 1] == '-'))
            {
                --end;
            }
            const std::string_view host = m_text.substr(at + 1, end - at - 1);
            // The login of an address: the secret is gone, the host is found by itself.
            if (IsLogin(begin, at))
            {
                AddLogin(begin);
            }
            else if (begin < at && host.find('.') != kNone)
            {
                Add("email", m_text.substr(begin, end - begin));
            }
        }
    }

    bool IsLogin(std::size_t begin, std::size_t at) const
    {
        return m_text.substr(begin, at - begin) == "REMOVED-SECRET"
            || (begin >= 2 && m_text.substr(begin - 2, 2) == "//");
    }

    void AddLogin(std::size_t secret)
    {
        const std::size_t end = secret > 0 && m_text[secret - 1] == ':' ? secret - 1 : kNone;
        std::size_t begin = end == kNone ? secret : end;
        while (begin > 0 && end != kNone && (IsHostCharacter(m_text[begin - 1])))
        {
            --begin;
        }
        const std::size_t last = end == kNone ? m_text.find('@', secret) : end;
        Add("user", m_text.substr(begin, last - begin));
    }

    /// Behind "Version=", "v" and "~" four numbers are a version, and as a folder too.
    bool IsVersionAt(std::size_t begin) const
    {
        std::size_t end = begin;
        while (end > 0 && std::string_view(" =:\"'").find(m_text[end - 1]) != kNone)
        {
            --end;
        }
        std::size_t word = end;
        while (word > 0 && IsAlnum(m_text[word - 1]))
        {
            --word;
        }
        const std::string_view before = std::string_view(m_folded).substr(word, end - word);
        return before == "v" || before == "ver" || before.ends_with("version") || before == "versi\xC3\xB3n"
            || (begin > 0 && m_text[begin - 1] == '~')
            || (begin > 1 && m_text[begin - 1] == '\\' && m_text[begin - 2] != '\\');
    }

    void Ipv4()
    {
        if (m_mayHoldVersions)
        {
            return;
        }
        for (std::size_t at = 0; at < m_text.size();)
        {
            if (!IsDigit(m_text[at]))
            {
                ++at;
                continue;
            }
            std::size_t end = EndOf(at, [](char c) { return IsDigit(c) || c == '.'; });
            const std::size_t next = end;
            while (m_text[end - 1] == '.')
            {
                --end;
            }
            const bool apart = (at == 0 || !IsAlnum(m_text[at - 1])) && !IsAlnum(At(end));
            const std::string_view run = m_text.substr(at, end - at);
            if (apart && IsIpv4(run) && !IsVersionAt(at))
            {
                Add("address", run);
            }
            at = next;
        }
    }

    static bool IsIpv6(std::string_view run)
    {
        const bool shortened = run.find("::") != kNone;
        const bool hasDigit = std::ranges::any_of(run, IsDigit);
        std::size_t groups = 0;
        for (const std::string& group : Split(run, ':'))
        {
            if (group.size() > 4)
            {
                return false;
            }
            groups += group.empty() ? 0 : 1;
        }
        return hasDigit && (shortened ? groups >= 2 && groups < 8 : groups == 8);
    }

    void Ipv6()
    {
        const auto isPart = [](char c) { return IsHex(c) || c == ':'; };
        for (std::size_t colon = m_text.find(':'); colon != kNone; colon = m_text.find(':', colon))
        {
            std::size_t begin = colon;
            while (begin > 0 && IsHex(m_text[begin - 1]))
            {
                --begin;
            }
            std::size_t end = EndOf(colon, isPart);
            colon = end;
            while (end > begin && m_text[end - 1] == ':')
            {
                --end;
            }
            const bool apart = (begin == 0 || !IsAlnum(m_text[begin - 1])) && !IsAlnum(At(end));
            if (apart && IsIpv6(m_text.substr(begin, end - begin)))
            {
                Add("address", m_text.substr(begin, end - begin));
            }
        }
    }

    /// "\\server\share", also with doubled backslashes.
    void UncPaths()
    {
        for (std::size_t at = m_text.find("\\\\"); at != kNone; at = m_text.find("\\\\", at))
        {
            const bool begins = at == 0
                || (!IsHostCharacter(m_text[at - 1])
                    && std::string_view(":%)}]").find(m_text[at - 1]) == kNone);
            std::size_t begin = EndOf(at, [](char c) { return c == '\\'; });
            at = begin;
            if (m_folded.compare(begin, 5, "?\\unc") == 0)
            {
                begin = EndOf(begin + 5, [](char c) { return c == '\\'; });
            }
            const std::size_t end = EndOf(begin, IsHostCharacter);
            const std::size_t share = EndOf(end, [](char c) { return c == '\\'; });
            if (!begins || end == begin || share == end || m_text.substr(begin, end - begin) == ".")
            {
                continue;
            }
            AddHost(m_text.substr(begin, end - begin));
            const std::size_t last = EndOf(share, [](char c) { return IsHostCharacter(c) || c == '$'; });
            const std::string_view name = m_text.substr(share, last - share);
            if (std::ranges::find(kOrdinaryShares, FoldCase(name)) == kOrdinaryShares.end()
                && name.size() > 2)
            {
                Add("share", name);
            }
        }
    }

    void AddHost(std::string_view host)
    {
        if (host.size() <= kLongestHost && !IsWellKnownHost(host))
        {
            Add(IsIpv4(host) ? "address" : "host", host);
        }
    }

    void Urls()
    {
        for (std::size_t at = m_text.find("://"); at != kNone; at = m_text.find("://", at + 3))
        {
            std::size_t begin = at + 3;
            std::string_view place = m_text.substr(begin, kLongestCertificateName);
            place = place.substr(0, place.find_first_of("/\\?#\"'<> \t\r\n;,"));
            const std::size_t login = place.rfind('@');
            begin += login == kNone ? 0 : login + 1;
            AddHost(m_text.substr(begin, EndOf(begin, IsHostCharacter) - begin));
        }
    }

    /// The name behind a folder's. Where no other separator follows, it ends with its first word.
    void Behind(std::string_view folder, const char* kind, bool isSingleWord)
    {
        for (std::size_t at = m_folded.find(folder); at != kNone; at = m_folded.find(folder, at + 1))
        {
            const std::size_t begin = at + folder.size();
            std::string_view name = m_text.substr(begin, kLongestName + 1);
            const std::size_t end = name.find_first_of("\\/<>:\"|?*;\r\n&");
            name = name.substr(0, end);
            if (isSingleWord || (end != kNone && At(begin + end) != '\\' && At(begin + end) != '/'))
            {
                name = name.substr(0, name.find_first_of(" ,')"));
            }
            if (name.size() <= kLongestName)
            {
                Add(kind, name);
            }
        }
    }

    /// CB_<vault>-M-D-YYYY-vaultcredentials, and CB_<host>.<domain>_<id>: names of another vault, or of this
    /// computer in former times.
    void Certificates()
    {
        for (std::size_t at = m_folded.find("cb_"); at != kNone; at = m_folded.find("cb_", at + 3))
        {
            const std::size_t begin = at + 3;
            std::string_view name = m_text.substr(begin, kLongestCertificateName);
            name = name.substr(0, name.find_first_of(",;\"'<>\r\n"));
            const std::size_t ending = FoldCase(name).find("-vaultcredentials");
            if (ending != kNone)
            {
                AddVault(name.substr(0, ending));
                continue;
            }
            name = name.substr(0, name.find(' '));
            const std::size_t id = name.rfind('_');
            if (id != kNone && name.size() - id > 8)
            {
                name = name.substr(0, id);
                const std::size_t dot = name.find('.');
                Add("computer", name.substr(0, dot));
                Add("domain",
                    dot == kNone
                        ? std::string_view()
                        : Trim(name.substr(dot + 1, name.ends_with('.') ? name.size() - dot - 2 : kNone)));
            }
        }
    }

    void AddVault(std::string_view name)
    {
        for (int i = 0; i < 3; ++i)
        {
            const std::size_t dash = name.rfind('-');
            if (dash == kNone || !std::ranges::all_of(name.substr(dash + 1), IsDigit))
            {
                return;
            }
            name = name.substr(0, dash);
        }
        Add("vault", name);
    }

    /// "name.onmicrosoft.com".
    void Tenants()
    {
        constexpr std::string_view kEnding = ".onmicrosoft.com";
        for (std::size_t at = m_folded.find(kEnding); at != kNone; at = m_folded.find(kEnding, at + 1))
        {
            std::size_t begin = at;
            while (begin > 0 && IsHostCharacter(m_text[begin - 1]) && m_text[begin - 1] != '.')
            {
                --begin;
            }
            Add("tenant", m_text.substr(begin, at - begin));
        }
    }

    std::string_view m_text;
    std::string m_folded;
    bool m_mayHoldVersions;
    std::vector<NameInText> m_names;
};

/// The value of `text`, all of it, in this base.
std::optional<std::uint32_t> NumberIn(std::string_view text, int base)
{
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    const bool good = !text.empty() && error == std::errc() && end == text.data() + text.size();
    return good ? std::optional(number) : std::nullopt;
}

struct Encoded
{
    std::string meant;
    std::size_t size = 0;
};

std::string FromCodePoint(std::uint32_t point)
{
    if (point >= 0x10000)
    {
        const std::array<char16_t, 2> pair{static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10)),
            static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF))};
        return ToWtf8({pair.data(), pair.size()});
    }
    const auto unit = static_cast<char16_t>(point);
    return ToWtf8({&unit, 1});
}

Encoded DecodeEntity(std::string_view text)
{
    struct Entity
    {
        std::string_view name;
        const char* meant;
    };
    for (const Entity& entity : {Entity{"&amp;", "&"}, Entity{"&lt;", "<"}, Entity{"&gt;", ">"},
             Entity{"&quot;", "\""}, Entity{"&apos;", "'"}})
    {
        if (text.starts_with(entity.name))
        {
            return {entity.meant, entity.name.size()};
        }
    }
    const std::size_t end = text.substr(0, 10).find(';');
    if (!text.starts_with("&#") || end == kNone)
    {
        return {};
    }
    const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    const auto number = NumberIn(text.substr(hex ? 3 : 2, end - (hex ? 3 : 2)), hex ? 16 : 10);
    return number && *number > 0 && *number < 0x110000 ? Encoded{FromCodePoint(*number), end + 1} : Encoded{};
}

Encoded DecodeAt(std::string_view text)
{
    if (text[0] == '%' && text.size() >= 3)
    {
        const auto byte = NumberIn(text.substr(1, 2), 16);
        return byte ? Encoded{std::string(1, static_cast<char>(*byte)), 3} : Encoded{};
    }
    if (text.starts_with("\\u") && text.size() >= 6)
    {
        const auto unit = NumberIn(text.substr(2, 4), 16);
        return unit ? Encoded{FromCodePoint(*unit), 6} : Encoded{};
    }
    return text[0] == '&' ? DecodeEntity(text) : Encoded{};
}

} // namespace

std::vector<NameInText> FindNames(std::string_view text, bool mayHoldVersions)
{
    return Finder(text, mayHoldVersions).Run();
}

bool IsIpv4(std::string_view text)
{
    const auto parts = Split(text, '.');
    return parts.size() == 4 && std::ranges::all_of(parts, [](const std::string& part) {
        const auto number = NumberIn(part, 10);
        return part.size() <= 3 && number && *number <= 255;
    });
}

bool IsWellKnownHost(std::string_view host)
{
    const std::string folded = FoldCase(host);
    return std::ranges::any_of(kWellKnownHosts, [&](std::string_view known) {
        return folded.ends_with(known)
            && (folded.size() == known.size() || folded[folded.size() - known.size() - 1] == '.');
    });
}

DecodedText DecodeText(std::string_view text)
{
    DecodedText decoded;
    for (std::size_t at = 0; at < text.size();)
    {
        const Encoded one = DecodeAt(text.substr(at));
        const std::string meant = one.size == 0 ? std::string(1, text[at]) : one.meant;
        decoded.text += meant;
        decoded.offsets.insert(decoded.offsets.end(), meant.size(), at);
        at += std::max<std::size_t>(one.size, 1);
    }
    decoded.offsets.push_back(text.size());
    return decoded;
}

} // namespace mars
