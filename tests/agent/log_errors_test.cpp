// SPDX-License-Identifier: MIT
#include "error_number.h"
#include "known_errors.h"
#include "log_findings.h"
#include "test_support.h"

#include <algorithm>
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
    // Microsoft prints five digits as well.
    CHECK(Number(34502).Patterns() == std::vector<std::string>{"0x86C6", "0x086C6", "0x000086C6", "34502"});
    CHECK(Number(0x800423F2).Patterns() == std::vector<std::string>{"0x800423F2", "0x800423f2"});
    for (const char* message :
        {"Failed: Hr: = [0x186C2]", "Hr: = [0x000186C2]", "(ID: 100034)", "error 100034"})
    {
        CHECK_MESSAGE(Number(100034).IsIn(message), message);
    }
    for (const char* message : {"0x186C20", "1000345", "2100034", "A0x186C2", "186C2", "100034",
             "100034 bytes", "process id 100034", ""})
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

TEST_CASE("log_errors: what Microsoft tells people to look for is found, whatever language Windows speaks")
{
    const auto found = [](std::string_view message) {
        std::set<std::string> ids;
        for (const LogError& error : LogErrors())
        {
            if (error.IsIn(message))
            {
                ids.insert(error.known.empty() ? error.Name() : error.known);
            }
        }
        return ids;
    };
    using Ids = std::set<std::string>;
    for (const auto& [message, id] :
        std::initializer_list<std::pair<const char*, const char*>>{
            {"A connection attempt failed because the connected party did not properly respond",
                "server_unreachable"},
            {"durante el intento de conexi\xF3n ya que la parte conectada", "server_unreachable"},
            {"durante el intento de conexi\xC3\xB3n ya que la parte conectada", "server_unreachable"},
            {"System.Net.WebException: Unable to connect to the remote server", "server_unreachable"},
            {"The remote name could not be resolved: 'HOST'", "name_not_resolved"},
            {"No se puede resolver el nombre remoto: 'HOST'", "name_not_resolved"},
            {"The remote certificate is invalid according to the validation procedure.",
                "certificate_not_trusted"},
            {"El certificado remoto no es v\xE1lido", "certificate_not_trusted"},
            {"Could not create SSL/TLS secure channel.", "secure_channel"},
            {"the target machine actively refused it 127.0.0.1:5001", "engine_not_connected"},
            {"AADSTS700024: Client assertion is not within its valid time range.", "AADSTS700024"},
            {"AADSTS700027: Client assertion contains an invalid signature.", "AADSTS700027"},
            {"Failed: Hr: = [0x80780054]", "0x80780054"}, {"(0x086C6)", "34502 (0x86C6)"},
            {"Hr: = [0x80042306]", "0x80042306"}, {"Import job with name 'Seed1' is not found", "0x80780054"},
            {"Unable to create an Azure AD application credential in customer's account",
                "offline_credential"},
            {"Failed: Hr: = [0x8000ffff] BackupRead failed on file(D:\\a.doc)", "0x8000ffff"}})
    {
        CHECK_MESSAGE(found(message) == Ids{id}, message);
    }
    CHECK(found("The remote server returned an error: (404) Not Found.").empty());
}

TEST_CASE("log_errors: the log and errors.xml have one answer for an error")
{
    const std::vector<KnownError> known = KnownErrors(BuiltInKnowledge());
    // What errors.xml does not explain: a piece of the log around other errors.
    const std::set<std::string> onlyInTheLog{"Exception in GetAADToken"};
    for (const LogError& error : LogErrors())
    {
        const auto same =
            std::ranges::find_if(known, [&](const KnownError& one) { return IsSameError(one, error); });
        CHECK_MESSAGE((same != known.end()) != onlyInTheLog.contains(error.Name()), error.Name());
        CHECK_MESSAGE((same == known.end() || same->section == error.section), error.Name());
    }
}

TEST_CASE(
    "log_errors: what errors.xml knows by its name or by a number of the agent's is looked for in the log")
{
    const auto isLookedFor = [](const KnownError& known, auto isIt) {
        return std::ranges::any_of(
            LogErrors(), [&](const LogError& error) { return IsSameError(known, error) && isIt(error); });
    };
    for (const KnownError& known : KnownErrors(BuiltInKnowledge()))
    {
        const bool undocumented = known.title.parent().attribute("undocumented").as_bool();
        for (const std::string& number : known.numbers)
        {
            const std::uint32_t value = *ParseErrorNumber(number);
            const bool found =
                isLookedFor(known, [&](const LogError& error) { return error.number == value; });
            CHECK_MESSAGE((found || undocumented || !IsOfTheAgent(value)), number);
        }
        for (const std::string& name : known.names)
        {
            CHECK_MESSAGE(
                isLookedFor(known, [&](const LogError& error) { return error.text == name; }), name);
        }
    }
}

TEST_CASE("log_errors: what is no table")
{
    CHECK(ParseOne(R"(number="34513" section="credentials" level="error")").has_value());
    CHECK(
        ParseOne(R"(text="SalVdsGeneric" section="jobs" level="warning")")->front().level == Level::kWarning);
    for (const char* attributes : {R"(section="jobs" level="error")",
             R"(number="1" text="a" section="jobs" level="error")", R"(number="1" level="error")",
             R"(text="a" section="jobs" level="error"><spelling/></error><error text="b")",
             R"(number="1" section="jobs" level="error"><spelling>b</spelling></error><error text="b")",
             R"(number="1" section="jobs" level="fatal")", R"(number="1" section="jobs")"})
    {
        CHECK_FALSE_MESSAGE(ParseOne(attributes).has_value(), attributes);
    }
    CHECK_FALSE(ParseLogErrors("<log_errors/>").has_value());
    CHECK_FALSE(ParseLogErrors("no XML").has_value());
}

} // namespace mars::test
