// SPDX-License-Identifier: MIT
#include "html.h"

#include "count_text.h"
#include "sample_report.h"

#include <doctest/doctest.h>
#include <pugixml.hpp>

namespace mars::test
{

namespace
{

constexpr const char* kNasty = "<script>alert(1)</script> \" onload='x' & </section>";

} // namespace

TEST_CASE("html: what comes from a machine is text, never markup")
{
    const std::string html = RunHtml(SampleReport(kNasty), BuiltInKnowledge(), Language::kEnglish);
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("&lt;script&gt;alert(1)&lt;/script&gt; &quot; onload=&#39;x&#39; &amp;")
        != std::string::npos);
    CHECK(Count(html, "<section") == Count(html, "</section>"));
}

TEST_CASE("html: it loads nothing and runs nothing")
{
    const std::string html = RunHtml(SampleReport(), BuiltInKnowledge(), Language::kEnglish);
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
    const std::string html = RunHtml(SampleReport(), BuiltInKnowledge(), Language::kEnglish);
    const auto answer = html.find("One problem was found.");
    const auto evidence = html.find("The start type of the service obengine");
    const auto all = html.find("All checks");
    CHECK(answer < evidence);
    CHECK(evidence < all);
    CHECK(all != std::string::npos);
}

TEST_CASE("html: every element is closed")
{
    std::string html = RunHtml(SampleReport(kNasty), BuiltInKnowledge(), Language::kSpanish);
    CHECK(html.find("<html lang=\"es\">") != std::string::npos);
    // The void elements are the only ones that XML does not allow.
    for (std::size_t at = html.find("<meta "); at != std::string::npos; at = html.find("<meta ", at + 1))
    {
        html.insert(html.find('>', at), "/");
    }
    pugi::xml_document document;
    const auto parsed = document.load_string(html.c_str());
    CHECK_MESSAGE(parsed, parsed.description());
}

} // namespace mars::test
