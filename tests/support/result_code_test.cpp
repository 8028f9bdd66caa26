// SPDX-License-Identifier: MIT
#include "result_code.h"

#include "catalogue.h"
#include "xml_guard.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

namespace mars::test
{

namespace
{

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::vector<CheckResult> RunOf(const std::vector<CodedResult>& results)
{
    std::vector<CheckResult> run;
    for (const RootCause* cause : AllRootCauses())
    {
        run.push_back({cause, Outcome::Passed(), {}});
        const auto found = std::ranges::find(results, cause, &CodedResult::cause);
        if (found != results.end())
        {
            run.back().outcome = found->kind == OutcomeKind::kProblem
                ? Outcome::Problem(found->level)
                : Outcome::CouldNotCheck({code::kTimeout, "x"});
        }
    }
    return run;
}

/// In the order of the catalogue.
std::vector<CodedResult> Sample()
{
    return {{FindRootCause("basics.service_stopped"), "B-3", OutcomeKind::kProblem, Level::kError},
        {FindRootCause("basics.clock_wrong"), "B-9", OutcomeKind::kCouldNotCheck, Level::kError},
        {FindRootCause("connectivity.proxy_needs_login"), "N-4", OutcomeKind::kProblem, Level::kWarning},
        {FindRootCause("scheduling.trigger_disabled"), "S-3", OutcomeKind::kProblem, Level::kError},
        {FindRootCause("jobs.shadow_storage_low"), "J-5", OutcomeKind::kProblem, Level::kAdvice}};
}

/// Nothing where the code is refused.
std::optional<std::vector<CodedResult>> Read(
    std::string_view text, std::span<const RootCause* const> causes = AllRootCauses())
{
    const auto results = ReadResultCode(text, causes);
    return results ? std::optional(*results) : std::nullopt;
}

std::string CodeOf(const std::vector<CodedResult>& results)
{
    return ResultCode(RunOf(results), AllRootCauses());
}

} // namespace

TEST_CASE(
    "result code: what is wrong and what could not be checked comes back, in the order of the catalogue")
{
    const std::string text = CodeOf(Sample());
    CHECK(IsResultCode(text));
    CHECK_MESSAGE(text.size() <= 24, text);
    CHECK(Read(text) == Sample());
    CHECK(Read(CodeOf({})) == std::vector<CodedResult>());
}

TEST_CASE("result code: every root cause in every state comes back")
{
    for (const CodedResult& state : {CodedResult{nullptr, {}, OutcomeKind::kProblem, Level::kError},
             CodedResult{nullptr, {}, OutcomeKind::kProblem, Level::kWarning},
             CodedResult{nullptr, {}, OutcomeKind::kProblem, Level::kAdvice},
             CodedResult{nullptr, {}, OutcomeKind::kCouldNotCheck, Level::kError}})
    {
        std::vector<CodedResult> all;
        for (const RootCause* cause : AllRootCauses())
        {
            all.push_back(state);
            all.back().cause = cause;
            all.back().step = cause->code;
            CHECK(Read(CodeOf({all.back()})) == std::vector{all.back()});
        }
        CHECK(Read(CodeOf(all)) == all);
    }
}

TEST_CASE("result code: as a person writes down what another one says")
{
    std::string text = CodeOf(Sample());
    std::ranges::replace(text, '-', ' ');
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    std::ranges::replace(text, '0', 'o');
    CHECK(Read("  " + text + " ") == Sample());
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
            CHECK((wrong == text) == Read(wrong).has_value());
        }
        const std::size_t next = i + 1 < text.size() && text[i + 1] == '-' ? i + 2 : i + 1;
        if (next < text.size() && text[i] != text[next])
        {
            std::string swapped = text;
            std::swap(swapped[i], swapped[next]);
            CHECK_FALSE(Read(swapped).has_value());
        }
    }
    CHECK_FALSE(Read(text.substr(0, text.size() - 1)).has_value());
}

TEST_CASE("result code: a row that the reader does not have is named, the others come back")
{
    const auto fewer = std::span(AllRootCauses()).first(3);
    auto expected = Sample();
    for (CodedResult& result : expected)
    {
        result.cause = result.step == "B-3" ? result.cause : nullptr;
    }
    CHECK(Read(CodeOf(Sample()), fewer) == expected);
    // Rows in another order, and new ones between them, change nothing.
    std::vector<const RootCause*> reversed(AllRootCauses().rbegin(), AllRootCauses().rend());
    CHECK(Read(CodeOf(Sample()), reversed) == Sample());
}

TEST_CASE("result code: one of a newer kind is newer, and other texts are no codes")
{
    CHECK(ReadResultCode("M3-0000-0000", AllRootCauses()).Error().code == code::kNewerFormat);
    CHECK(IsResultCode("m3-0000"));
    for (const char* other : {"", "M2", "34513", "0x86D1", "B-3", "M2-", "M2-0", "the M2-chip",
             "M2-0000-0000", "M1-0000-0000", "M1-", "M365-backup"})
    {
        CAPTURE(other);
        CHECK(ReadResultCode(other, AllRootCauses()).HasFailed());
        CHECK(ReadResultCode(other, AllRootCauses()).Error().code == code::kInvalidData);
    }
    CHECK_FALSE(IsResultCode("B-3"));
    CHECK_FALSE(IsResultCode("34513"));
    CHECK_FALSE(IsResultCode("basics.service_stopped"));
    CHECK_FALSE(IsResultCode("M365-backup"));
}

} // namespace mars::test
