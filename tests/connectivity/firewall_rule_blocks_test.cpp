// SPDX-License-Identifier: MIT
#include "connectivity/firewall_rules.h"
#include "network.h"
#include "questions/firewall.h"
#include "questions/registry.h"
#include "questions/services.h"

namespace mars::test
{
namespace
{

const std::string kEngine = std::string(kInstallPath) + "bin\\cbengine.exe";
const std::string kPolicyKey = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\";
constexpr std::uint32_t kAllProfiles = 7;

const RootCause& Cause()
{
    return *FindRootCause("connectivity.firewall_rule_blocks");
}

FirewallRule Rule(const std::string& program, const std::string& service = {}, const std::string& ports = {})
{
    return {"No backup", program, service, 6, ports, {}, kAllProfiles, true};
}

RecordedMachine With(const std::vector<FirewallRule>& rules)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadFirewall{}, [&](FirewallState& state) { state.rules = rules; });
    return machine;
}

Outcome DetectWith(const FirewallRule& rule)
{
    return Detect(Cause(), With({rule}));
}

void SetPolicyRule(RecordedMachine& machine, const std::string& text)
{
    machine.Set(ListRegistryKey{kPolicyKey + "FirewallRules"},
        RegistryKeyContent{{}, {{"{0F1E2D3C-0000-4a55-9d0b-3a1c9ef0d001}", RegistryValue::String(text)}}});
}

} // namespace

TEST_CASE("firewall_rule_blocks: a firewall without such rules passes")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
}

TEST_CASE("firewall_rule_blocks: a rule for the agent's program or service is an error, named, and can be "
          "switched off")
{
    for (const FirewallRule& rule : {Rule(kEngine), Rule("C:\\PROGRAM FILES\\x\\CBENGINE.EXE"),
             Rule({}, "OBEngine"), Rule(kEngine, {}, "80")})
    {
        const Outcome outcome = DetectWith(rule);
        CheckProblem(outcome, Level::kError, "agents_own");
        CHECK(std::get<std::vector<Finding>>(outcome.facts.at("rules")).front().subject == "No backup");
        const RepairProposal proposal = Propose(Cause(), With({rule}));
        CHECK(proposal.plan.changes
            == std::vector<Change>{SetFirewallRule{"No backup", rule.program, rule.service, true, false}});
        CHECK(LowersProtection(proposal.plan));
        CHECK(IsReversible(proposal.plan));
    }
}

TEST_CASE("firewall_rule_blocks: a rule for everybody's port 443 is an error for a person to mend")
{
    for (const char* ports : {"443", "80,443", "400-500", "", "*"})
    {
        CheckProblem(DetectWith(Rule({}, {}, ports)), Level::kError, "problem");
        const RepairProposal proposal = Propose(Cause(), With({Rule({}, {}, ports)}));
        CHECK(proposal.kind == RepairProposal::Kind::kGuided);
    }
    FirewallRule any = Rule({}, {}, "443");
    any.protocol = 256;
    CheckProblem(DetectWith(any), Level::kError, "problem");
}

TEST_CASE("firewall_rule_blocks: rules for others, other ports, UDP and single addresses do not count")
{
    for (const char* ports : {"80", "444-500", "RPC", "x"})
    {
        CheckPassed(DetectWith(Rule({}, {}, ports)));
    }
    CheckPassed(DetectWith(Rule("C:\\Windows\\other.exe", {}, "443")));
    CheckPassed(DetectWith(Rule({}, "wuauserv", "443")));
    FirewallRule udp = Rule({}, {}, "443");
    udp.protocol = 17;
    CheckPassed(DetectWith(udp));
    FirewallRule one = Rule({}, {}, "443");
    one.remoteAddresses = "203.0.113.7/255.255.255.255";
    CheckPassed(DetectWith(one));
}

TEST_CASE("firewall_rule_blocks: only rules of a profile that is active and switched on count")
{
    FirewallRule rule = Rule(kEngine);
    rule.profiles = firewall_profile::kPrivate | firewall_profile::kPublic;
    CheckPassed(DetectWith(rule));
    RecordedMachine machine = With({Rule(kEngine)});
    Edit(machine, ReadFirewall{}, [](FirewallState& state) { state.profiles[0].enabled = false; });
    CheckPassed(Detect(Cause(), machine));
    Edit(machine, ReadFirewall{}, [](FirewallState& state) { state.profiles[2].active = true; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "agents_own");
}

TEST_CASE(
    "firewall_rule_blocks: an active profile that blocks what goes out needs a rule that allows the agent")
{
    FirewallRule allowed = Rule(kEngine, {}, "443");
    allowed.blocks = false;
    RecordedMachine machine = With({});
    Edit(machine, ReadFirewall{}, [](FirewallState& state) { state.profiles[1].outboundBlocked = true; });
    CheckPassed(Detect(Cause(), machine));
    Edit(machine, ReadFirewall{}, [](FirewallState& state) { state.profiles[0].outboundBlocked = true; });
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "problem");
    CHECK(
        std::get<std::vector<Finding>>(outcome.facts.at("rules")).front().token == "outbound_blocked_domain");
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    Edit(machine, ReadFirewall{}, [&](FirewallState& state) { state.rules = {allowed}; });
    CheckPassed(Detect(Cause(), machine));
    allowed.profiles = firewall_profile::kPublic;
    Edit(machine, ReadFirewall{}, [&](FirewallState& state) { state.rules = {allowed}; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("firewall_rule_blocks: rules and settings of Group Policy count and are never changed")
{
    RecordedMachine machine = HealthyServer();
    SetPolicyRule(machine, "v2.30|Action=Block|Active=TRUE|Dir=Out|Protocol=6|RPort=443|Name=No web|");
    CheckProblem(Detect(Cause(), machine), Level::kError, "by_policy");
    CHECK(Propose(Cause(), machine).reason == "set_by_policy");
    SetPolicyRule(machine, "v2.30|Action=Block|Active=FALSE|Dir=Out|Protocol=6|RPort=443|Name=No web|");
    CheckPassed(Detect(Cause(), machine));
    machine.Set(
        ReadRegistryValue{{kPolicyKey + "DomainProfile", "DefaultOutboundAction"}}, RegistryValue::Dword(1));
    CheckProblem(Detect(Cause(), machine), Level::kError, "by_policy");
    machine.Set(ReadRegistryValue{{kPolicyKey + "DomainProfile", "EnableFirewall"}}, RegistryValue::Dword(0));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("firewall_rule_blocks: a rule of Group Policy that Windows lists among its own is no local one")
{
    RecordedMachine machine = With({Rule(kEngine)});
    SetPolicyRule(machine,
        "v2.30|Action=Block|Active=TRUE|Dir=Out|App=%ProgramFiles%\\Microsoft Azure Recovery "
        "Services Agent\\bin\\cbengine.exe|Name=No backup|");
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "by_policy");
    CHECK(std::get<std::vector<Finding>>(outcome.facts.at("rules")).size() == 1);
}

TEST_CASE("firewall_rule_blocks: a rule beside the agent's own leaves the repair to a person")
{
    CHECK(Propose(Cause(), With({Rule(kEngine), Rule({}, {}, "443")})).kind == RepairProposal::Kind::kGuided);
    CHECK(Propose(Cause(), With({Rule(kEngine), Rule(kEngine)})).plan.changes.size() == 1);
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

TEST_CASE("firewall_rule_blocks: what cannot be read lets nothing pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFirewall{}, Failure{code::kNotSupported, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    machine = HealthyServer();
    machine.Set(ListRegistryKey{kPolicyKey + "FirewallRules"}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(ReadRegistryValue{{kPolicyKey + "PublicProfile", "EnableFirewall"}},
        Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("firewall_rule_blocks: a rule of Group Policy is read from its text")
{
    const auto rule =
        connectivity::ParsePolicyRule("v2.10|Action=Allow|Active=TRUE|Dir=Out|Protocol=6|Profile=Domain|"
                                      "Profile=Public|RPort=443|RPort2_10=8000-8010|"
                                      "RA4=10.0.0.0/8|App=C:\\a.exe|Svc=obengine|Name=N|Desc=a=b|");
    REQUIRE(rule);
    CHECK(*rule
        == FirewallRule{"N", "C:\\a.exe", "obengine", 6, "443,8000-8010", "10.0.0.0/8",
            firewall_profile::kDomain | firewall_profile::kPublic, false, false});
    for (const char* text : {"", "v2.10|", "|||", "v2.10|Action=Block|Active=TRUE|Dir=In|Name=N|"})
    {
        CHECK_FALSE(connectivity::ParsePolicyRule(text));
    }
}

TEST_CASE("firewall_rule_blocks: a firewall whose service is stopped blocks nothing and need not be read")
{
    RecordedMachine machine = With({Rule(kEngine)});
    ServiceStatus service;
    service.name = "MpsSvc";
    service.state = ServiceState::kRunning;
    machine.Set(QueryService{"MpsSvc"}, service);
    CheckProblem(Detect(Cause(), machine), Level::kError, "agents_own");
    service.state = ServiceState::kStopped;
    machine.Set(QueryService{"MpsSvc"}, service);
    // What Windows then says to whoever asks for the rules.
    machine.Set(ReadFirewall{}, Failure{1753, "x"});
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "stopped");
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kNothingToDo);
}

TEST_CASE("firewall_rule_blocks: a rule with further conditions is named, and is no error")
{
    for (FirewallRule rule : {Rule(kEngine), Rule({}, {}, "443")})
    {
        rule.narrowed = false;
        CheckProblem(DetectWith(rule), Level::kError, rule.program.empty() ? "problem" : "agents_own");
        rule.narrowed = true;
        const Outcome outcome = DetectWith(rule);
        CheckPassed(outcome);
        CHECK(outcome.Text("case") == "narrowed");
        CHECK(std::get<std::vector<Finding>>(outcome.facts.at("rules")).front().subject == "No backup");
    }
    FirewallRule other = Rule("C:\\Windows\\other.exe", {}, "443");
    other.narrowed = true;
    CHECK(DetectWith(other).Text("case").empty());
}

TEST_CASE("firewall_rule_blocks: all addresses are all computers, the internet may be")
{
    for (const char* addresses :
        {"0.0.0.0-255.255.255.255", "10.0.0.1,0.0.0.0/0", "0.0.0.0/0.0.0.0", "::/0, 0.0.0.0/0"})
    {
        FirewallRule rule = Rule({}, {}, "443");
        rule.remoteAddresses = addresses;
        CheckProblem(DetectWith(rule), Level::kError, "problem");
    }
    FirewallRule internet = Rule({}, {}, "443");
    internet.remoteAddresses = "LocalSubnet,Internet";
    CHECK(DetectWith(internet).Text("case") == "narrowed");
}

TEST_CASE("firewall_rule_blocks: where Group Policy lets no local rules count they neither block nor allow")
{
    const RegistryPath merge{kPolicyKey + "DomainProfile", "AllowLocalPolicyMerge"};
    RecordedMachine machine = With({Rule(kEngine)});
    machine.Set(ReadRegistryValue{merge}, RegistryValue::Dword(1));
    CheckProblem(Detect(Cause(), machine), Level::kError, "agents_own");
    machine.Set(ReadRegistryValue{merge}, RegistryValue::Dword(0));
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ReadRegistryValue{merge}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);

    FirewallRule allowed = Rule(kEngine, {}, "443");
    allowed.blocks = false;
    machine = With({allowed});
    Edit(machine, ReadFirewall{}, [](FirewallState& state) { state.profiles[0].outboundBlocked = true; });
    machine.Set(ReadRegistryValue{merge}, RegistryValue::Dword(0));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("firewall_rule_blocks: every condition of a rule of Group Policy that is not understood narrows it")
{
    const std::string plain = "v2.30|Action=Block|Active=TRUE|Dir=Out|Protocol=6|RPort=443|Name=No web|"
                              "Desc=x|EmbedCtxt=y|Defer=App|Edge=FALSE|";
    CHECK(connectivity::ParsePolicyRule(plain)->narrowed == false);
    for (const char* condition : {"IF={5EE95F2E-4C2C-4B31-8C5B-8A8C0F6B3A01}", "IFType=Wireless",
             "LPort=5000", "LPort2_10=1-2", "LA4=10.0.0.1", "LA6=fe80::1", "AppPkgId=S-1-15-2-1",
             "LUAuth=O:LSD:(A;;CC;;;S-1-5-21-1)", "LUOwn=S-1-5-21-1", "RUAuth=x", "RMauth=x",
             "Security=AuthenticateEncrypt", "Platform=2:6:2", "SomethingNew=1"})
    {
        CHECK_MESSAGE(connectivity::ParsePolicyRule(plain + condition + "|")->narrowed == true, condition);
    }
    RecordedMachine machine = HealthyServer();
    SetPolicyRule(machine, plain + "LUAuth=O:LSD:(A;;CC;;;S-1-5-21-1)|");
    CHECK(Detect(Cause(), machine).Text("case") == "narrowed");
}

} // namespace mars::test
