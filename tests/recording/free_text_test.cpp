// SPDX-License-Identifier: MIT
#include "agent.h"
#include "message_vocabulary.h"
#include "questions/computer.h"
#include "questions/failed_files.h"
#include "questions/firewall.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/tasks.h"
#include "redaction.h"
#include "redaction_shapes.h"
#include "source_folder.h"
#include "support_bundle.h"
#include "test_support.h"
#include "text.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

/// What somebody else wrote, on its way into a bundle.
namespace mars::test
{

namespace
{

/// Each holds names that begin with "qz", or secrets, in a notation of its own.
std::vector<std::string> Notations()
{
    std::ifstream file(MARS_SOURCE_FOLDER "/tests/recording/free_texts.txt");
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
    {
        lines.push_back(line);
    }
    REQUIRE(lines.size() > 100);
    return lines;
}

/// What must not be seen, plain or decoded.
bool TellsSomething(std::string_view text)
{
    const std::string all = FoldCase(std::string(text) + DecodeText(text).text);
    for (const std::string_view mark : {"qz", "48151623", "uxpzzwny", "\\u0071", "%71", "&#113", "&#x71"})
    {
        if (all.find(mark) != std::string::npos)
        {
            return true;
        }
    }
    return false;
}

/// Everything that a stranger can write into.
RecordedMachine ServerThatSays(const std::string& text)
{
    RecordedMachine machine;
    machine.Set(ReadContext{}, ProcessContext{});
    machine.Set(ListTasks{kTaskFolder}, HealthyServer().Ask(ListTasks{kTaskFolder}, {}));
    const std::string folder = std::string(kInstallPath) + "Temp";
    LogScan scan;
    scan.matches.push_back({kNow, "407", "WARNING", "407 " + text});
    scan.totals = {1};
    machine.Set(ScanAgentLogs{folder, {"407"}}, scan);
    machine.Set(ScanConsoleLogs{folder, {"407"}}, scan);
    machine.Set(ScanInstallLogs{folder, {"407"}}, scan);
    FailedFiles skipped;
    skipped.groups.push_back({0x80070020, 1, {"D:\\" + text}});
    skipped.folders.push_back({0x80070020, "D:\\" + text, 1, {"D:\\" + text + "\\x.docx"}});
    machine.Set(ReadFailedFiles{folder}, skipped);
    NetworkAdapterList adapters;
    adapters.adapters.push_back({text, "Adapter " + text, true, {}, {}, {}});
    machine.Set(ListNetworkAdapters{}, adapters);
    FirewallState firewall;
    FirewallRule rule;
    rule.name = text;
    firewall.rules.push_back(rule);
    machine.Set(ReadFirewall{}, firewall);
    Edit(machine, ListTasks{kTaskFolder}, [&](TaskList& list) {
        std::string& xml = list.tasks.front().xml;
        std::string escaped = text;
        for (const auto& [from, to] : {std::pair("&", "&amp;"), std::pair("<", "&lt;")})
        {
            for (std::size_t at = escaped.find(from); at != std::string::npos;
                 at = escaped.find(from, at + 1))
            {
                escaped.replace(at, 1, to);
            }
        }
        xml.insert(xml.find("</Arguments>"), " " + escaped);
    });
    return machine;
}

std::string Filtered(std::string_view text)
{
    return MessageVocabulary().Filter(text);
}

} // namespace

TEST_CASE("free text: no notation of a name or a secret leaves in a bundle, whatever says it")
{
    for (const std::string& line : Notations())
    {
        const SupportBundle bundle = MakeSupportBundle(ServerThatSays(line), {}, true);
        CHECK_MESSAGE(!TellsSomething(bundle.recording), line, " -> ", Filtered(line));
    }
}

TEST_CASE("free text: what programs print stays, with its numbers and codes")
{
    for (const char* text :
        {"A connection attempt failed because the connected party did not properly respond.",
            "Failed: Hr: = [0x80070005] : Error: 100050, retry 3 of 5",
            "FileProvider::EndData returned 0x80072EE2 after 30.5 s", "MainEngineThread is returning",
            "The remote server returned an error: (407) Proxy Authentication Required.",
            "La conexión se ha cerrado", "pod01-manag1.jpe.backup.windowsazure.com:443",
            "C:\\Program Files\\Microsoft", "host3, user-2 on domain1.example"})
    {
        CHECK(Filtered(text) == text);
    }
}

TEST_CASE("free text: what is left out is shown once, and filtering again changes nothing")
{
    CHECK(Filtered("the server Qzsrv Qzmark is running") == "the server \xE2\x80\xA6 is running");
    for (const std::string& line : Notations())
    {
        const std::string once = Filtered(line);
        CHECK(Filtered(once) == once);
    }
}

TEST_CASE("free text: what was looked for stays, although nobody knows the word")
{
    CHECK(MessageVocabulary().Filter("Qzknown and Qzother", "Qzknown") == "Qzknown and \xE2\x80\xA6");
}

TEST_CASE("free text: a server that is called like a word of programs keeps what its log means")
{
    RecordedMachine machine = ServerThatSays("the backup of the server BACKUP failed");
    Edit(machine, ReadContext{}, [](ProcessContext& context) { context.computer = "BACKUP"; });
    const Redactor redactor(machine, MessageVocabulary());
    const RecordedMachine redacted = redactor.Redact(machine);
    const auto scan = redacted.Ask(ScanAgentLogs{std::string(kInstallPath) + "Temp", {"407"}}, {});
    REQUIRE(scan.HasValue());
    CHECK(scan->matches[0].message.find("the backup of the server") != std::string::npos);
}

} // namespace mars::test
