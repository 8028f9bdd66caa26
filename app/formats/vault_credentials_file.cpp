// SPDX-License-Identifier: MIT
#include "vault_credentials_file.h"

#include "questions/credentials.h"
#include "utf16.h"
#include "xml_guard.h"

#include <algorithm>

namespace mars
{

namespace
{

constexpr std::string_view kRoot = "RSBackupVaultAADCreds";
constexpr int kDeepest = 16;
/// Longer than any name that Azure allows; the rest of a hostile one is not carried through reports.
constexpr std::size_t kLongestFact = 512;

/// UTF-16 shows itself by its mark or by the NUL beside the "<" at its beginning.
Secret<std::string> ToUtf8(std::string_view bytes)
{
    using namespace std::string_view_literals;
    const bool littleEndian = bytes.starts_with("\xFF\xFE") || bytes.starts_with("<\0"sv);
    const bool bigEndian = bytes.starts_with("\xFE\xFF") || bytes.starts_with("\0<"sv);
    const bool marked = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    if (littleEndian || bigEndian)
    {
        const Secret<std::u16string> units(Utf16Units(std::span(bytes.substr(marked ? 2 : 0)),
            littleEndian ? ByteOrder::kLittleEndian : ByteOrder::kBigEndian));
        return Secret<std::string>(ToWtf8(*units));
    }
    return Secret<std::string>(std::string(bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0)));
}

std::string_view LocalName(std::string_view name)
{
    return name.substr(name.find(':') + 1);
}

/// The part of a text that fits, cut between two characters.
std::string Shortened(std::string_view text)
{
    std::string valid = ToValidUtf8(Trim(text));
    std::size_t end = std::min(valid.size(), kLongestFact);
    while (end < valid.size() && (static_cast<unsigned char>(valid[end]) & 0xC0) == 0x80)
    {
        --end;
    }
    valid.resize(end);
    return valid;
}

std::string_view TextOf(const pugi::xml_node& root, std::string_view name)
{
    for (const pugi::xml_node& child : root.children())
    {
        if (LocalName(child.name()) == name)
        {
            return Trim(child.text().get());
        }
    }
    return {};
}

void ReadFacts(const pugi::xml_node& root, VaultCredentials& facts)
{
    facts.version = Shortened(TextOf(root, "Version"));
    facts.vault = Shortened(TextOf(root, "ResourceName"));
    facts.resourceId = Shortened(TextOf(root, "ResourceId"));
    facts.subscription = Shortened(TextOf(root, "SubscriptionId"));
    facts.tenant = Shortened(TextOf(root, "AadTenantId"));
    facts.location = Shortened(TextOf(root, "Location"));
}

CredentialsFault ReadCertificate(const pugi::xml_node& root, Secret<Bytes>& certificate)
{
    const std::string_view text = TextOf(root, "ManagementCert");
    if (text.empty())
    {
        return CredentialsFault::kNoCertificate;
    }
    std::optional<Bytes> bytes = FromBase64(text);
    if (!bytes || bytes->empty())
    {
        return CredentialsFault::kCertificateUnreadable;
    }
    certificate = Secret<Bytes>(std::move(*bytes));
    return CredentialsFault::kNone;
}

CredentialsFault ReadDocument(std::string& text, ParsedCredentials& parsed)
{
    pugi::xml_document document;
    if (!ParseGuardedInPlace(text, kLargestCredentialsFile, kDeepest, document))
    {
        return CredentialsFault::kNotXml;
    }
    const pugi::xml_node root = document.document_element();
    parsed.facts.rootElement = Shortened(LocalName(root.name()));
    if (parsed.facts.rootElement != kRoot)
    {
        return CredentialsFault::kWrongRoot;
    }
    ReadFacts(root, parsed.facts);
    return ReadCertificate(root, parsed.certificate);
}

} // namespace

void WipeMemory(void* memory, std::size_t bytes)
{
    volatile auto* at = static_cast<volatile unsigned char*>(memory);
    for (; bytes != 0; --bytes)
    {
        *at++ = 0;
    }
}

ParsedCredentials ParseVaultCredentials(std::string_view bytes)
{
    ParsedCredentials parsed;
    if (bytes.size() > kLargestCredentialsFile)
    {
        parsed.facts.fault = CredentialsFault::kTooLarge;
        return parsed;
    }
    Secret<std::string> text = ToUtf8(bytes);
    parsed.facts.fault = Trim(*text).empty() ? CredentialsFault::kEmpty : ReadDocument(*text, parsed);
    return parsed;
}

} // namespace mars
