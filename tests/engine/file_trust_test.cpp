// SPDX-License-Identifier: MIT
#include "file_trust.h"

#include "microsoft_roots.h"
#include "questions/files.h"
#include "questions/signatures.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

FileSignature SignedBy(const std::string& root)
{
    return {SignatureState::kGood, 0, {{"CN=Signer", std::string(40, 'b')}, {"CN=Root", root}}};
}

} // namespace

TEST_CASE("file_trust: only a good signature whose chain ends in a Microsoft root is Microsoft's")
{
    for (const std::string_view root : kMicrosoftRoots)
    {
        CHECK(IsMicrosoftSignature(SignedBy(std::string(root))));
    }
    CHECK(IsMicrosoftSignature(SignedBy("8F43288AD272F3103B6FB1428485EA3014C0BCFE")));
    CHECK_FALSE(IsMicrosoftSignature(SignedBy(std::string(40, 'a'))));
    CHECK_FALSE(IsMicrosoftSignature(SignedBy("")));
    CHECK_FALSE(IsMicrosoftSignature({SignatureState::kGood, 0, {}}));
    for (const SignatureState state :
        {SignatureState::kUnsigned, SignatureState::kBadDigest, SignatureState::kNotTrusted})
    {
        FileSignature signature = SignedBy(std::string(kMicrosoftRoots[0]));
        signature.state = state;
        CHECK_FALSE(IsMicrosoftSignature(signature));
    }
    // A Microsoft root in the middle is no end of the chain.
    FileSignature signature = SignedBy(std::string(40, 'a'));
    signature.chain.insert(signature.chain.begin(), {"CN=Root", std::string(kMicrosoftRoots[0])});
    CHECK_FALSE(IsMicrosoftSignature(signature));
}

TEST_CASE("file_trust: the failure has the code of the signature")
{
    RecordedMachine machine;
    const MachineView view(machine, Wait{});
    machine.Set(VerifySignature{"a.dll"}, FileSignature{SignatureState::kUnsigned, 0x800B0100, {}});
    CHECK(IsFromMicrosoft(view, "a.dll").Error().code == 0x800B0100);
    machine.Set(VerifySignature{"a.dll"}, SignedBy(std::string(40, 'a')));
    CHECK(IsFromMicrosoft(view, "a.dll").Error().code == 0x800B0109);
    machine.Set(VerifySignature{"a.dll"}, Absent{});
    CHECK(IsFromMicrosoft(view, "a.dll").Error().code == 2);
    machine.Set(VerifySignature{"a.dll"}, Failure{code::kTimeout, "x"});
    CHECK(IsFromMicrosoft(view, "a.dll").Error().code == code::kTimeout);
    machine.Set(VerifySignature{"a.dll"}, SignedBy(std::string(kMicrosoftRoots[1])));
    CHECK(IsFromMicrosoft(view, "a.dll").Ok());
}

TEST_CASE("file_trust: what runs is known by its name")
{
    for (const char* name : {"a.DLL", "a.exe", "a.ps1", "a.psm1", "a.psd1", "a.ps1xml", "a.cdxml"})
    {
        CHECK(RunsByItsName(name));
    }
    for (const char* name : {"a.xml", "a.txt", "a", "dll", "a.dll.config"})
    {
        CHECK_FALSE(RunsByItsName(name));
    }
    CHECK(HasVersionResource("a.dll"));
    CHECK_FALSE(HasVersionResource("a.psm1"));
}

TEST_CASE("file_trust: the version is compared in all four parts")
{
    RecordedMachine machine;
    const MachineView view(machine, Wait{});
    machine.Set(ReadFileVersion{"a.dll"}, FileVersion{2, 0, 9938, 1});
    CHECK(HasVersion(view, "a.dll", "2.0.9938.1").Ok());
    CHECK(HasVersion(view, "a.dll", "2.0.9938.0").Error().code == 1306);
    machine.Set(ReadFileVersion{"a.dll"}, Absent{});
    CHECK(HasVersion(view, "a.dll", "2.0.9938.1").Error().code == 2);
    machine.Set(ReadFileVersion{"a.dll"}, Failure{1812, "x"});
    CHECK(HasVersion(view, "a.dll", "2.0.9938.1").Error().code == 1812);
}

} // namespace mars::test
