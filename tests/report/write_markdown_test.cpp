// SPDX-License-Identifier: MIT
#include "write_markdown.h"

#include "run_document.h"
#include "sample_report.h"

#include <doctest/doctest.h>

namespace mars::test
{

namespace
{

std::string RunMarkdown(const RunReport& report)
{
    return WriteMarkdown(RunDocument(report, BuiltInKnowledge(), Language::kEnglish));
}

} // namespace

TEST_CASE("markdown: nothing from a machine is markup")
{
    CHECK(EscapeMarkdown("a_b*c*[x](y) <b> `r` | # & \\")
        == "a\\_b\\*c\\*\\[x\\](y) &lt;b\\> \\`r\\` \\| \\# &amp; \\\\");
    const std::string text = RunMarkdown(SampleReport("[click](https://evil.example) |"));
    CHECK(text.find("[click](") == std::string::npos);
    CHECK(text.find("\\[click\\](https://evil.example) \\|") != std::string::npos);
}

TEST_CASE("markdown: the answer comes first, then what is wrong, then all checks")
{
    const std::string text = RunMarkdown(SampleReport());
    CHECK(text.starts_with("# Azure Backup (MARS) check\n"));
    CHECK(text.find("**One problem was found.") < text.find("### Error B-3:"));
    CHECK(text.find("### Error B-3:") < text.find("| Passed | B-1 |"));
    CHECK(text.find("| Passed | B-1 |") != std::string::npos);
}

} // namespace mars::test
