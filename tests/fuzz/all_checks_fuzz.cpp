// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "formats.h"
#include "json.h"
#include "mars_agent.h"
#include "recording.h"
#include "records.h"
#include "result_code.h"
#include "run_document.h"
#include "server_facts.h"
#include "source_folder.h"
#include "support_bundle.h"
#include "text.h"
#include "xml_codec.h"
#include "xml_print.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

namespace
{

/// What a stranger might put where a value stands.
const std::vector<std::string>& NastyValues()
{
    static const std::vector<std::string> values{"", "0", "-1", "1", "yes", "no", "4294967295",
        "18446744073709551615", "9999-12-31T23:59:59Z", "1601-01-01T00:00:00Z", "not a date", "C:", "C:\\",
        "\\\\", "\\\\?\\", "..", "a:b:c", "http://", "[::1]", "{", "}", "{{}}", "%", "%PATH%", "\"", "'",
        ";;;", ";=", "*", "<Task>", "&", std::string(5000, 'x'), std::string(300, '\\'), "\xC3\xB1",
        "\xF0\x9F\x92\xBE", "S-1-5-18", "0x80070005"};
    return values;
}

void AddLeaves(const pugi::xml_node& node, std::vector<pugi::xml_node>& leaves)
{
    for (const pugi::xml_node child : node.children())
    {
        if (child.first_child().type() == pugi::node_element)
        {
            AddLeaves(child, leaves);
        }
        else if (child.type() == pugi::node_element)
        {
            leaves.push_back(child);
        }
    }
}

/// A recording of a sick server, in which the input chooses what stands where: four bytes a value, of which
/// three say where.
std::string Spoiled(std::span<const std::uint8_t> input)
{
    static const std::string original = [] {
        std::ifstream file(MARS_SOURCE_FOLDER "/tests/recordings/0.1.0/several.xml", std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    pugi::xml_document document;
    if (!document.load_string(original.c_str()))
    {
        std::abort();
    }
    std::vector<pugi::xml_node> leaves;
    AddLeaves(document.child("recording"), leaves);
    for (; input.size() >= 4; input = input.subspan(4))
    {
        const std::size_t where = (input[0] << 16 | input[1] << 8 | input[2]) % leaves.size();
        leaves[where].text().set(NastyValues()[input[3] % NastyValues().size()].c_str());
    }
    return PrintXmlFile(document);
}

void Require(bool holds)
{
    if (!holds)
    {
        std::abort();
    }
}

/// The check, and the plan of its repair for each of its choices.
ReportedCheck CheckAndPlan(const RootCause& cause, const MachineView& view, const Given& given)
{
    ReportedCheck check{{&cause, cause.detect(view, given), {}}, cause.repairKind};
    std::vector<std::string> choices{std::string()};
    choices.insert(choices.end(), cause.choices.begin(), cause.choices.end());
    for (const std::string& choice : choices)
    {
        if (cause.repair != nullptr && check.result.outcome.IsProblem())
        {
            Given chosen = given;
            chosen.choice = choice;
            chosen.fromFolder = cause.needsFolder ? "C:\\From" : "";
            cause.repair(view, chosen, check.result.outcome);
        }
    }
    return check;
}

void ReportInEveryForm(const RunReport& report)
{
    const Knowledge& knowledge = BuiltInKnowledge();
    const auto document = [&](Language language) { return RunDocument(report, knowledge, language); };
    for (const DocumentFormat& format : kDocumentFormats)
    {
        Require(!format.write(document, Language::kSpanish).empty());
    }
    Require(!RunJson(report, knowledge, Language::kEnglish).empty());
}

} // namespace

} // namespace mars

/// Every check, every plan, every report and a bundle bear any recording.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace mars;
    Recording recording;
    if (!ReadRecording(Spoiled({data, size}), recording))
    {
        return 0;
    }
    Given given;
    if (!ReadXml(recording.header.given.document_element(), given, recording.header.format))
    {
        given = {};
    }
    const MachineView view(recording.machine, Wait{});
    RunReport report;
    report.tool = "fuzz";
    report.recorded = recording.header.taken;
    report.facts = ReadServerFacts(view);
    for (const RootCause* cause : AllRootCauses())
    {
        report.checks.push_back(CheckAndPlan(*cause, view, given));
    }
    report.records = ReadRecords(view, BuiltInKnowledge());
    ReportInEveryForm(report);
    Recording reread;
    Require(ReadRecording(MakeSupportBundle(recording.machine, given, true).recording, reread).Ok());
    return 0;
}
