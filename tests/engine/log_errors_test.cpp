// SPDX-License-Identifier: MIT
#include "log_errors.h"
#include "test_support.h"

#include <set>

namespace mars::test
{
namespace
{

LogError Number(std::uint32_t number)
{
    return {number, {}, "jobs", Level::kError};
}

LogError Text(const std::string& text)
{
    return {0, text, "jobs", Level::kError};
}

std::optional<std::vector<LogError>> ParseOne(const std::string& attributes)
{
    return ParseLogErrors("<log_errors><error " + attributes + "/></log_errors>");
}

} // namespace

TEST_CASE("log_errors: the table of the program names each error once")
{
    std::set<std::string> names;
    for (const LogError& error : LogErrors())
    {
        CHECK_MESSAGE(names.insert(error.Name()).second, error.Name());
    }
    CHECK(names.contains("34513 (0x86D1)"));
    CHECK(names.contains("0x80070570"));
    CHECK(LogErrorPatterns().size() > names.size());
}

TEST_CASE("log_errors: a number in all its spellings")
{
    CHECK(Number(100034).Patterns() == std::vector<std::string>{"0x186C2", "0x000186C2", "100034"});
    CHECK(Number(0x800423F2).Patterns() == std::vector<std::string>{"0x800423F2", "0x800423f2"});
    for (const char* message : {"Failed: Hr: = [0x186C2]", "Hr: = [0x000186C2]", "(ID: 100034)", "100034"})
    {
        CHECK_MESSAGE(Number(100034).IsIn(message), message);
    }
    for (const char* message : {"0x186C20", "1000345", "2100034", "A0x186C2", "186C2", ""})
    {
        CHECK_FALSE_MESSAGE(Number(100034).IsIn(message), message);
    }
}

TEST_CASE("log_errors: a name is not found in a longer name, a beginning of a sentence is")
{
    CHECK(Text("SalFailedToMountVhd").IsIn("job: SalFailedToMountVhd."));
    CHECK_FALSE(Text("SalFailedToMountVhd").IsIn("SalFailedToMountVhdSemaphoreTimeoutError"));
    CHECK(Text("BackupRead failed on file(").IsIn("BackupRead failed on file(C:\\a) with 0x8000ffff"));
}

TEST_CASE("log_errors: what is no table")
{
    CHECK(ParseOne(R"(number="34513" section="credentials" level="error")").has_value());
    CHECK(
        ParseOne(R"(text="SalVdsGeneric" section="jobs" level="warning")")->front().level == Level::kWarning);
    for (const char* attributes : {R"(section="jobs" level="error")",
             R"(number="1" text="a" section="jobs" level="error")", R"(number="1" level="error")",
             R"(number="1" section="jobs" level="fatal")", R"(number="1" section="jobs")"})
    {
        CHECK_FALSE_MESSAGE(ParseOne(attributes).has_value(), attributes);
    }
    CHECK_FALSE(ParseLogErrors("<log_errors/>").has_value());
    CHECK_FALSE(ParseLogErrors("no XML").has_value());
}

} // namespace mars::test
