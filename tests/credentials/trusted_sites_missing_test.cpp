// SPDX-License-Identifier: MIT
#include "zones.h"

#include "endpoints.h"
#include "questions/computer.h"
#include "questions/registry.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("credentials.trusted_sites_missing");
}

RecordedMachine Without(const std::string& hive, const std::string& site)
{
    RecordedMachine machine = AdvisedServer();
    RemoveSite(machine, hive, site);
    const std::size_t separator = site.find('\\');
    if (separator != std::string::npos)
    {
        RemoveSite(machine, hive, site.substr(0, separator));
    }
    return machine;
}

std::vector<std::string> Sites(const Outcome& outcome)
{
    return std::get<std::vector<std::string>>(outcome.facts.at("sites"));
}

void SetPolicyList(RecordedMachine& machine, const std::vector<RegistryKeyContent::NamedValue>& values)
{
    machine.Set(ListRegistryKey{"HKLM" + kZonePolicies + "\\ZoneMapKey"}, RegistryKeyContent{{}, values});
}

} // namespace

TEST_CASE(
    "trusted_sites_missing: sites that are there pass, by https or for every scheme, trusted or intranet")
{
    CheckPassed(Detect(Cause(), AdvisedServer()));
    RecordedMachine machine = Without(kUserHive, "windows.net");
    SetNumber(machine, SiteValue(kUserHive, "windows.net", "Domains", "*"), 1);
    CheckPassed(Detect(Cause(), machine));
    // The network tests are asked over plain HTTP.
    machine = Without(kUserHive, "msftncsi.com\\www");
    SetNumber(machine, SiteValue(kUserHive, "msftncsi.com\\www", "Domains", "http"), 2);
    CheckPassed(Detect(Cause(), machine));
    machine = Without(kUserHive, "msftncsi.com\\www");
    SetNumber(machine, SiteValue(kUserHive, "msftncsi.com"), 2);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("trusted_sites_missing: missing sites of SYSTEM or this user are advice, listed")
{
    for (const std::string& hive : {kUserHive, kSystemHive})
    {
        for (const auto& [key, site] :
            {std::pair("windows.net", "*.windows.net"), std::pair("msftncsi.com\\www", "www.msftncsi.com")})
        {
            const Outcome outcome = Detect(Cause(), Without(hive, key));
            CheckProblem(outcome, Level::kAdvice, "problem");
            CHECK(Sites(outcome) == std::vector<std::string>{site});
        }
    }
    RecordedMachine machine = Without(kUserHive, "windows.net");
    SetNumber(machine, SiteValue(kUserHive, "windows.net", "Domains", "http"), 2);
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "problem");
    SetNumber(machine, SiteValue(kUserHive, "windows.net"), 4);
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "problem");
    CHECK(Propose(Cause(), machine).reason == "site_in_other_zone");
}

TEST_CASE("trusted_sites_missing: the repair adds https only, to the map that counts")
{
    RecordedMachine machine = Without(kUserHive, "msftncsi.com\\www");
    RemoveSite(machine, kSystemHive, "windows.net");
    const RepairProposal proposal = Propose(Cause(), machine);
    CHECK(proposal.plan.changes
        == std::vector<Change>{SetRegistryValue{SiteValue(kSystemHive, "windows.net"), std::nullopt,
                                   RegistryValue::Dword(2), true, {}},
            SetRegistryValue{
                SiteValue(kUserHive, "msftncsi.com\\www"), std::nullopt, RegistryValue::Dword(2), true, {}}});
    CHECK(LowersProtection(proposal.plan));
    CHECK(Propose(Cause(), AdvisedServer()).kind == RepairProposal::Kind::kNothingToDo);
}

TEST_CASE("trusted_sites_missing: Enhanced Security Configuration has a map of its own")
{
    RecordedMachine machine = AdvisedServer();
    SetNumber(machine, {kUserHive + kZoneSettings + "\\ZoneMap", "IEHarden"}, 1);
    for (const char* site : {"microsoft.com", "windowsazure.com", "microsoftonline.com", "windows.net",
             "msftncsi.com\\www", "msftncsi.com", "msftconnecttest.com\\www", "msftconnecttest.com"})
    {
        RemoveSite(machine, kUserHive, site, "EscDomains");
    }
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kAdvice, "problem");
    CHECK(Sites(outcome).size() == EndpointsOf(Cloud::kPublic).trustedSites.size());
    const RepairProposal proposal = Propose(Cause(), machine);
    REQUIRE(proposal.plan.changes.size() == 6);
    CHECK(std::get<SetRegistryValue>(proposal.plan.changes[0]).path
        == SiteValue(kUserHive, "microsoft.com", "EscDomains"));
}

TEST_CASE("trusted_sites_missing: a list of Group Policy counts, and then nothing is changed here")
{
    RecordedMachine machine = Without(kUserHive, "windows.net");
    SetPolicyList(machine, {{"https://*.windows.net", RegistryValue::String("2")}});
    CheckPassed(Detect(Cause(), machine));
    SetPolicyList(machine,
        {{"*.windows.net", RegistryValue::String("4")}, {"example.com", RegistryValue::String("2")}});
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "by_policy");
    CHECK(Propose(Cause(), machine).reason == "set_by_policy");
}

TEST_CASE("trusted_sites_missing: where only the computer's settings count its map is looked at")
{
    RecordedMachine machine = Without(kUserHive, "windows.net");
    SetNumber(machine, {"HKLM" + kZonePolicies, "Security_HKLM_only"}, 1);
    CheckPassed(Detect(Cause(), machine));
    RemoveSite(machine, "HKLM", "windows.net");
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "by_policy");
}

TEST_CASE("trusted_sites_missing: each cloud has its own sites")
{
    RecordedMachine machine = AdvisedServer();
    Given given;
    given.cloud = Cloud::kChina;
    for (const std::string& hive : {kUserHive, kSystemHive})
    {
        for (const char* site :
            {"windowsazure.cn", "microsoftonline.cn\\*.partner", "microsoftonline.cn", "chinacloudapi.cn"})
        {
            RemoveSite(machine, hive, site);
        }
    }
    CHECK(Sites(Detect(Cause(), machine, given))
        == std::vector<std::string>{
            "*.windowsazure.cn", "*.partner.microsoftonline.cn", "*.chinacloudapi.cn"});
    CHECK(std::get<SetRegistryValue>(Propose(Cause(), machine, given).plan.changes.at(1)).path
        == SiteValue(kSystemHive, "microsoftonline.cn\\*.partner"));
}

TEST_CASE("trusted_sites_missing: another user's settings are only looked at")
{
    RecordedMachine machine = Without(kUserHive, "windows.net");
    AskForOther(machine);
    CHECK(Propose(Cause(), machine).reason == "other_users_settings");
    RemoveSite(machine, kSystemHive, "windows.net");
    CHECK(Propose(Cause(), machine).plan.changes.size() == 1);
}

TEST_CASE("trusted_sites_missing: what cannot be read lets nothing pass")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(ReadRegistryValue{SiteValue(kUserHive, "microsoft.com")}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ReadContext{}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
