// SPDX-License-Identifier: MIT
#include "knowledge.h"

#include "catalogue.h"

#include <doctest/doctest.h>

#include <set>

/// What each check looks at, for wherever no problem was found.
namespace mars::test
{

namespace
{

pugi::xml_node Subjects()
{
    const auto roots = BuiltInKnowledge().Roots("subjects");
    REQUIRE(roots.size() == 1);
    return roots.front();
}

bool IsTranslation(const pugi::xml_node& node)
{
    return static_cast<bool>(node.attribute("xml:lang"));
}

} // namespace

TEST_CASE("subjects: every root cause has one, which is not the problem's title")
{
    const Knowledge& knowledge = BuiltInKnowledge();
    for (const RootCause* cause : AllRootCauses())
    {
        CAPTURE(cause->id);
        CHECK(Subjects().find_child_by_attribute("subject", "id", std::string(cause->id).c_str()));
        for (const Language language : {Language::kEnglish, Language::kSpanish})
        {
            CHECK(knowledge.Subject(cause->id, language) != knowledge.Title(cause->id, language));
            CHECK_FALSE(knowledge.Subject(cause->id, language).ends_with('.'));
        }
    }
}

TEST_CASE("subjects: what only a person can tell is a question in both languages")
{
    for (const RootCause* cause : AllRootCauses())
    {
        const pugi::xml_node entry = BuiltInKnowledge().Entry(cause->id);
        const bool manual = static_cast<bool>(entry.find_child_by_attribute("case", "name", "manual"));
        const bool asks = static_cast<bool>(
            Subjects().find_child_by_attribute("question", "id", std::string(cause->id).c_str()));
        CHECK_MESSAGE(manual == asks, cause->id);
        if (manual)
        {
            const Outcome outcome = Outcome::Manual();
            CHECK(BuiltInKnowledge().Headline(cause->id, outcome, Language::kEnglish).ends_with('?'));
            CHECK(BuiltInKnowledge().Headline(cause->id, outcome, Language::kSpanish).starts_with("¿"));
        }
    }
}

TEST_CASE("subjects: each text is there once and translated")
{
    std::set<std::string> texts;
    for (const pugi::xml_node text : Subjects().children())
    {
        if (text.type() == pugi::node_element && !IsTranslation(text))
        {
            const std::string english = LocalText(text, Language::kEnglish);
            CHECK_MESSAGE(texts.insert(english).second, english);
            CHECK_MESSAGE(LocalText(text, Language::kSpanish) != english, english);
        }
    }
}

} // namespace mars::test
