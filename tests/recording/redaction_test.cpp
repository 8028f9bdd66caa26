// SPDX-License-Identifier: MIT
#include "redaction.h"

#include "message_vocabulary.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/log.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/signatures.h"
#include "questions/tasks.h"
#include "recording.h"
#include "test_support.h"

#include <algorithm>
#include <set>

using namespace mars;
using namespace mars::test;

namespace
{

RecordedMachine WithNames()
{
    RecordedMachine machine;
    ProcessContext context;
    context.computer = "SRVPAYROLL";
    context.domain = "fabrikam.local";
    context.user = "maria";
    context.userSid = "S-1-5-21-111-222-333-1001";
    context.evidenceSid = "S-1-5-18";
    machine.Set(ReadContext{}, context);
    machine.Set(
        ReadRegistryValue{{"HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Config", "ServiceResourceName"}},
        RegistryValue::String("PayrollVault"));
    CertificateInfo certificate;
    certificate.subject = "CN=CB_SrvPayroll.fabrikam.local_99";
    certificate.thumbprint = "0123456789abcdef0123456789abcdef01234567";
    machine.Set(ListCertificates{"My"}, CertificateList{{certificate}});
    ProxySettings proxy;
    proxy.enabled = true;
    proxy.server = "http=proxy7.fabrikam.local:8080;https=proxy7.fabrikam.local:8443";
    machine.Set(ReadProxySettings{}, proxy);
    machine.Set(FindFolder{KnownFolder::kDownloads}, PathText{"C:\\Users\\Lourdes\\Downloads"});
    LogScan scan;
    scan.matches.push_back(
        {kNow, "x", "FATAL", "job 0517B3DB-347D-45A8-9DAB-FD7D1EA7D134 of srvpayroll failed"});
    machine.Set(ScanAgentLogs{"C:\\Logs", {"x"}}, scan);
    return machine;
}

std::string RedactedText(const RecordedMachine& machine)
{
    Redactor redactor(machine, MessageVocabulary());
    return FoldCase(WriteRecording({}, redactor.Redact(machine)));
}

} // namespace

TEST_CASE("No name is left in a redacted recording, in whatever case and inside whatever word")
{
    const std::string text = RedactedText(WithNames());
    for (const char* name : {"srvpayroll", "fabrikam", "maria", "111-222-333", "payrollvault",
             "0123456789abcdef", "proxy7", "lourdes", "0517b3db"})
    {
        CAPTURE(name);
        CHECK(text.find(name) == std::string::npos);
    }
    // What every Windows has, and numbers, stay.
    CHECK(text.find("s-1-5-18") != std::string::npos);
    CHECK(text.find("8443") != std::string::npos);
}

TEST_CASE("The computer is a computer, though its accounts and tasks have it for their domain")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) {
        std::string& xml = list.tasks.front().xml;
        xml.insert(xml.find("<Triggers>"),
            "<RegistrationInfo><Author>FILESRV07\\maria.lopez</Author></RegistrationInfo>");
    });
    const Redactor redactor(machine, MessageVocabulary());
    const auto found = std::ranges::find_if(redactor.StandIns(),
        [](const StandIn& standIn) { return EqualsIgnoreCase(standIn.name, "FILESRV07"); });
    REQUIRE(found != redactor.StandIns().end());
    CHECK(found->kind == "computer");
}

TEST_CASE("The same name gets the same stand-in, one that is legal in its place")
{
    const RecordedMachine machine = WithNames();
    Redactor redactor(machine, MessageVocabulary());
    CHECK(redactor.Redact("SRVPAYROLL and srvpayroll") == "computer-1 and computer-1");
    CHECK(redactor.Redact("S-1-5-21-111-222-333-1001").starts_with("S-1-5-21-"));
    CHECK(redactor.Redact("0517b3db-347d-45a8-9dab-fd7d1ea7d134").size() == 36);
    CHECK(redactor.Redact("C:\\Users\\lourdes\\x") == redactor.Redact("C:\\Users\\LOURDES\\x"));
    CHECK(redactor.Redact("nothing to hide") == "nothing to hide");
}

TEST_CASE("The key file's content names every stand-in once")
{
    const RecordedMachine machine = WithNames();
    Redactor redactor(machine, MessageVocabulary());
    std::set<std::string> standIns;
    for (const StandIn& standIn : redactor.StandIns())
    {
        CHECK(standIns.insert(standIn.standIn).second);
        CHECK(redactor.Redact(standIn.name) == standIn.standIn);
    }
    CHECK(standIns.size() >= 8);
}

TEST_CASE("Names in the bytes of a registry value are overwritten, in one and two bytes a character")
{
    RecordedMachine machine = WithNames();
    RegistryValue value{kRegBinary,
        {9, 0, 'p', 'r', 'o', 'x', 'y', '7', '.', 'f', 'a', 'b', 'r', 'i', 'k', 'a', 'm', '.', 'l', 'o', 'c',
            'a', 'l', 7, 'M', 0, 'A', 0, 'R', 0, 'I', 0, 'A', 0, 8}};
    const ReadRegistryValue question{{"HKLM\\SOFTWARE\\Test", "Blob"}};
    machine.Set(question, value);
    Redactor redactor(machine, MessageVocabulary());
    const auto redacted = redactor.Redact(machine).Ask(question, {});
    REQUIRE(redacted);
    CHECK(redacted->bytes.size() == value.bytes.size());
    CHECK(redacted->bytes.front() == 9);
    CHECK(redacted->bytes.back() == 8);
    CHECK(redacted->bytes[23] == 7);
    CHECK(std::ranges::find(redacted->bytes, 'M') == redacted->bytes.end());
    CHECK(std::ranges::find(redacted->bytes, 'k') == redacted->bytes.end());
}

TEST_CASE("Names in the agent's certificates are other vaults and former names of this computer")
{
    RecordedMachine machine = WithNames();
    CertificateInfo vault;
    vault.friendlyName = "CB_Formervault-5-14-2025-vaultcredentials";
    CertificateInfo renamed;
    renamed.subject = "CN=CB_OLDNAME.old.local_7b1c2f0e-5a7e-4a55-9d0b-3a1c9ef0d001";
    machine.Set(ListCertificates{"My"}, CertificateList{{vault, renamed}});
    const std::string text = RedactedText(machine);
    for (const char* name : {"formervault", "oldname", "old.local"})
    {
        CAPTURE(name);
        CHECK(text.find(name) == std::string::npos);
    }
    // What the checks read stays readable.
    CHECK(text.find("-5-14-2025-vaultcredentials") != std::string::npos);
}

TEST_CASE("Thumbprints of Microsoft's roots stay, those of signers do not")
{
    RecordedMachine machine;
    machine.Set(VerifySignature{"a.dll"},
        FileSignature{SignatureState::kGood, 0,
            {{"CN=Signer", "0123456789abcdef0123456789abcdef01234567"},
                {"CN=Root", "8f43288ad272f3103b6fb1428485ea3014c0bcfe"}}});
    const std::string text = RedactedText(machine);
    CHECK(text.find("8f43288ad272f3103b6fb1428485ea3014c0bcfe") != std::string::npos);
    CHECK(text.find("0123456789abcdef") == std::string::npos);
}
