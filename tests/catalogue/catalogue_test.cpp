// SPDX-License-Identifier: MIT
#include "catalogue.h"

#include "knowledge.h"
#include "outcome.h"
#include "questions/services.h"
#include "source_folder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

/// What is missing for a root cause, by name: its texts in both languages, its test, its place.
namespace mars::test
{

namespace
{

const std::set<std::string, std::less<>> kTools{"services", "task_scheduler", "device_manager",
    "disk_management", "event_viewer", "windows_update", "internet_options", "date_and_time",
    "environment_variables", "certificates", "firewall", "agent_console", "registry_editor",
    "explorer_scratch", "explorer_temp", "programs_and_features", "iscsi_initiator", "powershell_note"};

const std::filesystem::path kRoot(MARS_SOURCE_FOLDER);

bool IsTranslation(const pugi::xml_node& node)
{
    return static_cast<bool>(node.attribute("xml:lang"));
}

bool IsDate(const std::string& text)
{
    static const std::regex date("20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])");
    return std::regex_match(text, date);
}

/// The source next to which everything else of this root cause lies: "scheduling/trigger_disabled".
std::string PathOf(const RootCause& cause)
{
    std::string path(cause.id);
    std::ranges::replace(path, '.', '/');
    return path;
}

std::vector<std::string> SortedPlaceholders(const std::string& text)
{
    std::vector<std::string> names = PlaceholdersOf(text);
    std::ranges::sort(names);
    return names;
}

/// Visits every element that has a translation and a place for {names}.
template <class Visitor>
void ForEachText(const pugi::xml_node& entry, Visitor visit)
{
    for (const pugi::xml_node node : entry.children())
    {
        const std::string_view name = node.name();
        if (IsTranslation(node) || name == "answers" || name == "source")
        {
            continue;
        }
        if (name == "case" || name == "guided")
        {
            ForEachText(node, visit);
        }
        else if (node.type() == pugi::node_element)
        {
            visit(node);
        }
    }
}

bool HasTranslation(const pugi::xml_node& node)
{
    const pugi::xml_node next = node.next_sibling(node.name());
    return next && IsTranslation(next);
}

/// "{name}" only: no format specification, no stray brace.
bool IsWellFormed(const std::string& text)
{
    static const std::regex placeholder("\\{[a-z][a-z0-9_]*\\}|\\{\\{|\\}\\}");
    const std::string rest = std::regex_replace(text, placeholder, "");
    return rest.find('{') == std::string::npos && rest.find('}') == std::string::npos;
}

std::string ReadAll(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::filesystem::path> SourcesBelow(const char* folder)
{
    std::vector<std::filesystem::path> sources;
    for (const auto& file : std::filesystem::recursive_directory_iterator(kRoot / folder))
    {
        if (file.path().extension() == ".cpp" || file.path().extension() == ".h")
        {
            sources.push_back(file.path());
        }
    }
    return sources;
}

/// All strings that constants stand for, by the constant's name.
std::map<std::string, std::string> Constants(const std::vector<std::filesystem::path>& sources)
{
    static const std::regex constant("(k[A-Z]\\w*)(?:\\[\\])?\\s*(?:=\\s*|\\{)\"([a-z_]+)\"");
    std::map<std::string, std::string> constants;
    for (const auto& source : sources)
    {
        const std::string text = ReadAll(source);
        for (std::sregex_iterator found(text.begin(), text.end(), constant), end; found != end; ++found)
        {
            constants[(*found)[1]] = (*found)[2];
        }
    }
    return constants;
}

/// The tokens that `call("...")` or `call(kConstant)` pass first, anywhere in the root causes, with the file.
std::map<std::string, std::string> TokensPassedTo(const std::string& call)
{
    const auto sources = SourcesBelow("wizard_pages");
    const auto constants = Constants(sources);
    const std::regex pattern(call + "\\(\\s*(?:\"([a-z_]+)\"|(k[A-Z]\\w*))");
    std::map<std::string, std::string> tokens;
    for (const auto& source : sources)
    {
        const std::string text = ReadAll(source);
        for (std::sregex_iterator found(text.begin(), text.end(), pattern), end; found != end; ++found)
        {
            const std::string name = (*found)[2];
            const std::string token = name.empty() ? (*found)[1].str()
                : constants.contains(name)         ? constants.at(name)
                                                   : name;
            tokens[token] = source.filename().string();
        }
    }
    return tokens;
}

} // namespace

TEST_CASE("catalogue: the knowledge files are sound")
{
    for (const std::string& problem : BuiltInKnowledge().Problems())
    {
        FAIL_CHECK(problem);
    }
}

TEST_CASE("catalogue: ids and codes are unique, and an id begins with its section")
{
    std::set<std::string_view> names;
    for (const Section* section : AllSections())
    {
        for (const RootCause* cause : section->rootCauses)
        {
            CHECK_MESSAGE(names.insert(cause->id).second, cause->id);
            CHECK_MESSAGE(names.insert(cause->code).second, cause->code);
            CHECK_MESSAGE(cause->SectionId() == section->id, cause->id);
        }
        CHECK_MESSAGE(BuiltInKnowledge().HasText("section." + std::string(section->id)), section->id);
    }
}

TEST_CASE("catalogue: every root cause has an entry whose code agrees")
{
    for (const RootCause* cause : AllRootCauses())
    {
        const pugi::xml_node entry = BuiltInKnowledge().Entry(cause->id);
        CHECK_MESSAGE(entry, cause->id);
        CHECK_MESSAGE(entry.attribute("code").value() == cause->code, cause->id);
        CHECK_MESSAGE(IsDate(entry.attribute("checked").value()), cause->id);
        CHECK_MESSAGE(!LocalText(entry.child("title"), Language::kEnglish).empty(), cause->id);
        CHECK_MESSAGE(entry.child("guided").child("step"), cause->id);
        CHECK_MESSAGE(std::filesystem::exists(kRoot / "knowledge" / (PathOf(*cause) + ".xml")), cause->id);
    }
}

TEST_CASE(
    "catalogue: a case says what a success leaves of it in one of two words, and never of a passed check")
{
    for (const RootCause* cause : AllRootCauses())
    {
        for (const pugi::xml_node one : BuiltInKnowledge().Entry(cause->id).children("case"))
        {
            const std::string name = one.attribute("name").value();
            const std::string left = one.attribute("refuted_by_success").value();
            CHECK_MESSAGE((left.empty() || left == "passed" || left == "advice"), cause->id);
            CHECK_MESSAGE((left.empty() || !name.starts_with("passed")), cause->id);
        }
    }
}

TEST_CASE("catalogue: every entry belongs to a root cause")
{
    for (const auto& file : std::filesystem::recursive_directory_iterator(kRoot / "knowledge"))
    {
        pugi::xml_document document;
        if (file.path().extension() == ".xml" && document.load_file(file.path().c_str())
            && document.child("entry"))
        {
            const std::string id = document.child("entry").attribute("id").value();
            CHECK_MESSAGE(FindRootCause(id) != nullptr, file.path().string());
        }
    }
}

TEST_CASE("catalogue: every entry has a link and a dated source, over https")
{
    for (const RootCause* cause : AllRootCauses())
    {
        const pugi::xml_node entry = BuiltInKnowledge().Entry(cause->id);
        CHECK_MESSAGE(entry.child("link"), cause->id);
        CHECK_MESSAGE(entry.child("source"), cause->id);
        for (const pugi::xml_node link : entry.children("link"))
        {
            CHECK_MESSAGE((IsTranslation(link)
                              || std::string_view(link.attribute("url").value()).starts_with("https://")),
                cause->id);
        }
        for (const pugi::xml_node source : entry.children("source"))
        {
            CHECK_MESSAGE(
                std::string_view(source.attribute("url").value()).starts_with("https://"), cause->id);
            CHECK_MESSAGE(IsDate(source.attribute("date").value()), cause->id);
        }
    }
}

TEST_CASE("catalogue: every text of an entry is there in both languages, with the same placeholders")
{
    for (const RootCause* cause : AllRootCauses())
    {
        ForEachText(BuiltInKnowledge().Entry(cause->id), [&](const pugi::xml_node& node) {
            const std::string english = LocalText(node, Language::kEnglish);
            const std::string spanish = LocalText(node, Language::kSpanish);
            CHECK_MESSAGE(!english.empty(), cause->id, " ", node.name());
            CHECK_MESSAGE(HasTranslation(node), cause->id, ": ", english);
            CHECK_MESSAGE(IsWellFormed(english), cause->id, ": ", english);
            CHECK_MESSAGE(IsWellFormed(spanish), cause->id, ": ", spanish);
            CHECK_MESSAGE(
                SortedPlaceholders(english) == SortedPlaceholders(spanish), cause->id, ": ", spanish);
        });
    }
}

TEST_CASE("catalogue: every case says what it means and what was found")
{
    for (const RootCause* cause : AllRootCauses())
    {
        std::set<std::string> names;
        for (const pugi::xml_node one : BuiltInKnowledge().Entry(cause->id).children("case"))
        {
            CHECK_MESSAGE(names.insert(one.attribute("name").value()).second, cause->id, " ",
                one.attribute("name").value());
            CHECK_MESSAGE(one.child("meaning"), cause->id, " ", one.attribute("name").value());
            CHECK_MESSAGE(one.child("evidence"), cause->id, " ", one.attribute("name").value());
        }
        CHECK_MESSAGE(!names.empty(), cause->id);
    }
}

TEST_CASE("catalogue: steps open tools of the closed list only")
{
    for (const RootCause* cause : AllRootCauses())
    {
        for (const pugi::xml_node step : BuiltInKnowledge().Entry(cause->id).child("guided").children("step"))
        {
            const std::string tool = step.attribute("tool").value();
            CHECK_MESSAGE((tool.empty() || kTools.contains(tool)), cause->id, ": ", tool);
        }
    }
}

TEST_CASE(
    "catalogue: a step that leads into File Explorer says to refuse the permanent access that it offers")
{
    std::size_t found = 0;
    for (const RootCause* cause : AllRootCauses())
    {
        for (const pugi::xml_node step : BuiltInKnowledge().Entry(cause->id).child("guided").children("step"))
        {
            const std::string_view tool = step.attribute("tool").value();
            const std::string_view words = step.child_value();
            if (tool.starts_with("explorer_"))
            {
                ++found;
                const char* const refusal = IsTranslation(step)
                    ? "Si Windows ofrece acceso permanente a la carpeta, elija Cancelar."
                    : "If Windows offers permanent access to the folder, choose Cancel.";
                CHECK_MESSAGE(words.find(refusal) != std::string_view::npos, cause->id, ": ", words);
            }
        }
    }
    CHECK(found > 0);
}

TEST_CASE("catalogue: what a step depends on is told by a check of its section")
{
    for (const RootCause* cause : AllRootCauses())
    {
        std::string sources;
        for (const auto& source : SourcesBelow(("wizard_pages/" + std::string(cause->SectionId())).c_str()))
        {
            sources += ReadAll(source);
        }
        for (const pugi::xml_node step : BuiltInKnowledge().Entry(cause->id).child("guided").children("step"))
        {
            for (const char* attribute : {"check", "when", "unless"})
            {
                for (const std::string& name : Split(step.attribute(attribute).value(), ' '))
                {
                    const bool told = name.empty() || sources.find("\"" + name + "\"") != std::string::npos;
                    CHECK_MESSAGE(told, cause->id, ": ", name);
                }
            }
        }
    }
}

TEST_CASE("catalogue: automatic repairs have a function, the others have none")
{
    for (const RootCause* cause : AllRootCauses())
    {
        const bool automatic = cause->repairKind == RepairKind::kOneClick;
        const bool hasFunction = cause->repair != nullptr;
        const bool hasCheck = cause->detect != nullptr;
        CHECK_MESSAGE(hasCheck, cause->id);
        CHECK_MESSAGE(automatic == hasFunction, cause->id);
    }
}

TEST_CASE("catalogue: every root cause has a source and a test of its name")
{
    for (const RootCause* cause : AllRootCauses())
    {
        CHECK_MESSAGE(std::filesystem::exists(kRoot / "wizard_pages" / (PathOf(*cause) + ".cpp")), cause->id);
        CHECK_MESSAGE(std::filesystem::exists(kRoot / "tests" / (PathOf(*cause) + "_test.cpp")), cause->id);
    }
}

TEST_CASE("catalogue: every reason for which a check does not apply has a text, and is listed")
{
    const std::set<std::string> listed(reason::kAll.begin(), reason::kAll.end());
    for (const std::string& token : listed)
    {
        CHECK_MESSAGE(BuiltInKnowledge().HasText("reason." + token), token);
    }
    for (const auto& passed : TokensPassedTo("NotApplicable"))
    {
        CHECK_MESSAGE(listed.contains(passed.first), passed.second, ": ", passed.first);
    }
}

TEST_CASE("catalogue: every reason that holds a repair back has a text")
{
    auto tokens = TokensPassedTo("Held");
    tokens.merge(TokensPassedTo("Guided"));
    CHECK(!tokens.empty());
    for (const char* token : {"activity_busy", "activity_unknown", "journal_unavailable", "not_elevated",
             "changed_since", "locked", "could_not_check"})
    {
        tokens.emplace(token, "the engine");
    }
    for (const auto& passed : tokens)
    {
        CHECK_MESSAGE(BuiltInKnowledge().HasText("held." + passed.first), passed.second, ": ", passed.first);
    }
}

TEST_CASE("catalogue: every choice of a repair has a text")
{
    for (const RootCause* cause : AllRootCauses())
    {
        for (const std::string_view choice : cause->choices)
        {
            CHECK_MESSAGE(
                BuiltInKnowledge().HasText("choice." + std::string(choice)), cause->id, ": ", choice);
        }
    }
}

TEST_CASE("catalogue: the words of every enumeration that screens show have a text")
{
    const auto check = [](const std::string& prefix, const auto& words) {
        for (const std::string_view word : words)
        {
            CHECK_MESSAGE(BuiltInKnowledge().HasText(prefix + std::string(word)), prefix, word);
        }
    };
    check("result.", EnumWords<OutcomeKind>::Words());
    check("outcome.", EnumWords<OutcomeKind>::Words());
    check("level.", EnumWords<Level>::Words());
    check("repair_kind.", EnumWords<RepairKind>::Words());
    check("word.", EnumWords<StartType>::Words());
    check("word.", EnumWords<ServiceState>::Words());
    check("guided.", EnumWords<GuidedState>::Words());
}

TEST_CASE("catalogue: every text of interface.xml is there in both languages, with the same placeholders")
{
    pugi::xml_document source;
    REQUIRE(source.load_file((kRoot / "knowledge/interface.xml").c_str()));
    for (const pugi::xml_node text : source.child("interface").children("text"))
    {
        const std::string id = text.attribute("id").value();
        const std::string english = text.text().get();
        CHECK_MESSAGE(IsWellFormed(english), id);
        Facts facts;
        for (const std::string& name : PlaceholdersOf(english))
        {
            facts[name] = "<" + name + ">";
        }
        const std::string spanish = BuiltInKnowledge().Text(id, Language::kSpanish, facts);
        CHECK_MESSAGE(
            spanish.find("desconocido") == (id == "word.unknown" ? 0 : std::string::npos), id, ": ", spanish);
        for (const auto& [name, value] : facts)
        {
            CHECK_MESSAGE(spanish.find("<" + name + ">") != std::string::npos, id, ": ", spanish);
        }
    }
}

} // namespace mars::test
