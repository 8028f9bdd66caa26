// SPDX-License-Identifier: MIT
#include "secrets.h"

#include "each_text.h"
#include "questions/registry.h"
#include "text.h"

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

constexpr std::size_t kNone = std::string_view::npos;

/// How names of secrets end, in lower case and without "-", "_" and ".".
constexpr std::array<std::string_view, 22> kSecretEndings{"password", "passwd", "passphrase", "pwd", "secret",
    "managementcert", "accountkey", "accesskey", "apikey", "subscriptionkey", "sharedkey", "privatekey",
    "token", "securitypin", "signature", "encodedcommand", "contraseña", "kennwort", "clientassertion",
    "sharedaccesssignature", "secretvalue", "passwordhash"};
/// Whole names.
constexpr std::array<std::string_view, 6> kSecretNames{"sig", "pin", "pass", "cookie", "setcookie", "enc"};
/// Public, although the name ends like that of a secret.
constexpr std::array<std::string_view, 4> kPublicNames{
    "publickeytoken", "digitalsignature", "requiresignature", "notoken"};
/// Switches of a command line whose value stands behind a blank.
constexpr std::array<std::string_view, 11> kSecretSwitches{"password", "passwd", "passphrase", "pwd",
    "encryptionpassphrase", "securitypin", "encodedcommand", "enc", "ec", "token", "proxypassword"};
/// What stands before an address of e-mail, not before a login.
constexpr std::array<std::string_view, 13> kBeforeMail{"mailto", "smtp", "sip", "sips", "to", "from", "cc",
    "user", "username", "upn", "account", "mail", "email"};

/// A run of letters and digits with the look of base64 that is at least so long is a key or a token.
constexpr std::size_t kShortestToken = 48;
/// An attribute or two may stand in it; what is longer is no tag.
constexpr std::size_t kLongestTag = 256;
/// What is a token behind "Bearer", and what a JSON web token.
constexpr std::size_t kShortestBearer = 8;
constexpr std::size_t kShortestWebToken = 20;

template <std::size_t N>
bool IsOneOf(const std::array<std::string_view, N>& list, std::string_view text)
{
    return std::ranges::find(list, text) != list.end();
}

char Lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool IsDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool IsUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool IsLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool IsNameCharacter(char c)
{
    return IsDigit(c) || IsUpper(c) || IsLower(c) || c == '_' || c == '-'
        || static_cast<unsigned char>(c) >= 0x80;
}

bool IsBase64Character(char c)
{
    return IsDigit(c) || IsUpper(c) || IsLower(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

bool IsBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool IsQuote(char c)
{
    return c == '"' || c == '\'';
}

bool StartsWith(std::string_view text, std::size_t at, std::string_view lower)
{
    return text.size() - at >= lower.size()
        && std::ranges::equal(text.substr(at, lower.size()), lower, {}, Lower);
}

std::string Compared(std::string_view name)
{
    std::string compared;
    for (const char c : name)
    {
        if (c != '_' && c != '-' && c != '.')
        {
            compared += Lower(c);
        }
    }
    return compared;
}

/// Reads the text once from its beginning to its end. Each secret is passed over at once, so no character is
/// looked at more often than a few times.
class Cleaner
{
public:
    explicit Cleaner(std::string_view text) : m_text(text) {}

    std::string Run()
    {
        while (m_at < m_text.size())
        {
            if (IsBase64Character(m_text[m_at]) || IsNameCharacter(m_text[m_at]))
            {
                Word();
            }
            else if (!Login())
            {
                ++m_at;
            }
        }
        m_out.append(m_text.substr(m_copied));
        return std::move(m_out);
    }

private:
    /// What stands in [begin, end) is a secret; goes on behind it.
    void Remove(std::size_t begin, std::size_t end)
    {
        m_out.append(m_text.substr(m_copied, begin - m_copied));
        m_out.append(kRemovedSecret);
        m_copied = end;
        m_at = end;
    }

    char At(std::size_t at) const
    {
        return at < m_text.size() ? m_text[at] : '\0';
    }

    void Word()
    {
        const std::size_t begin = m_at;
        std::size_t end = begin;
        while (end < m_text.size() && IsNameCharacter(m_text[end]))
        {
            ++end;
        }
        if (end > begin && (Authorization(begin, end) || Bearer(begin, end) || Named(begin, end)))
        {
            return;
        }
        if (!Token(begin))
        {
            m_at = std::max(end, begin + 1);
        }
    }

    /// Past quotes, their escapes and blanks.
    std::size_t SkipQuotes(std::size_t at) const
    {
        while (IsQuote(At(at)) || At(at) == '\\' || IsBlank(At(at)) || StartsWith(m_text, at, "&quot;")
            || StartsWith(m_text, at, "%22"))
        {
            at += StartsWith(m_text, at, "&quot;") ? 6 : StartsWith(m_text, at, "%22") ? 3 : 1;
        }
        return at;
    }

    /// Behind the sign between a name and its value; kNone where there is none.
    std::size_t SkipSeparator(std::size_t at) const
    {
        for (const std::string_view sign : {"=>", ":=", "=", ":", "%3d", "%3a", "&#61;"})
        {
            if (at <= m_text.size() && StartsWith(m_text, at, sign))
            {
                return at + sign.size();
            }
        }
        return kNone;
    }

    std::size_t EndOfValue(std::size_t begin, std::string_view ends) const
    {
        return std::min(m_text.find_first_of(ends, begin), m_text.size());
    }

    /// In quotes up to the closing one, else up to what ends values in addresses, lists and command lines.
    void RemoveValue(std::size_t at)
    {
        while (IsBlank(At(at)))
        {
            ++at;
        }
        const std::size_t begin = SkipQuotes(at);
        const bool quoted = begin != at;
        const char quote = quoted && IsQuote(m_text[begin - 1]) ? m_text[begin - 1] : '\0';
        std::size_t end = quote != '\0' ? EndOfValue(begin, std::string{quote, '\r', '\n'})
            : quoted                    ? EndOfValue(begin, "&%\r\n")
                                        : EndOfValue(begin, " \t\r\n;&\"'<>");
        if (quote != '\0' && end > begin && m_text[end - 1] == '\\')
        {
            --end;
        }
        if (!quoted && StartsWith(m_text, begin, kLowerRemoved))
        {
            end = std::max(end, begin + kLowerRemoved.size());
        }
        if (end > begin)
        {
            Remove(begin, end);
        }
        else
        {
            m_at = end;
        }
    }

    /// "password=..", "<ManagementCert>..<", "-Password ..".
    bool Named(std::size_t begin, std::size_t end)
    {
        const std::string_view name = m_text.substr(begin, end - begin);
        const bool isSwitch = name.starts_with('-') && IsSwitch(name);
        if (!NamesSecret(name) && !isSwitch)
        {
            return false;
        }
        if (const std::size_t value = EndOfTag(begin, end); value != kNone)
        {
            m_at = value;
            const std::size_t last = EndOfValue(value, "<&");
            if (last > value)
            {
                Remove(value, last);
            }
            return true;
        }
        const std::size_t separator = SkipSeparator(SkipQuotes(end));
        if (separator == kNone && !(isSwitch && IsBlank(At(end))))
        {
            return false;
        }
        RemoveValue(separator == kNone ? end : separator);
        return true;
    }

    static bool IsSwitch(std::string_view name)
    {
        return IsOneOf(kSecretSwitches, Compared(name));
    }

    /// Behind the tag whose name is in [begin, end); kNone when it is none that opens an element.
    std::size_t EndOfTag(std::size_t begin, std::size_t end) const
    {
        const bool plain = begin > 0 && (m_text[begin - 1] == '<' || m_text[begin - 1] == ':');
        const bool escaped = begin >= 4 && m_text.substr(begin - 4, 4) == "&lt;";
        if (plain || escaped)
        {
            const std::string_view rest = m_text.substr(0, end + kLongestTag);
            const std::size_t close = std::min(rest.find('>', end), rest.find("&gt;", end));
            if (close != kNone && (At(end) == '>' || At(end) == '&' || At(end) == ' ')
                && m_text[close - 1] != '/')
            {
                return close + (m_text[close] == '>' ? 1 : 4);
            }
        }
        return kNone;
    }

    /// The rest of the header, without the word for its kind.
    bool Authorization(std::size_t begin, std::size_t end)
    {
        const std::string name = Compared(m_text.substr(begin, end - begin));
        const std::size_t separator = SkipSeparator(SkipQuotes(end));
        if ((name != "authorization" && name != "proxyauthorization" && name != "cookie"
                && name != "setcookie")
            || separator == kNone)
        {
            return false;
        }
        std::size_t value = SkipQuotes(separator);
        for (const std::string_view kind : {"bearer ", "basic ", "negotiate ", "ntlm ", "digest ",
                 "sharedkey ", "sharedkeylite ", "sharedaccesssignature "})
        {
            if (value < m_text.size() && StartsWith(m_text, value, kind))
            {
                value += kind.size();
                break;
            }
        }
        const std::size_t last = EndOfValue(value, "\r\n\"'<");
        if (last > value)
        {
            Remove(value, last);
        }
        else
        {
            m_at = last;
        }
        return true;
    }

    bool Bearer(std::size_t begin, std::size_t end)
    {
        if (!EqualsIgnoreCase(m_text.substr(begin, end - begin), "bearer") || !IsBlank(At(end)))
        {
            return false;
        }
        std::size_t last = end + 1;
        while (IsBase64Character(At(last)) || At(last) == '.' || At(last) == '=' || At(last) == '~')
        {
            ++last;
        }
        if (last - end - 1 < kShortestBearer)
        {
            return false;
        }
        Remove(end + 1, last);
        return true;
    }

    /// A long run that looks like chance: words and paths keep to one kind of letter for longer, and hex
    /// digits to one case.
    bool LooksRandom(std::size_t begin, std::size_t end) const
    {
        std::array<bool, 4> has{};
        std::size_t turns = 0;
        const auto kindOf = [](char c) { return IsDigit(c) ? 0U : IsUpper(c) ? 1U : IsLower(c) ? 2U : 3U; };
        for (std::size_t i = begin; i < end; ++i)
        {
            has[kindOf(m_text[i])] = true;
            turns += i > begin && kindOf(m_text[i]) != kindOf(m_text[i - 1]) ? 1 : 0;
        }
        const std::size_t size = end - begin;
        return size >= kShortestToken && has[0] && has[1] && has[2] && turns * 3 >= size;
    }

    /// A JSON web token, or a key: the whole run, else its part up to the next slash.
    bool Token(std::size_t begin)
    {
        const bool isWebToken = m_text.substr(begin, 3) == "eyJ";
        std::size_t part = begin;
        while (IsBase64Character(At(part)) && At(part) != '/' && At(part) != '+')
        {
            ++part;
        }
        std::size_t end = part;
        if (begin >= m_runEnd)
        {
            while (IsBase64Character(At(end)) || (isWebToken && At(end) == '.'))
            {
                ++end;
            }
            m_runEnd = end;
        }
        const bool isWhole = (isWebToken && end - begin >= kShortestWebToken) || LooksRandom(begin, end);
        if (!isWhole && !LooksRandom(begin, part))
        {
            return false;
        }
        end = isWhole ? end : part;
        while (At(end) == '=')
        {
            ++end;
        }
        Remove(begin, end);
        return true;
    }

    /// "user:secret@host", behind "//" or not: at the colon.
    bool Login()
    {
        if (m_text[m_at] != ':' || m_at == 0)
        {
            return false;
        }
        const std::size_t at = m_text.find_first_of("@: \t\r\n\"'<>/\\;,|(){}[]", m_at + 1);
        std::size_t user = m_at;
        while (user > 0
            && (IsNameCharacter(m_text[user - 1])
                || std::string_view(".%\\$").find(m_text[user - 1]) != kNone))
        {
            --user;
        }
        const std::string before = Compared(m_text.substr(user, m_at - user));
        if (at == kNone || m_text[at] != '@' || at == m_at + 1 || before.empty()
            || IsOneOf(kBeforeMail, before))
        {
            return false;
        }
        Remove(m_at + 1, at);
        return true;
    }

    static constexpr std::string_view kLowerRemoved = "removed-secret";

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_copied = 0;
    /// Up to where the run that was last judged as a whole goes.
    std::size_t m_runEnd = 0;
    std::string m_out;
};

/// Cuts out blocks such as "-----BEGIN PRIVATE KEY-----...-----END PRIVATE KEY-----".
std::string WithoutBlocks(std::string_view text)
{
    constexpr std::string_view kBegin = "-----BEGIN ";
    constexpr std::string_view kEnd = "-----END ";
    std::string out;
    std::size_t copied = 0;
    for (std::size_t at = text.find(kBegin); at != kNone; at = text.find(kBegin, copied))
    {
        const std::size_t end = text.find(kEnd, at);
        const std::size_t tail = end == kNone ? kNone : text.find("-----", end + kEnd.size());
        out.append(text.substr(copied, at - copied)).append(kRemovedSecret);
        copied = tail == kNone ? text.size() : tail + 5;
    }
    out.append(text.substr(copied));
    return out;
}

} // namespace

bool NamesSecret(std::string_view name)
{
    const std::string compared = Compared(name);
    return !IsOneOf(kPublicNames, compared)
        && (IsOneOf(kSecretNames, compared)
            || std::ranges::any_of(
                kSecretEndings, [&](std::string_view ending) { return compared.ends_with(ending); }));
}

std::string RemoveSecrets(std::string_view text)
{
    const std::string open = WithoutBlocks(text);
    return Cleaner(open).Run();
}

void RemoveSecrets(RegistryValue& value)
{
    if (ChangeTexts(value, [](const std::string& text) { return RemoveSecrets(text); })
        || value.bytes.size() < kShortestBearer)
    {
        return;
    }
    const std::string narrow(value.bytes.begin(), value.bytes.end());
    bool found = RemoveSecrets(narrow) != narrow;
    for (const std::size_t parity : {0U, 1U})
    {
        std::u16string units;
        for (std::size_t i = parity; i + 1 < value.bytes.size(); i += 2)
        {
            units += static_cast<char16_t>(value.bytes[i] | (value.bytes[i + 1] << 8));
        }
        const std::string wide = ToWtf8(units);
        found = found || RemoveSecrets(wide) != wide;
    }
    if (found)
    {
        std::ranges::fill(value.bytes, static_cast<std::uint8_t>('x'));
    }
}

void RemoveSecrets(RegistryValue& value, std::string_view name)
{
    const bool isFlag = value.type == kRegDword || value.type == kRegQword;
    if (NamesSecret(name) && !isFlag)
    {
        value = RegistryValue::String(kRemovedSecret);
        return;
    }
    RemoveSecrets(value);
}

} // namespace mars
