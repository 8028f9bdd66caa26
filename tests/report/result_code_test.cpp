// SPDX-License-Identifier: MIT
#include "result_code.h"

#include "catalogue.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace mars::test
{

namespace
{

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

RunReport ReportOf(const std::vector<CodedResult>& results)
{
    RunReport report;
    for (const RootCause* cause : AllRootCauses())
    {
        report.checks.push_back({{cause, Outcome::Passed(), {}}, RepairKind::kNone});
        const auto found = std::ranges::find(results, cause, &CodedResult::cause);
        if (found != results.end())
        {
            report.checks.back().result.outcome = found->kind == OutcomeKind::kProblem
                ? Outcome::Problem(found->level)
                : Outcome::CouldNotCheck({code::kTimeout, "x"});
        }
    }
    return report;
}

/// In the order of the catalogue.
std::vector<CodedResult> Sample()
{
    return {{FindRootCause("basics.service_stopped"), OutcomeKind::kProblem, Level::kError},
        {FindRootCause("basics.clock_wrong"), OutcomeKind::kCouldNotCheck, Level::kError},
        {FindRootCause("connectivity.proxy_needs_login"), OutcomeKind::kProblem, Level::kWarning},
        {FindRootCause("scheduling.trigger_disabled"), OutcomeKind::kProblem, Level::kError},
        {AllRootCauses().back(), OutcomeKind::kProblem, Level::kAdvice}};
}

std::string CodeOf(const std::vector<CodedResult>& results)
{
    return ResultCode(ReportOf(results), AllRootCauses());
}

} // namespace

TEST_CASE(
    "result code: what is wrong and what could not be checked comes back, in the order of the catalogue")
{
    const std::string text = CodeOf(Sample());
    CHECK(IsResultCode(text));
    CHECK_MESSAGE(text.size() <= 24, text);
    CHECK(ReadResultCode(text, AllRootCauses()) == Sample());
    CHECK(ReadResultCode(CodeOf({}), AllRootCauses()) == std::vector<CodedResult>());
}

TEST_CASE("result code: every root cause in every state comes back")
{
    for (const CodedResult state : {CodedResult{nullptr, OutcomeKind::kProblem, Level::kError},
             CodedResult{nullptr, OutcomeKind::kProblem, Level::kWarning},
             CodedResult{nullptr, OutcomeKind::kProblem, Level::kAdvice},
             CodedResult{nullptr, OutcomeKind::kCouldNotCheck, Level::kError}})
    {
        std::vector<CodedResult> all;
        for (const RootCause* cause : AllRootCauses())
        {
            all.push_back(state);
            all.back().cause = cause;
            CHECK(ReadResultCode(CodeOf({all.back()}), AllRootCauses()) == std::vector{all.back()});
        }
        CHECK(ReadResultCode(CodeOf(all), AllRootCauses()) == all);
    }
}

TEST_CASE("result code: as a person writes down what another one says")
{
    std::string text = CodeOf(Sample());
    std::ranges::replace(text, '-', ' ');
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    std::ranges::replace(text, '0', 'o');
    CHECK(ReadResultCode("  " + text + " ", AllRootCauses()) == Sample());
}

TEST_CASE("result code: one wrong character, two that changed places, and a missing one are found")
{
    const std::string text = CodeOf(Sample());
    for (std::size_t i = 3; i < text.size(); ++i)
    {
        CAPTURE(i);
        if (text[i] == '-')
        {
            continue;
        }
        for (const char digit : kDigits)
        {
            std::string wrong = text;
            wrong[i] = digit;
            CHECK((wrong == text) == ReadResultCode(wrong, AllRootCauses()).has_value());
        }
        const std::size_t next = i + 1 < text.size() && text[i + 1] == '-' ? i + 2 : i + 1;
        if (next < text.size() && text[i] != text[next])
        {
            std::string swapped = text;
            std::swap(swapped[i], swapped[next]);
            CHECK_FALSE(ReadResultCode(swapped, AllRootCauses()).has_value());
        }
    }
    CHECK_FALSE(ReadResultCode(text.substr(0, text.size() - 1), AllRootCauses()).has_value());
}

TEST_CASE("result code: one of another catalogue is refused, and other texts are no codes")
{
    const std::string text = CodeOf(Sample());
    CHECK_FALSE(ReadResultCode(text, std::span(AllRootCauses()).first(20)).has_value());
    // Also where all its numbers would mean something.
    const std::string first = CodeOf({Sample().front()});
    CHECK(ReadResultCode(first, AllRootCauses()).has_value());
    CHECK_FALSE(ReadResultCode(first, std::span(AllRootCauses()).first(20)).has_value());
    for (const char* other : {"", "M1", "34513", "0x86D1", "B-3", "M1-", "the M1-chip", "M2-0000-0000"})
    {
        CAPTURE(other);
        CHECK_FALSE(ReadResultCode(other, AllRootCauses()).has_value());
    }
    CHECK_FALSE(IsResultCode("B-3"));
    CHECK_FALSE(IsResultCode("34513"));
    CHECK_FALSE(IsResultCode("basics.service_stopped"));
}

} // namespace mars::test
