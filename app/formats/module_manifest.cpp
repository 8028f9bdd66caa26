// SPDX-License-Identifier: MIT
#include "module_manifest.h"

#include "text.h"
#include "utf16.h"

#include <algorithm>
#include <array>

namespace mars
{
namespace
{

constexpr std::array<std::string_view, 8> kKeys{"RootModule", "ModuleToProcess", "NestedModules",
    "RequiredAssemblies", "ScriptsToProcess", "TypesToProcess", "FormatsToProcess", "FileList"};

constexpr std::array<std::string_view, 10> kEndings{
    ".dll", ".exe", ".psm1", ".ps1", ".psd1", ".ps1xml", ".cdxml", ".xml", ".txt", ".config"};

/// A piece of the text: a string without its quotes, a word, or one sign.
struct Token
{
    enum class Kind
    {
        kEnd,
        kString,
        kWord,
        kSign,
        kLineEnd,
    };
    Kind kind = Kind::kEnd;
    std::string text;
};

class Reader
{
public:
    explicit Reader(std::string_view text) : m_rest(text) {}

    Token Next()
    {
        SkipBlanks();
        if (m_rest.empty())
        {
            return {};
        }
        const char first = m_rest.front();
        if (first == '\n' || first == ';')
        {
            m_rest.remove_prefix(1);
            return {Token::Kind::kLineEnd, {}};
        }
        if (first == '\'' || first == '"')
        {
            return {Token::Kind::kString, QuotedText(first)};
        }
        if (m_rest.starts_with("@{") || m_rest.starts_with("@("))
        {
            const Token token{Token::Kind::kSign, std::string(m_rest.substr(0, 2))};
            m_rest.remove_prefix(2);
            return token;
        }
        const std::size_t word = std::min(m_rest.find_first_of(" \t\r\n'\"@{}()[];=,#"), m_rest.size());
        const std::size_t size = std::max<std::size_t>(word, 1);
        const Token token{
            word == 0 ? Token::Kind::kSign : Token::Kind::kWord, std::string(m_rest.substr(0, size))};
        m_rest.remove_prefix(size);
        return token;
    }

private:
    void SkipTo(std::string_view end)
    {
        const std::size_t at = m_rest.find(end);
        m_rest.remove_prefix(at == std::string_view::npos ? m_rest.size() : at);
    }

    void SkipBlanks()
    {
        for (;;)
        {
            m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t\r"), m_rest.size()));
            if (m_rest.starts_with("<#"))
            {
                SkipTo("#>");
                m_rest.remove_prefix(std::min<std::size_t>(2, m_rest.size()));
            }
            else if (m_rest.starts_with('#'))
            {
                SkipTo("\n");
            }
            else
            {
                return;
            }
        }
    }

    /// A doubled quote stands for one; in double quotes the grave accent takes the next character as it is.
    std::string QuotedText(char quote)
    {
        std::string text;
        m_rest.remove_prefix(1);
        while (!m_rest.empty())
        {
            const char c = m_rest.front();
            const bool doubled = c == quote && m_rest.size() > 1 && m_rest[1] == quote;
            const bool escaped = quote == '"' && c == '`' && m_rest.size() > 1;
            m_rest.remove_prefix(doubled || escaped ? 2 : 1);
            if (c == quote && !doubled)
            {
                break;
            }
            text += escaped ? *(m_rest.data() - 1) : c;
        }
        return text;
    }

    std::string_view m_rest;
};

bool NamesFile(std::string_view text)
{
    return std::ranges::any_of(
        kEndings, [&](std::string_view ending) { return EndsWithIgnoreCase(text, ending); });
}

/// ".\x.dll" and "$PSScriptRoot\x.dll" are x.dll.
std::string RelativeName(std::string name)
{
    std::ranges::replace(name, '/', '\\');
    for (const std::string_view prefix : {"$PSScriptRoot\\", ".\\"})
    {
        if (StartsWithIgnoreCase(name, prefix))
        {
            name.erase(0, prefix.size());
        }
    }
    return name;
}

} // namespace

ModuleManifest ParseModuleManifest(std::string_view text)
{
    ModuleManifest manifest;
    Reader reader(text);
    Token token = reader.Next();
    while (token.kind == Token::Kind::kLineEnd)
    {
        token = reader.Next();
    }
    manifest.isManifest = token.kind == Token::Kind::kSign && token.text == "@{";
    int depth = 1;
    std::string key;
    bool inValue = false;
    while (manifest.isManifest && depth > 0)
    {
        token = reader.Next();
        if (token.kind == Token::Kind::kEnd)
        {
            // Cut off: not what PowerShell would take.
            return {};
        }
        const bool sign = token.kind == Token::Kind::kSign;
        depth += sign && (token.text.ends_with('{') || token.text.ends_with('(')) ? 1 : 0;
        depth -= sign && (token.text == "}" || token.text == ")") ? 1 : 0;
        if (depth == 1 && token.kind == Token::Kind::kLineEnd)
        {
            // The value may begin in the line after the sign of equality.
            key = inValue ? std::string() : key;
            inValue = false;
        }
        else if (depth == 1 && key.empty() && !sign)
        {
            key = token.text;
        }
        else if (token.kind == Token::Kind::kString || token.kind == Token::Kind::kWord)
        {
            inValue = true;
            const bool wanted = std::ranges::any_of(
                kKeys, [&](std::string_view known) { return EqualsIgnoreCase(known, key); });
            const std::string name = RelativeName(token.text);
            const bool known = std::ranges::any_of(
                manifest.files, [&](const std::string& other) { return EqualsIgnoreCase(other, name); });
            if (wanted && !known && NamesFile(name))
            {
                manifest.files.push_back(name);
            }
        }
        else if (sign && token.text != "=" && token.text != ",")
        {
            inValue = true;
        }
        else if (sign)
        {
            // After a comma the value goes on in the next line.
            inValue = false;
        }
    }
    return manifest;
}

std::string TextOfScript(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    {
        const bool bigEnded = bytes.starts_with("\xFE\xFF");
        return ToWtf8(Utf16Units(
            std::span(bytes.substr(2)), bigEnded ? ByteOrder::kBigEndian : ByteOrder::kLittleEndian));
    }
    return std::string(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
}

} // namespace mars
