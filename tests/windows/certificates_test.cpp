// SPDX-License-Identifier: MIT
#include "asking.h"
#include "file_time.h"
#include "questions/certificates.h"
#include "questions/credentials.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "unix_shell.h"
#include "wide.h"

#include <algorithm>
#include <fstream>

using namespace mars;
using namespace mars::test;

namespace
{

std::string CredentialsPath()
{
    const std::string folder = Value(FindFolder{KnownFolder::kDownloads}).path;
    const FileList list = Value(ListFiles{folder, ".VaultCredentials"});
    REQUIRE(list.files.size() == 1);
    return JoinPath(folder, list.files[0].name);
}

void Write(const std::string& path, const std::string& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

std::string Read(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The credentials of the demonstration server with another certificate, base64.
std::string WithCertificate(const std::string& base64)
{
    std::string text = Read(CredentialsPath());
    const std::size_t begin = text.find("<ManagementCert>") + 16;
    return text.replace(begin, text.find("</ManagementCert>") - begin, base64);
}

CredentialsFault FaultOf(const ScratchFolder& folder, const std::string& text)
{
    const std::string path = Narrow(folder.Path()) + "\\test.VaultCredentials";
    Write(path, text);
    return Value(ReadVaultCredentials{path}).fault;
}

/// The files that `script` made with openssl in the folder.
std::string Made(const ScratchFolder& folder, const std::string& script, const std::string& name)
{
    Shell(folder.Path(), script);
    return Read(Narrow(folder.Path()) + "\\" + name);
}

std::string Base64(const std::string& bytes)
{
    return ToBase64({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

constexpr const char* kMakeCertificate = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out "
                                         "cert.pem -days 2 -subj /CN=test 2>/dev/null && "
                                         "openssl x509 -in cert.pem -outform der -out cert.der && ";

} // namespace

TEST_CASE("windows certificates: those of a store, with names, dates and thumbprint")
{
    const CertificateList list = Value(ListCertificates{"My"});
    REQUIRE(list.certificates.size() >= 2);
    const auto vault = std::find_if(list.certificates.begin(), list.certificates.end(),
        [](const auto& certificate) { return certificate.friendlyName.starts_with("CB_contoso-vault-"); });
    REQUIRE(vault != list.certificates.end());
    CHECK(vault->subject == "CN=Windows Azure Tools");
    CHECK(vault->issuer == "CN=MARS Wizard Test Authority");
    CHECK(vault->privateKey);
    CHECK(vault->thumbprint.size() == 40);
    CHECK(vault->thumbprint == FoldCase(vault->thumbprint));
    CHECK(vault->notBefore < Now());
    CHECK(vault->notAfter > Now());
}

TEST_CASE("windows certificates: an authority's certificate has no key here")
{
    const CertificateList list = Value(ListCertificates{"Root"});
    const auto authority = std::find_if(list.certificates.begin(), list.certificates.end(),
        [](const auto& certificate) { return certificate.subject == "CN=MARS Wizard Test Authority"; });
    REQUIRE(authority != list.certificates.end());
    CHECK_FALSE(authority->privateKey);
    CHECK(authority->friendlyName.empty());
}

TEST_CASE("windows certificates: no answer once the wait is over")
{
    CheckFailed(ListCertificates{"Root"}, code::kTimeout, NoTime());
}

TEST_CASE("windows credentials: a good file, with the dates of its certificate and nothing of its key")
{
    const VaultCredentials credentials = Value(ReadVaultCredentials{CredentialsPath()});
    CHECK(credentials.fault == CredentialsFault::kNone);
    CHECK(credentials.vault == "contoso-vault");
    CHECK(credentials.thumbprint.size() == 40);
    CHECK(credentials.notBefore < Now());
    CHECK(credentials.notAfter > Now());
    CHECK(credentials.notAfter < Now() + std::chrono::hours(10 * 24));
}

TEST_CASE("windows credentials: no file is absent")
{
    CheckAbsent(ReadVaultCredentials{"C:\\no such folder\\x.VaultCredentials"});
}

TEST_CASE("windows credentials: a file that others hold open is read")
{
    const std::wstring path = Wide(CredentialsPath());
    const UniqueHandle held(CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING, 0, nullptr));
    REQUIRE(static_cast<bool>(held));
    CHECK(Value(ReadVaultCredentials{CredentialsPath()}).fault == CredentialsFault::kNone);
    const UniqueHandle locked(
        CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr));
    CHECK_FALSE(static_cast<bool>(locked));
}

TEST_CASE("windows credentials: a file that is locked is a failure, not a fault of its content")
{
    const ScratchFolder folder;
    const std::string path = Narrow(folder.Path()) + "\\locked.VaultCredentials";
    Write(path, Read(CredentialsPath()));
    const UniqueHandle locked(
        CreateFileW(Wide(path).c_str(), GENERIC_READ, 0, nullptr, OPEN_EXISTING, 0, nullptr));
    REQUIRE(static_cast<bool>(locked));
    CheckFailed(ReadVaultCredentials{path}, ERROR_SHARING_VIOLATION);
}

TEST_CASE("windows credentials: each fault of a file is told apart")
{
    const ScratchFolder folder;
    CHECK(FaultOf(folder, "") == CredentialsFault::kEmpty);
    CHECK(FaultOf(folder, std::string(1024 * 1024 + 1, ' ')) == CredentialsFault::kTooLarge);
    CHECK(FaultOf(folder, "no XML") == CredentialsFault::kNotXml);
    CHECK(FaultOf(folder, "<html/>") == CredentialsFault::kWrongRoot);
    CHECK(FaultOf(folder, WithCertificate("")) == CredentialsFault::kNoCertificate);
    CHECK(FaultOf(folder, WithCertificate("SGVsbG8=")) == CredentialsFault::kCertificateUnreadable);
    CHECK(FaultOf(folder, WithCertificate("*")) == CredentialsFault::kCertificateUnreadable);
}

TEST_CASE("windows credentials: a certificate without its key says so, and its dates are known")
{
    const ScratchFolder folder;
    const std::string der = Made(folder, std::string(kMakeCertificate) + "true", "cert.der");
    const std::string path = Narrow(folder.Path()) + "\\public.VaultCredentials";
    Write(path, WithCertificate(Base64(der)));
    const VaultCredentials credentials = Value(ReadVaultCredentials{path});
    CHECK(credentials.fault == CredentialsFault::kNoPrivateKey);
    CHECK(credentials.notAfter > Now() + std::chrono::hours(47));
    CHECK(credentials.notAfter < Now() + std::chrono::hours(49));
    CHECK(credentials.thumbprint.size() == 40);
}

TEST_CASE("windows credentials: old and new kinds of PFX with an empty password are read")
{
    const ScratchFolder folder;
    const std::string newer = Made(folder,
        std::string(kMakeCertificate)
            + "openssl pkcs12 -export -inkey key.pem -in cert.pem -passout pass: -out "
              "new.pfx",
        "new.pfx");
    CHECK(FaultOf(folder, WithCertificate(Base64(newer))) == CredentialsFault::kNone);
    const std::string older = Made(folder,
        "openssl pkcs12 -export -legacy -inkey key.pem -in cert.pem -passout pass: -out old.pfx", "old.pfx");
    CHECK(FaultOf(folder, WithCertificate(Base64(older))) == CredentialsFault::kNone);
}

TEST_CASE("windows credentials: a PFX with a password, or a broken one, is unreadable")
{
    const ScratchFolder folder;
    const std::string pfx = Made(folder,
        std::string(kMakeCertificate)
            + "openssl pkcs12 -export -inkey key.pem -in cert.pem -passout pass:secret "
              "-out x.pfx",
        "x.pfx");
    CHECK(FaultOf(folder, WithCertificate(Base64(pfx))) == CredentialsFault::kCertificateUnreadable);
    CHECK(FaultOf(folder, WithCertificate(Base64(pfx.substr(0, pfx.size() / 2))))
        == CredentialsFault::kCertificateUnreadable);
}

TEST_CASE("windows credentials: reading leaves no key behind")
{
    // Where CryptoAPI of Wine and Windows would list a key that was stored for this user.
    const auto keys = [] {
        const auto list = Ask(ListRegistryKey{"HKCU\\Software\\Wine\\Crypto\\RSA"});
        return list ? list->keys : std::vector<std::string>();
    };
    const auto before = keys();
    CHECK(Value(ReadVaultCredentials{CredentialsPath()}).fault == CredentialsFault::kNone);
    CHECK(keys() == before);
}
