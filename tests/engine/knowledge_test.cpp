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
<case name="problem"><meaning>No backups.</meaning><evidence>{files} files, {size}, {nothing}, {{kept}}.</evidence></case>
<guided><step tool="services">One</step><step xml:lang="es">Uno</step><step>Two</step></guided>
</entry>)";

Knowledge Load(std::string_view xml)
{
    static std::array<EmbeddedFile, 1> files;
    files[0] = {"a/b.xml", xml};
    return Knowledge(files);
}

} // namespace

TEST_CASE("knowledge: a passed check is listed with what that means, a problem with its title")
{
    const Knowledge knowledge = Load(kEntry);
    CHECK(knowledge.Headline("a.b", OutcomeKind::kPassed, Language::kEnglish) == "The thing works");
    CHECK(knowledge.Headline("a.b", OutcomeKind::kPassed, Language::kSpanish) == "La cosa funciona");
    CHECK(knowledge.Headline("a.b", OutcomeKind::kProblem, Language::kSpanish) == "La cosa está rota");
    CHECK(
        knowledge.Headline("a.b", OutcomeKind::kCouldNotCheck, Language::kEnglish) == "The thing is broken");
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

TEST_CASE("knowledge: a broken file and an id given twice are reported")
{
    CHECK(Load("<entry").Problems().size() == 1);
    const std::array files{EmbeddedFile{"a.xml", kEntry}, EmbeddedFile{"b.xml", kEntry}};
    CHECK(Knowledge(files).Problems() == std::vector<std::string>{"b.xml: id a.b twice"});
}

} // namespace mars::test
