// SPDX-License-Identifier: MIT
#include "asking.h"
#include "questions/signatures.h"
#include "registry_key.h"
#include "unix_shell.h"
#include "wide.h"

#include <fstream>
#include <iterator>

using namespace mars;
using namespace mars::test;

namespace
{

std::string InModule(const std::string& name)
{
    return RegistryText("HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup", "InstallPath").value_or("")
        + "bin\\Modules\\MSOnlineBackup\\" + name;
}

std::string Read(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A file of that name in the folder; its path.
std::string Write(const ScratchFolder& folder, const std::string& name, const std::string& content)
{
    const std::string path = Narrow(folder.Path()) + "\\" + name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

} // namespace

TEST_CASE("windows signatures: of a program and of a PowerShell file, with the chain to its root")
{
    for (const char* name : {"MSOnlineBackup.dll", "MSOnlineBackup.psd1"})
    {
        CAPTURE(name);
        const FileSignature signature = Value(VerifySignature{InModule(name)});
        CHECK(signature.state == SignatureState::kGood);
        CHECK(signature.code == 0);
        REQUIRE(signature.chain.size() == 2);
        CHECK(signature.chain[0].subject.find("MARS Wizard Test Signer") != std::string::npos);
        CHECK(signature.chain[1].subject.find("MARS Wizard Test Authority") != std::string::npos);
        CHECK(signature.chain[1].thumbprint.size() == 40);
    }
}

TEST_CASE("windows signatures: what was changed and what has none are told apart")
{
    const ScratchFolder folder;
    std::string library = Read(InModule("MSOnlineBackup.dll"));
    library[library.size() / 2] ^= 1;
    CHECK(Value(VerifySignature{Write(folder, "changed.dll", library)}).state == SignatureState::kBadDigest);
    std::string script = Read(InModule("MSOnlineBackup.psd1"));
    script.resize(script.find("\r\n# SIG #"));
    CHECK(Value(VerifySignature{Write(folder, "plain.psd1", script)}).state == SignatureState::kUnsigned);
}

TEST_CASE("windows signatures: no file is absent")
{
    CheckAbsent(VerifySignature{InModule("none.dll")});
}
