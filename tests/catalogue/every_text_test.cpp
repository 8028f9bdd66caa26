// SPDX-License-Identifier: MIT
#include "every_text.h"

#include "catalogue.h"
#include "knowledge.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include <unistd.h>

/// Detect of test_support.h checks that the text which an outcome is shown with fills its places from the
/// outcome's facts. Here: that there is no text which no test ends with, so that this holds for every text.
namespace mars::test
{
namespace
{

using Texts = std::set<std::string>;

Texts TextsOfKnowledge()
{
    Texts texts;
    for (const RootCause* cause : AllRootCauses())
    {
        for (const pugi::xml_node one : BuiltInKnowledge().Entry(cause->id).children("case"))
        {
            texts.insert(std::string(cause->id) + ' ' + one.attribute("name").value());
        }
    }
    return texts;
}

/// What the tests of the sections end with: they are run once more, in a process of their own.
Texts TextsOfTests()
{
    const auto file =
        std::filesystem::temp_directory_path() / ("mars-seen-texts-" + std::to_string(getpid()));
    std::filesystem::remove(file);
    std::string command = std::string(kSeenTextsFile) + "='" + file.string() + "' '"
        + std::filesystem::read_symlink("/proc/self/exe").string() + "' --minimal --source-file=";
    for (const Section* section : AllSections())
    {
        command += "'*tests/" + std::string(section->id) + "/*',";
    }
    command.pop_back();
    CHECK(std::system(command.c_str()) == 0);
    Texts texts;
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);)
    {
        texts.insert(line);
    }
    std::filesystem::remove(file);
    return texts;
}

} // namespace

TEST_CASE("every text: there is none that no test ends with")
{
    const Texts seen = TextsOfTests();
    for (const std::string& text : TextsOfKnowledge())
    {
        CHECK_MESSAGE(seen.contains(text), text);
    }
}

} // namespace mars::test
