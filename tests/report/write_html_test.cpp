// SPDX-License-Identifier: MIT
#include "write_html.h"

#include "count_text.h"
#include "formats.h"
#include "run_document.h"
#include "sample_report.h"

#include <doctest/doctest.h>
#include <pugixml.hpp>

namespace mars::test
{

namespace
{

constexpr const char* kNasty = "<script>alert(1)</script> \" onload='x' & </section>";

std::string RunHtml(const RunReport& report, Language language)
{
    return ToHtml([&](Language in) { return RunDocument(report, BuiltInKnowledge(), in); }, language);
}

/// A page with something nasty in it, as XML.
pugi::xml_document Parsed(Language language)
{
    std::string html = RunHtml(SampleReport(kNasty), language);
    // Elements without an end and attributes without a value are the only things that XML does not allow.
    for (const std::string_view element : {"<meta ", "<input "})
    {
        for (std::size_t at = html.find(element); at != std::string::npos; at = html.find(element, at + 1))
        {
            html.insert(html.find('>', at), "/");
        }
    }
    const std::size_t checked = html.find(" checked/>");
    REQUIRE(checked != std::string::npos);
    html.insert(checked + 8, "=\"\"");
    pugi::xml_document document;
    const auto parsed = document.load_string(html.c_str());
    CHECK_MESSAGE(parsed, parsed.description());
    return document;
}

} // namespace

TEST_CASE("html: what comes from a machine is text, never markup")
{
    const std::string html = RunHtml(SampleReport(kNasty), Language::kEnglish);
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("&lt;script&gt;alert(1)&lt;/script&gt; &quot; onload=&#39;x&#39; &amp;")
        != std::string::npos);
    CHECK(Count(html, "<section") == Count(html, "</section>"));
}

TEST_CASE("html: it loads nothing and runs nothing")
{
    const std::string html = RunHtml(SampleReport(), Language::kEnglish);
    for (const char* part :
        {"<script", "src=", "<link", "@import", "url(", "<iframe", "http-equiv=\"refresh\""})
    {
        CHECK_MESSAGE(html.find(part) == std::string::npos, part);
    }
    CHECK(html.find("default-src 'none'") != std::string::npos);
    CHECK(Count(html, "href=\"") == Count(html, "href=\"https://"));
}

TEST_CASE("html: the answer comes before the evidence, the evidence before the list of all checks")
{
    const std::string html = RunHtml(SampleReport(), Language::kEnglish);
    const auto answer = html.find("One problem was found.");
    const auto evidence = html.find("The start type of the service obengine");
    const auto all = html.find("All checks");
    CHECK(answer < evidence);
    CHECK(evidence < all);
    CHECK(all != std::string::npos);
}

TEST_CASE("html: every element is closed")
{
    const pugi::xml_document document = Parsed(Language::kSpanish);
    CHECK(document.child("html").attribute("lang").value() == std::string("es"));
}

TEST_CASE("html: it is there in both languages, the one of who made it chosen and first")
{
    for (const Language language : {Language::kEnglish, Language::kSpanish})
    {
        const std::string first(WordOf(language));
        const std::string second = first == "en" ? "es" : "en";
        CAPTURE(first);
        const pugi::xml_document document = Parsed(language);
        const pugi::xml_node body = document.child("html").child("body");
        const pugi::xml_node chosen = body.child("div");
        const pugi::xml_node other = chosen.next_sibling("div");
        CHECK(chosen.attribute("lang").value() == first);
        CHECK(other.attribute("lang").value() == second);
        CHECK(chosen.select_nodes(".//section").size() == other.select_nodes(".//section").size());
        CHECK(std::string(chosen.child("h1").text().get()) != other.child("h1").text().get());

        const auto checked = body.select_nodes("input[@checked]");
        REQUIRE(checked.size() == 1);
        CHECK(checked.first().node().attribute("id").value() == "read-" + first);
        CHECK(body.select_nodes("label").size() == 2);
    }
}

} // namespace mars::test
