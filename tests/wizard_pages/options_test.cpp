// SPDX-License-Identifier: MIT
#include "model/options.h"

#include "known_errors.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mars;

namespace
{

WizardOptions Parsed(const std::vector<std::string>& arguments)
{
    const auto result = ParseWizardOptions(arguments);
    const bool good = std::holds_alternative<WizardOptions>(result);
    REQUIRE(good);
    return std::get<WizardOptions>(result);
}

OptionsFault Refused(const std::vector<std::string>& arguments)
{
    const auto result = ParseWizardOptions(arguments);
    const bool bad = std::holds_alternative<OptionsFault>(result);
    REQUIRE(bad);
    return std::get<OptionsFault>(result);
}

constexpr const char* kSid = "S-1-5-21-1111111111-2222222222-3333333333-1105";

} // namespace

TEST_CASE("wizard options: nothing is a fine command line")
{
    CHECK(Parsed({}) == WizardOptions());
}

TEST_CASE("wizard options: every option is taken in both spellings")
{
    const WizardOptions options = Parsed({"--section", "restore", "--check=B-3", "--error", "34513",
        "--symptom", "backups do not run", "--lang=es", "--cloud", "usgov", "--credentials",
        "C:\\Users\\maria\\v.VaultCredentials", "--machine", "server.xml", "--plan", "plan.xml", "--step",
        "scheduling.trigger_disabled", "--step=basics.service_stopped", "--data-size=1500",
        "--offline-seeding", "--agent-proxy", "proxy.contoso.com:8080", "--for-user", kSid});
    CHECK(options.dataBytes == 1500ULL << 30);
    CHECK(options.offlineSeeding);
    CHECK(options.agentProxy == "proxy.contoso.com:8080");
    CHECK(options.section == "restore");
    CHECK(options.check == "basics.service_stopped");
    CHECK(options.error == "34513");
    CHECK(options.symptom == "backups do not run");
    CHECK(options.language == Language::kSpanish);
    CHECK(options.cloud == Cloud::kUsGov);
    CHECK(options.credentials == "C:\\Users\\maria\\v.VaultCredentials");
    CHECK(options.machine == "server.xml");
    CHECK(options.plan == "plan.xml");
    CHECK(options.steps == std::vector<std::string>{"scheduling.trigger_disabled", "basics.service_stopped"});
    CHECK(options.agentProxy == "proxy.contoso.com:8080");
    CHECK(options.forUser == kSid);
}

TEST_CASE("wizard options: what is not known or not legal is refused and named")
{
    using Kind = OptionsFault::Kind;
    CHECK(Refused({"--screenshots", "x"}) == OptionsFault{Kind::kUnknownOption, "--screenshots", ""});
    CHECK(Refused({"report.xml"}) == OptionsFault{Kind::kUnknownOption, "report.xml", ""});
    CHECK(Refused({"--lang"}) == OptionsFault{Kind::kMissingValue, "--lang", ""});
    CHECK(Refused({"--error", "--lang"}) == OptionsFault{Kind::kMissingValue, "--error", ""});
    CHECK(Refused({"--lang", "fr"}) == OptionsFault{Kind::kBadValue, "--lang", "fr"});
    CHECK(Refused({"--section", "jokes"}) == OptionsFault{Kind::kBadValue, "--section", "jokes"});
    CHECK(Refused({"--check=X-99"}) == OptionsFault{Kind::kBadValue, "--check", "X-99"});
    CHECK(Refused({"--data-size", "much"}) == OptionsFault{Kind::kBadValue, "--data-size", "much"});
    CHECK(Refused({"--data-size"}) == OptionsFault{Kind::kMissingValue, "--data-size", {}});
    CHECK(Refused({"--agent-proxy", "http://proxy:8080"})
        == OptionsFault{Kind::kBadValue, "--agent-proxy", "http://proxy:8080"});
    CHECK(
        Refused({"--offline-seeding=no"}) == OptionsFault{Kind::kUnknownOption, "--offline-seeding=no", {}});
    CHECK(Refused({"--for-user", "maria"}) == OptionsFault{Kind::kBadValue, "--for-user", "maria"});
    CHECK(Refused({"--credentials", "v.VaultCredentials"}).kind == Kind::kBadValue);
    CHECK(Refused({"--plan="}) == OptionsFault{Kind::kBadValue, "--plan", ""});
    CHECK(Refused({"--step", "basics.nonsense"}).kind == Kind::kBadValue);
}

TEST_CASE("wizard options: a step that is named twice is one step")
{
    CHECK(Parsed({"--step", "basics.service_stopped", "--step", "basics.service_stopped"}).steps.size() == 1);
}

TEST_CASE("elevated copy: gets the closed list of options and nothing else")
{
    WizardOptions options;
    options.section = "scheduling";
    options.check = "basics.service_stopped";
    options.error = "0x1FC07";
    options.symptom = "a pasted symptom";
    options.machine = "C:\\recording.xml";
    options.plan = "C:\\Users\\maria\\Downloads\\plan.xml";
    options.steps = {"scheduling.trigger_disabled", "basics.service_stopped"};
    options.language = Language::kSpanish;
    options.cloud = Cloud::kChina;
    options.credentials = "\\\\files\\share\\my vault.VaultCredentials";
    options.dataBytes = (1ULL << 30) + (1ULL << 29);
    options.offlineSeeding = true;
    options.agentProxy = "none";
    options.forUser = kSid;
    CHECK(ElevatedArguments(options)
        == std::vector<std::string>{"--section", "scheduling", "--check", "basics.service_stopped", "--lang",
            "es", "--cloud", "china", "--error", "0x1FC07", "--credentials",
            "\\\\files\\share\\my vault.VaultCredentials", "--data-size", "1.5", "--agent-proxy", "none",
            "--offline-seeding", "--step", "scheduling.trigger_disabled", "--step", "basics.service_stopped",
            "--for-user", kSid});

    SUBCASE("and accepts what it was given")
    {
        WizardOptions arrived = Parsed(ElevatedArguments(options));
        options.symptom.clear();
        options.machine.clear();
        options.plan.clear();
        CHECK(arrived == options);
    }
    SUBCASE("a proxy only where it is one")
    {
        options.agentProxy = "proxy:8080 --check S-3";
        const auto arguments = ElevatedArguments(options);
        CHECK(std::ranges::find(arguments, "--agent-proxy") == arguments.end());
    }
    SUBCASE("a symptom by its id only")
    {
        options.symptom = KnownSymptoms(BuiltInKnowledge()).front().id;
        CHECK(Parsed(ElevatedArguments(options)).symptom == options.symptom);
    }
    SUBCASE("but no pasted text")
    {
        options.error = "Invalid vault credentials provided\" --machine x";
        const auto arguments = ElevatedArguments(options);
        CHECK(std::find(arguments.begin(), arguments.end(), "--error") == arguments.end());
    }
    SUBCASE("and no proxy that is none")
    {
        options.agentProxy = "--machine x";
        const auto arguments = ElevatedArguments(options);
        CHECK(std::find(arguments.begin(), arguments.end(), "--agent-proxy") == arguments.end());
    }
    SUBCASE("and no step that the catalogue does not have")
    {
        options.steps = {"basics.nonsense", "C:\\plan.xml"};
        const auto arguments = ElevatedArguments(options);
        CHECK(std::find(arguments.begin(), arguments.end(), "--step") == arguments.end());
    }
}

TEST_CASE("command line: quoted so that Windows splits it again")
{
    CHECK(JoinCommandLine({}) == "");
    CHECK(JoinCommandLine({"--lang", "es"}) == "--lang es");
    CHECK(JoinCommandLine({"a b", ""}) == "\"a b\" \"\"");
    CHECK(JoinCommandLine({"C:\\my folder\\"}) == "\"C:\\my folder\\\\\"");
    CHECK(JoinCommandLine({"say \"hi\""}) == "\"say \\\"hi\\\"\"");
    CHECK(JoinCommandLine({"a\\\"b"}) == "\"a\\\\\\\"b\"");
    CHECK(JoinCommandLine({"\\\\server\\share"}) == "\\\\server\\share");
}

TEST_CASE("error numbers: decimal and hexadecimal")
{
    CHECK(IsErrorNumber("34513"));
    CHECK(IsErrorNumber("0x1FC07"));
    CHECK(IsErrorNumber("4294967295"));
    CHECK_FALSE(IsErrorNumber(""));
    CHECK_FALSE(IsErrorNumber("0x"));
    CHECK_FALSE(IsErrorNumber("0x123456789"));
    CHECK_FALSE(IsErrorNumber("34513 "));
    CHECK_FALSE(IsErrorNumber("12345678901"));
    CHECK_FALSE(IsErrorNumber("-1"));
}

TEST_CASE("SIDs: the shape is checked")
{
    CHECK(IsSid(kSid));
    CHECK(IsSid("S-1-5-18"));
    CHECK_FALSE(IsSid(""));
    CHECK_FALSE(IsSid("S-1-5"));
    CHECK_FALSE(IsSid("S-2-5-18"));
    CHECK_FALSE(IsSid("S-1-5-18\\..\\x"));
    CHECK_FALSE(IsSid("S-1-5--18"));
    CHECK_FALSE(IsSid("S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16"));
}

TEST_CASE("paths: absolute ones without characters that no path has")
{
    CHECK(IsAbsolutePath("C:\\x"));
    CHECK(IsAbsolutePath("\\\\server\\share\\x"));
    CHECK(IsAbsolutePath("\\\\?x") == false);
    CHECK_FALSE(IsAbsolutePath(""));
    CHECK_FALSE(IsAbsolutePath("C:"));
    CHECK_FALSE(IsAbsolutePath("C:x"));
    CHECK_FALSE(IsAbsolutePath("x\\y"));
    CHECK_FALSE(IsAbsolutePath("\\\\\\x"));
    CHECK_FALSE(IsAbsolutePath("C:\\a\"b"));
    CHECK_FALSE(IsAbsolutePath("C:\\a\nb"));
    CHECK_FALSE(IsAbsolutePath("C:\\a:stream"));
}
