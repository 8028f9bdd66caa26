// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "console_support.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "recording.h"
#include "redaction_shapes.h"
#include "support_bundle.h"
#include "test_support.h"
#include "xml_codec.h"

#include <doctest/doctest.h>

#include <algorithm>

/// Every text of every answer of a server is filled with names and secrets; then everything that the program
/// writes is searched for them.
namespace mars::test
{

namespace
{

/// Names that stand in a typed place of the server below, or are known by their look.
const std::vector<std::string> kNames{"QMARKPC7", "qmarkcorp", "qmark.anna", "qmark.berta", "QmarkVault",
    "qmarkgroup", "qmarktenant", "qmarkproxy", "qmarkbypass", "qmarkscript", "QmarkNetbios", "svc_qmark",
    "QmarkAuthor", "Qmark Industries", "qmarkfiler", "qmarkshare", "qmarkurl", "qmark.mail@somewhere.example",
    "9a9a9a9a-1111-4222-8333-abcdefabcdef", "9b9b9b9b11114222833aabcdefabcdef",
    "aa77aa77aa77aa77aa77aa77aa77aa77aa77aa77", "10.77.66.55", "2001:470:77:66::55"};

/// Parts of such names, which say nothing by themselves.
const std::vector<std::string> kPartsOfNames{"1212121212-2323232323-3434343434", "1919191919-2929292929"};

/// What opens something, as a machine's answers hold it.
const std::vector<std::string> kSecretTexts{"password=QSECRET1;x", "Authorization: Bearer QSECRET2tokentoken",
    "<ManagementCert>QSECRET3</ManagementCert>", "http://qmark.anna:QSECRET4@qmarkproxy:8080/",
    "https://a.blob.core.windows.net/c?sig=QSECRET5&se=1", "x.exe -Password QSECRET6 -y",
    "{\"client_secret\":\"QSECRET7\"}", "ManagementCert: QSECRET8"};

std::string Upper(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

std::string PercentEncoded(std::string_view text)
{
    std::string encoded;
    for (const char c : text)
    {
        const std::uint8_t byte = static_cast<std::uint8_t>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        encoded += plain ? std::string(1, c) : "%" + ToHex({&byte, 1});
    }
    return encoded;
}

std::string EveryCharacterAsEntity(std::string_view text)
{
    std::string encoded;
    for (const char c : text)
    {
        encoded += "&#" + std::to_string(static_cast<int>(c)) + ";";
    }
    return encoded;
}

/// A text of the agent with everything in it; no line of it can change what a check thinks.
std::string Everything()
{
    std::string text;
    for (const std::string& name : kNames)
    {
        const bool isAddress = name.find_first_not_of("0123456789.:abcdef") == std::string::npos;
        text += " " + name + " " + Upper(name) + " " + PercentEncoded(name) + " "
            + EveryCharacterAsEntity(name) + (isAddress ? "" : " XX" + name + "YY");
    }
    text += " S-1-5-21-1212121212-2323232323-3434343434-1105 S-1-12-1-1919191919-2929292929-1-2"
            " C:\\Users\\qmark.berta\\x \\\\qmarkfiler\\qmarkshare\\x qmark.mail@somewhere.example"
            " qmark.mail%40somewhere.example https://qmarkurl.somewhere.example/x"
            " /resourceGroups/qmarkgroup/x qmarktenant.onmicrosoft.com";
    for (const std::string& secret : kSecretTexts)
    {
        text += "\n" + secret;
    }
    return text;
}

/// Adds everything to each text of an answer.
class Marker : public TextVisitor
{
public:
    void Visit(std::string& text) override
    {
        text += m_everything;
    }
    void Visit(RegistryValue& value) override
    {
        if (value.type == kRegMultiSz)
        {
            value = RegistryValue::MultiString({m_everything, m_everything});
        }
        else if (value.AsString())
        {
            value = RegistryValue::String(*value.AsString() + m_everything, value.type);
        }
        else
        {
            value = RegistryValue{kRegBinary, RegistryValue::String(m_everything).bytes};
            value.bytes.insert(value.bytes.begin(), 7);
        }
    }
    void Mark(Exchange& entry)
    {
        if (entry.HasValue())
        {
            entry.VisitAnswer(*this);
        }
        else
        {
            entry.Fail({code::kAccessDenied, m_everything});
        }
    }

private:
    std::string m_everything = Everything();
};

RecordedMachine FillAll(const RecordedMachine& machine)
{
    RecordedMachine filled;
    Marker marker;
    machine.ForEachEntry([&](const Exchange& entry) {
        auto marked = entry.Copy();
        marker.Mark(*marked);
        filled.Add(std::move(marked));
    });
    return filled;
}

/// The typed places.
void SetNames(RecordedMachine& machine)
{
    Edit(machine, ReadContext{}, [](ProcessContext& context) {
        context.computer = "QMARKPC7";
        context.domain = "qmarkcorp.internal";
        context.user = "qmark.anna";
        context.userSid = context.evidenceSid = "S-1-5-21-1212121212-2323232323-3434343434-1105";
    });
    machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", "ServiceResourceName"}},
        RegistryValue::String("QmarkVault"));
    ProxySettings proxy;
    proxy.enabled = true;
    proxy.server = "http=qmark.anna:QSECRET4@qmarkproxy.qmarkcorp.internal:8080;https=qmarkproxy:8080";
    proxy.bypass = "*.qmarkbypass.internal;<local>;10.77.66.55";
    proxy.autoConfigUrl = "http://qmark.anna:QSECRET9@qmarkscript.internal/proxy.pac?token=QSECRET10";
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, proxy);
    machine.Set(ReadProxySettings{ProxyOwner::kWinHttp}, proxy);
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) {
        std::string& xml = list.tasks.front().xml;
        xml.insert(xml.find("<Triggers>"),
            "<RegistrationInfo><Author>QmarkNetbios\\QmarkAuthor</Author></RegistrationInfo>");
        xml.insert(xml.find("</Arguments>"), " -Password QSECRET6 pwd=QSECRET11");
        const std::size_t user = xml.find("<UserId>") + 8;
        xml.replace(user, xml.find('<', user) - user, "QmarkNetbios\\svc_qmark");
    });
    Edit(machine, ListCertificates{"My"}, [](CertificateList& list) {
        CertificateInfo own;
        own.subject = "CN=qmarkurl, O=Qmark Industries";
        own.thumbprint = "aa77aa77aa77aa77aa77aa77aa77aa77aa77aa77";
        list.certificates.push_back(own);
    });
    machine.Set(
        ReadRegistryValue{{"HKLM\\SOFTWARE\\Test", "ProxyPassword"}}, RegistryValue::String("QSECRET12"));
}

RecordedMachine NamedServer()
{
    RecordedMachine machine = HealthyServer();
    SetNames(machine);
    Edit(machine, ListNetworkAdapters{}, [](NetworkAdapterList& list) {
        list.adapters.front().addresses = {"10.77.66.55", "2001:470:77:66::55"};
    });
    Edit(machine, ScanAgentLogs{std::string(kInstallPath) + "Temp", {"407"}}, [](LogScan& scan) {
        scan.matches.push_back({kNow - std::chrono::hours(1), "407", "WARNING", "407" + Everything()});
        scan.totals = {1};
    });
    machine.Set(ListCrashes{"cbengine.exe", "obengine"},
        CrashList{{{1000, kNow - std::chrono::hours(1), "ntdll.dll", 0xC0000005}}});
    return machine;
}

RecordedMachine MarkedServer()
{
    const RecordedMachine marked = NamedServer();
    RecordedMachine filled = FillAll(marked);
    // The typed places hold their names alone; log lines and all else hold everything.
    SetNames(filled);
    return filled;
}

std::string WithoutSpace(std::string_view text)
{
    std::string out(text);
    std::erase_if(out, [](char c) { return c == '\0'; });
    return FoldCase(out);
}

/// Plain, and what base64, hex, percent signs and entities hide.
std::string Opened(const std::string& output)
{
    std::string all = output;
    pugi::xml_document document;
    if (document.load_string(output.c_str()))
    {
        struct : pugi::xml_tree_walker
        {
            std::string found;
            bool for_each(pugi::xml_node& node) override
            {
                found += ReadText(node).value_or("") + "\n";
                if (std::string_view(node.name()) == "bytes")
                {
                    const Bytes bytes = FromHex(node.text().get()).value_or(Bytes());
                    found.append(bytes.begin(), bytes.end());
                }
                return true;
            }
        } walker;
        document.traverse(walker);
        all += walker.found;
    }
    all += DecodeText(all).text;
    return WithoutSpace(all);
}

void CheckHoldsNone(const std::string& output, const std::vector<std::string>& marks)
{
    const std::string opened = Opened(output);
    for (const std::string& mark : marks)
    {
        const std::size_t at = opened.find(FoldCase(mark));
        CHECK_MESSAGE(at == std::string::npos, mark, ": ",
            at == std::string::npos ? "" : opened.substr(at < 60 ? 0 : at - 60, 160));
    }
}

std::vector<std::string> Reports(FakeConsole& console, const std::string& machine)
{
    std::vector<std::string> reports;
    for (const char* format : {"text", "json", "html", "markdown"})
    {
        const auto run = Call(console, "run --format " + std::string(format) + machine);
        reports.push_back(run.out + run.err);
    }
    for (const RootCause* cause : AllRootCauses())
    {
        if (cause->repair != nullptr)
        {
            const std::string id(cause->id);
            reports.push_back(Call(console, "repair " + id + machine).out);
            reports.push_back(Call(console, "repair " + id + " --format json" + machine).out);
        }
    }
    return reports;
}

const std::vector<std::string> kSecrets{"QSECRET"};

} // namespace

TEST_CASE("No marked name and no secret is in a redacted recording, nor in a report of it")
{
    FakeConsole console(NamedServer());
    REQUIRE(Call(console, "capture --out server.xml").code == 0);
    CheckHoldsNone(console.files.at("server.xml"), kNames);
    CheckHoldsNone(console.files.at("server.xml"), kPartsOfNames);
    CheckHoldsNone(console.files.at("server.xml"), kSecrets);
    CheckHoldsNone(console.files.at("server.xml.names.xml"), kSecrets);
    for (const std::string& report : Reports(console, " --machine server.xml"))
    {
        CheckHoldsNone(report, kNames);
        CheckHoldsNone(report, kSecrets);
    }
}

TEST_CASE("Secrets are in no recording with the real names either, and in no report of the server itself")
{
    for (const bool isFilled : {false, true})
    {
        CAPTURE(isFilled);
        FakeConsole console(isFilled ? MarkedServer() : NamedServer());
        REQUIRE(Call(console, "capture --out server.xml --no-redact").code == 0);
        CHECK(console.files.at("server.xml").find("QMARKPC7") != std::string::npos);
        CheckHoldsNone(console.files.at("server.xml"), kSecrets);
        for (const std::string& report : Reports(console, ""))
        {
            CheckHoldsNone(report, kSecrets);
        }
    }
}

TEST_CASE("Every answer of the marked server is redacted, those that no check asks for too")
{
    const RecordedMachine server = MarkedServer();
    const SupportBundle bundle = MakeSupportBundle(server, Given{}, true);
    CheckHoldsNone(bundle.recording, kNames);
    CheckHoldsNone(bundle.recording, kPartsOfNames);
    FakeConsole console(server);
    console.files["server.xml"] = bundle.recording;
    for (const std::string& report : Reports(console, " --machine server.xml"))
    {
        CheckHoldsNone(report, kNames);
    }
    Recording read;
    REQUIRE(ReadRecording(bundle.recording, read).Ok());
    CHECK(read.machine.QuestionCount() == server.QuestionCount());
}

} // namespace mars::test
