// SPDX-License-Identifier: MIT
#include "questions/credentials.h"
#include "vault_credentials_file.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

namespace mars
{

namespace
{

constexpr const char* kNamespace =
    "http://schemas.datacontract.org/2004/07/Microsoft.Azure.Portal.RecoveryServices.Models.Common";

std::string FileWith(const std::string& certificate, const std::string& more = {})
{
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n"
        "<RSBackupVaultAADCreds xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns=\"{}\">\r\n"
        "  <Version>2.0</Version>\r\n"
        "  <SubscriptionId>6a3a6a7e-1f2b-4c55-9a3e-0f0e5a1b2c3d</SubscriptionId>\r\n"
        "  <ResourceType>Vaults</ResourceType>\r\n"
        "  <ResourceName>contoso-vault</ResourceName>\r\n"
        "  <ManagementCert>{}</ManagementCert>\r\n"
        "  <ResourceId>4172809346512087731</ResourceId>\r\n"
        "  <ResourceGroup i:nil=\"true\" />\r\n"
        "  <Location>westeurope</Location>\r\n"
        "  <AadTenantId>11112222-3333-4444-5555-666677778888</AadTenantId>\r\n"
        "{}</RSBackupVaultAADCreds>\r\n",
        kNamespace, certificate, more);
}

std::string ToUtf16Bytes(const std::string& text, bool littleEndian, bool mark)
{
    std::u16string units = ToUtf16(text);
    units.insert(0, mark ? u"\uFEFF" : u"");
    std::string bytes;
    for (const char16_t unit : units)
    {
        const char low = static_cast<char>(unit & 0xFF);
        const char high = static_cast<char>(unit >> 8);
        bytes += littleEndian ? low : high;
        bytes += littleEndian ? high : low;
    }
    return bytes;
}

CredentialsFault FaultOf(std::string_view bytes)
{
    return ParseVaultCredentials(bytes).facts.fault;
}

} // namespace

TEST_CASE("vault credentials: all facts of a good file are read")
{
    const ParsedCredentials parsed = ParseVaultCredentials(FileWith("SGVsbG8="));
    CHECK(parsed.facts.fault == CredentialsFault::kNone);
    CHECK(parsed.facts.rootElement == "RSBackupVaultAADCreds");
    CHECK(parsed.facts.version == "2.0");
    CHECK(parsed.facts.vault == "contoso-vault");
    CHECK(parsed.facts.resourceId == "4172809346512087731");
    CHECK(parsed.facts.subscription == "6a3a6a7e-1f2b-4c55-9a3e-0f0e5a1b2c3d");
    CHECK(parsed.facts.tenant == "11112222-3333-4444-5555-666677778888");
    CHECK(parsed.facts.location == "westeurope");
    CHECK(*parsed.certificate == Bytes{'H', 'e', 'l', 'l', 'o'});
}

TEST_CASE("vault credentials: elements that a newer portal adds are no fault")
{
    CHECK(FaultOf(FileWith("SGVsbG8=", "<Surprise a=\"1\"><Deep>x</Deep></Surprise>"))
        == CredentialsFault::kNone);
}

TEST_CASE("vault credentials: a certificate broken into lines is read")
{
    CHECK(*ParseVaultCredentials(FileWith("\r\n  SGVs\r\n  bG8=\r\n")).certificate
        == Bytes{'H', 'e', 'l', 'l', 'o'});
}

TEST_CASE("vault credentials: byte order marks and UTF-16 are read")
{
    const std::string file = FileWith("SGVsbG8=");
    CHECK(FaultOf("\xEF\xBB\xBF" + file) == CredentialsFault::kNone);
    for (const bool littleEndian : {true, false})
    {
        for (const bool mark : {true, false})
        {
            const ParsedCredentials parsed = ParseVaultCredentials(ToUtf16Bytes(file, littleEndian, mark));
            CHECK(parsed.facts.fault == CredentialsFault::kNone);
            CHECK(parsed.facts.vault == "contoso-vault");
        }
    }
}

TEST_CASE("vault credentials: a namespace prefix is no fault")
{
    const ParsedCredentials parsed = ParseVaultCredentials(
        "<v:RSBackupVaultAADCreds xmlns:v=\"x\"><v:ResourceName>Tresor \xC3\x9C</v:ResourceName>"
        "<v:ManagementCert>SGVsbG8=</v:ManagementCert></v:RSBackupVaultAADCreds>");
    CHECK(parsed.facts.fault == CredentialsFault::kNone);
    CHECK(parsed.facts.vault == "Tresor \xC3\x9C");
}

TEST_CASE("vault credentials: nothing, and nothing but space, is empty")
{
    CHECK(FaultOf("") == CredentialsFault::kEmpty);
    CHECK(FaultOf(" \r\n\t") == CredentialsFault::kEmpty);
    CHECK(FaultOf("\xEF\xBB\xBF\n") == CredentialsFault::kEmpty);
    CHECK(FaultOf("\xFF\xFE") == CredentialsFault::kEmpty);
}

TEST_CASE("vault credentials: more than 1 MiB is too large")
{
    CHECK(FaultOf(FileWith(std::string(kLargestCredentialsFile, 'A'))) == CredentialsFault::kTooLarge);
    std::string fits = FileWith("SGVsbG8=");
    fits.append(kLargestCredentialsFile - fits.size(), '\n');
    CHECK(FaultOf(fits) == CredentialsFault::kNone);
}

TEST_CASE("vault credentials: what is no XML says so")
{
    const std::string file = FileWith("SGVsbG8=");
    CHECK(FaultOf("PK\x03\x04 something") == CredentialsFault::kNotXml);
    CHECK(FaultOf(std::string(200, '\0')) == CredentialsFault::kNotXml);
    CHECK(FaultOf(file.substr(0, file.size() / 2)) == CredentialsFault::kNotXml);
    CHECK(FaultOf("{\"ResourceName\": \"contoso-vault\"}") == CredentialsFault::kNotXml);
}

TEST_CASE("vault credentials: a document type is refused, whatever it declares")
{
    CHECK(FaultOf("<!DOCTYPE x [<!ENTITY a \"b\">]>" + FileWith("SGVsbG8=")) == CredentialsFault::kNotXml);
    CHECK(FaultOf("<!DOCTYPE x SYSTEM \"file:///c:/windows/win.ini\"><x/>") == CredentialsFault::kNotXml);
}

TEST_CASE("vault credentials: deep nesting is refused before it costs the stack")
{
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
    {
        deep += "<a>";
    }
    CHECK(FaultOf(deep) == CredentialsFault::kNotXml);
    CHECK(FaultOf("<RSBackupVaultAADCreds>" + deep) == CredentialsFault::kNotXml);
}

TEST_CASE("vault credentials: another root is named")
{
    const ParsedCredentials parsed =
        ParseVaultCredentials("<?xml version='1.0'?><ASRVaultCreds><ManagementCert>SGVsbG8=</ManagementCert>"
                              "</ASRVaultCreds>");
    CHECK(parsed.facts.fault == CredentialsFault::kWrongRoot);
    CHECK(parsed.facts.rootElement == "ASRVaultCreds");
    CHECK(parsed.certificate->empty());
}

TEST_CASE("vault credentials: a missing, empty or nil certificate is no certificate")
{
    CHECK(FaultOf(FileWith("")) == CredentialsFault::kNoCertificate);
    CHECK(FaultOf(FileWith(" \r\n ")) == CredentialsFault::kNoCertificate);
    CHECK(FaultOf("<RSBackupVaultAADCreds><Version>2.0</Version></RSBackupVaultAADCreds>")
        == CredentialsFault::kNoCertificate);
    CHECK(FaultOf("<RSBackupVaultAADCreds><ManagementCert nil='true'/></RSBackupVaultAADCreds>")
        == CredentialsFault::kNoCertificate);
}

TEST_CASE("vault credentials: what is no base64 is unreadable, and the other facts stay")
{
    const ParsedCredentials parsed = ParseVaultCredentials(FileWith("SGVsb!!8="));
    CHECK(parsed.facts.fault == CredentialsFault::kCertificateUnreadable);
    CHECK(parsed.facts.vault == "contoso-vault");
    CHECK(parsed.certificate->empty());
}

TEST_CASE("vault credentials: a hostile name is cut at a character and stays valid")
{
    std::string name;
    for (int i = 0; i < 1000; ++i)
    {
        name += "\xE2\x82\xAC";
    }
    const ParsedCredentials parsed = ParseVaultCredentials(
        "<RSBackupVaultAADCreds><ResourceName>" + name + "\xFF</ResourceName></RSBackupVaultAADCreds>");
    CHECK(parsed.facts.vault.size() <= 512);
    CHECK(parsed.facts.vault.size() > 500);
    CHECK(ToValidUtf8(parsed.facts.vault) == parsed.facts.vault);
}

TEST_CASE("vault credentials: every shortened file is judged without harm")
{
    const std::string file = FileWith("SGVsbG8=");
    for (std::size_t length = 0; length < file.size() - 2; ++length)
    {
        CHECK(FaultOf(file.substr(0, length)) != CredentialsFault::kNone);
    }
}

TEST_CASE("secrets: memory is overwritten, and a moved secret leaves nothing behind")
{
    Bytes bytes{1, 2, 3};
    WipeMemory(bytes.data(), bytes.size());
    CHECK(bytes == Bytes{0, 0, 0});

    Secret<Bytes> first(Bytes{1, 2, 3});
    const Secret<Bytes> second = std::move(first);
    CHECK(first->empty());
    CHECK(*second == Bytes{1, 2, 3});
}

} // namespace mars
