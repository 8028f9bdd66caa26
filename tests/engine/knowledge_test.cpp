// SPDX-License-Identifier: MIT
#include "knowledge.h"

#include <doctest/doctest.h>

#include <array>

namespace mars::test
{

namespace
{

constexpr std::string_view kEntry = R"(<entry id="a.b" code="A-1" checked="2026-01-02">
<title>The thing is broken</title>
<title xml:lang="es">La cosa está rota</title>
<case name="passed"><meaning>The thing
   works. It costs 5 % of nothing.</meaning><meaning xml:lang="es">La cosa funciona.</meaning></case>
<case name="slow"><meaning>The thing {name} works slowly. It is old.</meaning></case>
<case name="problem"><meaning>No backups.</meaning><evidence>{files} files, {size}, {nothing}, {{kept}}.</evidence></case>
<case name="lost"><title>The thing {name} is lost</title><meaning>No backups.</meaning></case>
<case name="asked"><meaning>Look.</meaning><evidence>Is the thing broken?</evidence></case>
<handoff>Please mend it.</handoff>
<guided><step tool="services">One</step><step xml:lang="es">Uno</step><step>Two</step></guided>
</entry>)";

Knowledge Load(std::string_view xml)
{
    static std::array<EmbeddedFile, 1> files;
    files[0] = {"a/b.xml", xml};
    return Knowledge(files);
}

Knowledge LoadWithSubjects()
{
    static constexpr std::array kFiles{EmbeddedFile{"a/b.xml", kEntry},
        EmbeddedFile{"subjects.xml", R"(<subjects>
<subject id="a.b">The state of the thing</subject><subject xml:lang="es">El estado de la cosa</subject>
<question id="a.b">Is the thing broken?</question></subjects>)"},
        EmbeddedFile{"interface.xml", R"(<interface>
<text id="report.steps">What to do:</text><text id="report.steps_if_so">If so:</text>
<text id="report.steps_unchecked">How to get it checked:</text>
<text id="outcome.could_not_check">Nobody knows.</text>
<text id="code.5">Denied.</text><text id="code.1460">Late.</text>
<text id="unchecked.rights_1">As an administrator: {check}</text>
<text id="unchecked.time_1">Later.</text></interface>)"}};
    return Knowledge(kFiles);
}

} // namespace

TEST_CASE("knowledge: a passed check is listed with what that means, a problem with its title")
{
    const Knowledge knowledge = Load(kEntry);
    CHECK(knowledge.Headline("a.b", Outcome::Passed(), Language::kEnglish) == "The thing works");
    CHECK(knowledge.Headline("a.b", Outcome::Passed(), Language::kSpanish) == "La cosa funciona");
    const Outcome broken = Outcome::Problem(Level::kError);
    CHECK(knowledge.Headline("a.b", broken, Language::kSpanish) == "La cosa está rota");
}

TEST_CASE("knowledge: a case of a problem may have a title of its own, with what was found")
{
    const Knowledge knowledge = Load(kEntry);
    const Outcome outcome =
        Outcome::Problem(Level::kError, {{"case", std::string("lost")}, {"name", std::string("Key")}});
    CHECK(knowledge.Headline("a.b", outcome, Language::kEnglish) == "The thing Key is lost");
    CHECK(knowledge.TextFor("a.b", outcome, Language::kEnglish).title == "The thing Key is lost");
    CHECK(knowledge.Title("a.b", Language::kEnglish) == "The thing is broken");
}

TEST_CASE("knowledge: what was not found is listed with what the check looks at, never with the problem")
{
    const Knowledge knowledge = LoadWithSubjects();
    const Outcome unknown = Outcome::CouldNotCheck({code::kTimeout, "the thing"});
    CHECK(knowledge.Headline("a.b", unknown, Language::kEnglish) == "The state of the thing");
    CHECK(knowledge.Headline("a.b", unknown, Language::kSpanish) == "El estado de la cosa");
    CHECK(knowledge.Headline("a.b", Outcome::NotApplicable("offline"), Language::kEnglish)
        == "The state of the thing");
    CHECK(knowledge.Headline("a.b", Outcome::Manual(), Language::kEnglish) == "Is the thing broken?");
}

TEST_CASE("knowledge: what could not be checked is told without the problem's case, steps and hand-off")
{
    const Knowledge knowledge = LoadWithSubjects();
    const Outcome denied =
        Outcome::CouldNotCheck({code::kAccessDenied, "the thing"}, {{"case", std::string("lost")}});
    const EntryText text = knowledge.TextFor("a.b", denied, Language::kEnglish);
    CHECK(text.title == "The state of the thing");
    CHECK(text.meaning == "Nobody knows.");
    CHECK(text.evidence == "Denied.");
    CHECK(text.stepsLabel == "How to get it checked:");
    REQUIRE(text.steps.size() == 1);
    CHECK(text.steps[0].text == "As an administrator: a.b");
    CHECK(text.handoff.empty());
    const Outcome late = Outcome::CouldNotCheck({code::kTimeout, "the thing"});
    CHECK(knowledge.TextFor("a.b", late, Language::kEnglish).steps.at(0).text == "Later.");
}

TEST_CASE("knowledge: steps and a text to send belong to a problem, or to what only a person can tell")
{
    const Knowledge knowledge = LoadWithSubjects();
    const EntryText problem = knowledge.TextFor("a.b", Outcome::Problem(Level::kAdvice), Language::kEnglish);
    CHECK(problem.stepsLabel == "What to do:");
    CHECK(problem.steps.size() == 2);
    CHECK(problem.handoff == "Please mend it.");
    const EntryText manual = knowledge.TextFor("a.b", Outcome::Manual(), Language::kEnglish);
    CHECK(manual.stepsLabel == "If so:");
    CHECK(manual.steps.size() == 2);
    CHECK(manual.handoff == "Please mend it.");
    for (const Outcome& outcome : {Outcome::Passed(), Outcome::NotApplicable("offline")})
    {
        const EntryText text = knowledge.TextFor("a.b", outcome, Language::kEnglish);
        CHECK(text.stepsLabel.empty());
        CHECK(text.steps.empty());
        CHECK(text.handoff.empty());
    }
    const Outcome begun = Outcome::Passed({{"step_copy", std::string("open")}});
    CHECK(knowledge.TextFor("a.b", begun, Language::kEnglish).stepsLabel == "What to do:");
}

TEST_CASE("knowledge: a question that stands in the entry too is asked once")
{
    const Knowledge knowledge = LoadWithSubjects();
    const Outcome asked = Outcome::Manual({{"case", std::string("asked")}});
    CHECK(knowledge.TextFor("a.b", asked, Language::kEnglish).evidence.empty());
}

TEST_CASE("knowledge: a check that may pass in several ways is listed with the one it passed in")
{
    const Knowledge knowledge = Load(kEntry);
    const Outcome slow = Outcome::Passed({{"case", std::string("slow")}, {"name", std::string("a. b")}});
    CHECK(knowledge.Headline("a.b", slow, Language::kEnglish) == "The thing a. b works slowly");
}

TEST_CASE("knowledge: facts fill the evidence in the reader's form, and a missing one is unknown")
{
    const Outcome outcome =
        Outcome::Problem(Level::kError, {{"files", std::int64_t{31000}}, {"size", ByteCount{1536}}});
    const Knowledge knowledge = Load(kEntry);
    CHECK(knowledge.TextFor("a.b", outcome, Language::kEnglish).evidence
        == "31,000 files, 1.5 KB, unknown, {kept}.");
    CHECK(knowledge.TextFor("a.b", outcome, Language::kSpanish).evidence
        == "31.000 files, 1,5 KB, desconocido, {kept}.");
}

TEST_CASE("knowledge: a step without a translation keeps its place and its tool")
{
    const EntryText text = Load(kEntry).TextFor("a.b", Outcome::Problem(Level::kError), Language::kSpanish);
    REQUIRE(text.steps.size() == 2);
    CHECK(text.steps[0].text == "Uno");
    CHECK(text.steps[0].tool == "services");
    CHECK(text.steps[1].text == "Two");
}

TEST_CASE("knowledge: a step that the check follows says how far it has come")
{
    constexpr std::string_view entry = R"(<entry id="a.b" code="X-1">
      <title>T</title>
      <case name="problem"><meaning>M</meaning><evidence>E</evidence></case>
      <guided>
        <step>Zero</step>
        <step check="one">One</step>
        <step check="two">Two</step>
        <step check="three">Three</step>
        <step check="four">Four</step>
      </guided>
    </entry>)";
    constexpr std::string_view texts = R"(<interface>
      <text id="guided.done">Done: {step}</text>
      <text id="guided.next">Next: {step}</text>
      <text id="guided.not_yet">Not yet: {step}</text>
      <text id="guided.unknown">Unknown: {step}</text>
    </interface>)";
    const std::array files{EmbeddedFile{"a.xml", entry}, EmbeddedFile{"interface.xml", texts}};
    const Knowledge knowledge(files);
    const auto stepsFor = [&](const Facts& facts) {
        const EntryText text =
            knowledge.TextFor("a.b", Outcome::Problem(Level::kError, facts), Language::kEnglish);
        std::string steps = HasOpenSteps(facts) ? "open" : "";
        for (const GuidedStep& step : text.steps)
        {
            steps += "|" + step.text;
        }
        return steps;
    };
    const auto word = [](const char* text) { return Fact(std::string(text)); };
    CHECK(stepsFor({}) == "|Zero|One|Two|Three|Four");
    CHECK(stepsFor({{"step_one", word("done")}, {"step_two", word("open")}, {"step_three", word("open")},
              {"step_four", word("done")}})
        == "open|Zero|Done: One|Next: Two|Not yet: Three|Done: Four");
    CHECK(
        stepsFor({{"step_one", word("unknown")}, {"step_two", word("unknown")}, {"step_three", word("open")}})
        == "open|Zero|Unknown: One|Not yet: Two|Not yet: Three|Four");
    CHECK(stepsFor({{"step_one", word("done")}}) == "|Zero|Done: One|Two|Three|Four");
}

TEST_CASE("knowledge: steps for a situation are told in it only")
{
    constexpr std::string_view entry = R"(<entry id="a.b" code="X-1">
      <title>T</title>
      <case name="problem"><meaning>M</meaning><evidence>E</evidence></case>
      <guided>
        <step unless="folder">Somewhere</step>
        <step when="folder" unless="bad">In {folder}</step>
        <step when="folder bad">Not in {folder}</step>
      </guided>
    </entry>)";
    const Knowledge knowledge = Load(entry);
    const auto stepsFor = [&](const Facts& facts) {
        std::string steps;
        for (const GuidedStep& step :
            knowledge.TextFor("a.b", Outcome::Problem(Level::kError, facts), Language::kEnglish).steps)
        {
            steps += step.text + "|";
        }
        return steps;
    };
    const Fact folder = std::string("D:");
    CHECK(stepsFor({}) == "Somewhere|");
    CHECK(stepsFor({{"bad", true}}) == "Somewhere|");
    CHECK(stepsFor({{"folder", folder}}) == "In D:|");
    CHECK(stepsFor({{"folder", folder}, {"bad", false}}) == "In D:|");
    CHECK(stepsFor({{"folder", folder}, {"bad", std::vector<Finding>()}}) == "In D:|");
    CHECK(stepsFor({{"folder", folder}, {"bad", true}}) == "Not in D:|");
}

TEST_CASE("knowledge: a broken file and an id given twice are reported")
{
    CHECK(Load("<entry").Problems().size() == 1);
    const std::array files{EmbeddedFile{"a.xml", kEntry}, EmbeddedFile{"b.xml", kEntry}};
    CHECK(Knowledge(files).Problems() == std::vector<std::string>{"b.xml: id a.b twice"});
}

} // namespace mars::test
