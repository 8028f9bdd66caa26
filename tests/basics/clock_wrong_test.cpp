// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "fake_server.h"
#include "mars_agent.h"
#include "network_test.h"
#include "questions/computer.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "repair.h"
#include "test_support.h"

#include <fmt/format.h>

namespace mars::test
{
namespace
{

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const RootCause& Cause()
{
    return *FindRootCause("basics.clock_wrong");
}

const QueryService kService{"W32Time"};
const ReadRegistryValue kZone{
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation", "TimeZoneKeyName"}};
const ReadRegistryValue kType{{"HKLM\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters", "Type"}};
const ReadRegistryValue kPolicyType{{"HKLM\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Parameters", "Type"}};
const ProbeHttps kSecure{"login.microsoftonline.com", 443, ""};

/// The answers to both network tests, with the text of each where it has a date.
void SetTests(
    RecordedMachine& machine, Answer<HttpProbe> answer, const ProxySettings& settings = ProxySettings{})
{
    const auto questions = NetworkTestQuestions(settings);
    for (std::size_t i = 0; i < questions.size(); ++i)
    {
        if (answer && answer->serverDate)
        {
            answer->body = kNetworkTests[i].body;
        }
        machine.Set(questions[i], answer);
    }
}

/// This computer's clock is ahead by so much.
RecordedMachine Ahead(seconds skew)
{
    RecordedMachine machine = HealthyServer();
    HttpProbe probe;
    probe.httpStatus = 200;
    probe.serverDate = kNow - skew;
    probe.answeredAt = kNow;
    SetTests(machine, probe);
    return machine;
}

RecordedMachine WithService(StartType startType, ServiceState state = ServiceState::kStopped)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kService, [&](ServiceStatus& service) {
        service.startType = startType;
        service.state = state;
    });
    return machine;
}

void LeaveDomain(RecordedMachine& machine)
{
    Edit(machine, ReadContext{}, [](ProcessContext& context) { context.domain.clear(); });
}

} // namespace

TEST_CASE("clock_wrong: a clock within five minutes passes, and local time and zone are told")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("local_time") == "2026-03-10T13:00:00+01:00");
    CHECK(outcome.Text("time_zone") == "Romance Standard Time");
    CHECK(outcome.facts.at("skew_seconds") == Fact(std::int64_t{2}));
    CheckPassed(Detect(Cause(), Ahead(minutes(5))));
    CheckPassed(Detect(Cause(), Ahead(-minutes(5))));
}

TEST_CASE("clock_wrong: more than five minutes is an error in either direction")
{
    const Outcome ahead = Detect(Cause(), Ahead(seconds(301)));
    CheckProblem(ahead, Level::kError, "ahead");
    CHECK(ahead.facts.at("skew_minutes") == Fact(std::int64_t{5}));
    CHECK(ahead.Text("compared_with") == "www.msftconnecttest.com");
    const Outcome behind = Detect(Cause(), Ahead(-seconds(301)));
    CheckProblem(behind, Level::kError, "behind");
    CHECK(behind.facts.at("skew_seconds") == Fact(std::int64_t{-301}));
}

TEST_CASE("clock_wrong: near a multiple of 15 minutes it may be the time zone")
{
    CheckProblem(Detect(Cause(), Ahead(hours(1))), Level::kError, "zone_ahead");
    CheckProblem(Detect(Cause(), Ahead(-hours(2) - seconds(119))), Level::kError, "zone_behind");
    CheckProblem(Detect(Cause(), Ahead(minutes(13))), Level::kError, "zone_ahead");
    CheckProblem(Detect(Cause(), Ahead(minutes(13) - seconds(1))), Level::kError, "ahead");
    CheckProblem(Detect(Cause(), Ahead(hours(1) + seconds(121))), Level::kError, "ahead");
    CheckProblem(Detect(Cause(), Ahead(minutes(6))), Level::kError, "ahead");
}

TEST_CASE("clock_wrong: the time is asked through the proxy that a configuration script names")
{
    const std::string proxy = "proxy.contoso.example:3128";
    ProxySettings settings;
    settings.autoConfigUrl = "http://wpad.contoso.example/wpad.dat";
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    SetTests(machine, Failure{code::kNotRecorded, "direct"});
    HttpProbe probe;
    probe.httpStatus = 200;
    probe.serverDate = kNow - minutes(6);
    probe.answeredAt = kNow;
    for (const NetworkTest& test : kNetworkTests)
    {
        machine.Set(FindProxyForUrl{fmt::format("http://{}/", test.host), settings.autoConfigUrl},
            ProxyRoute{{proxy}});
    }
    ProxySettings found;
    found.enabled = true;
    found.server = proxy;
    SetTests(machine, probe, found);
    CheckProblem(Detect(Cause(), machine), Level::kError, "ahead");

    SetTests(machine, Failure{code::kTimeout, "x"}, found);
    machine.Set(
        FindProxyForUrl{"https://" + kSecure.host + "/", settings.autoConfigUrl}, ProxyRoute{{proxy}});
    HttpsProbe secure;
    secure.httpStatus = 200;
    secure.serverDate = kNow + minutes(6);
    machine.Set(ProbeHttps{kSecure.host, kSecure.port, proxy}, secure);
    CheckProblem(Detect(Cause(), machine), Level::kError, "behind");
}

TEST_CASE("clock_wrong: where plain HTTP tells no time HTTPS is asked")
{
    RecordedMachine machine = HealthyServer();
    HttpProbe silent;
    silent.end = ProbeEnd::kTimedOut;
    silent.code = 10060;
    SetTests(machine, silent);
    HttpsProbe secure;
    secure.httpStatus = 200;
    secure.serverDate = kNow - minutes(6);
    machine.Set(kSecure, secure);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "ahead");
    CHECK(outcome.Text("compared_with") == "login.microsoftonline.com");
    // No far end at all: the first failure is told.
    machine.Set(kSecure, Failure{code::kTimeout, "probe"});
    CheckCouldNotCheck(Detect(Cause(), machine), 10060);
}

TEST_CASE("clock_wrong: through the proxy of SYSTEM")
{
    RecordedMachine machine = HealthyServer();
    ProxySettings proxy;
    proxy.enabled = true;
    proxy.server = "proxy.contoso.example:8080";
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, proxy);
    HttpProbe probe;
    probe.httpStatus = 200;
    probe.serverDate = kNow + minutes(7);
    probe.answeredAt = kNow;
    SetTests(machine, probe, proxy);
    CheckProblem(Detect(Cause(), machine), Level::kError, "behind");
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "proxy"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("clock_wrong: through the agent's own proxy, where the person gave one")
{
    RecordedMachine machine = Ahead(seconds(0));
    HttpProbe probe;
    probe.httpStatus = 200;
    probe.serverDate = kNow + minutes(7);
    probe.answeredAt = kNow;
    ProxySettings own;
    own.enabled = true;
    own.server = "proxy.contoso.example:3128";
    SetTests(machine, probe, own);
    Given given;
    CheckPassed(Detect(Cause(), machine, given));
    given.agentProxy = own.server;
    CheckProblem(Detect(Cause(), machine, given), Level::kError, "behind");
}

TEST_CASE("clock_wrong: a page that a proxy puts in place of the test's text has the proxy's time")
{
    RecordedMachine machine = HealthyServer();
    HttpProbe page;
    page.httpStatus = 403;
    page.serverDate = kNow - hours(3);
    page.answeredAt = kNow;
    page.body = "<html>Blocked by your";
    for (const ProbeHttp& question : NetworkTestQuestions(ProxySettings{}))
    {
        machine.Set(question, page);
    }
    HttpsProbe secure;
    secure.httpStatus = 200;
    secure.serverDate = kNow;
    machine.Set(kSecure, secure);
    CHECK(Detect(Cause(), machine).Text("compared_with") == kSecure.host);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("clock_wrong: offline the rest is judged")
{
    Given given;
    given.offline = true;
    CheckPassed(Detect(Cause(), Ahead(hours(3)), given));
    RecordedMachine machine = Ahead(hours(3));
    machine.Set(kZone, Absent{});
    CheckProblem(Detect(Cause(), machine, given), Level::kWarning, "time_zone_missing");
}

TEST_CASE("clock_wrong: a disabled time service is a warning on a member of a domain only")
{
    RecordedMachine machine = WithService(StartType::kDisabled);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "service_disabled");
    LeaveDomain(machine);
    CheckPassed(Detect(Cause(), machine));
    CheckPassed(Detect(Cause(), WithService(StartType::kManual)));
    machine = HealthyServer();
    machine.Set(kService, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "service_missing");
    LeaveDomain(machine);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("clock_wrong: a time zone that is missing or empty is a warning")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kZone, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "time_zone_missing");
    machine.Set(kZone, RegistryValue::String(""));
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "time_zone_missing");
}

TEST_CASE("clock_wrong: what cannot be read is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kZone, Failure{code::kAccessDenied, "zone"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(kService, Failure{code::kTimeout, "service"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine = HealthyServer();
    machine.Set(ReadClock{}, Failure{code::kTimeout, "clock"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine = HealthyServer();
    machine.Set(ReadContext{}, Failure{code::kInternalError, "context"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kInternalError);
}

TEST_CASE("clock_wrong: the repair lets the service start, starts it and sets the clock")
{
    RecordedMachine machine = Ahead(minutes(10));
    Edit(machine, kService, [](ServiceStatus& service) {
        service.startType = StartType::kDisabled;
        service.state = ServiceState::kStopped;
    });
    const RepairProposal member = Propose(Cause(), machine);
    REQUIRE(member.kind == RepairProposal::Kind::kPlanned);
    CHECK(member.plan.changes
        == std::vector<Change>{SetServiceStartType{"W32Time", StartType::kDisabled, StartType::kAutomatic},
            StartService{"W32Time"}, ResyncClock{600}});
    CHECK_FALSE(IsReversible(member.plan));
    CHECK_FALSE(Cause().reversible);
    LeaveDomain(machine);
    CHECK(Propose(Cause(), machine).plan.changes.front()
        == Change(SetServiceStartType{"W32Time", StartType::kDisabled, StartType::kManual}));
    CHECK(Propose(Cause(), Ahead(-minutes(10))).plan.changes == std::vector<Change>{ResyncClock{-600}});
}

TEST_CASE("clock_wrong: guided only on a domain controller, without a source, or where that cannot be read")
{
    RecordedMachine controller = Ahead(minutes(10));
    Edit(controller, ReadWindowsVersion{}, [](WindowsVersion& windows) { windows.domainController = true; });
    CHECK(Propose(Cause(), controller).reason == "domain_controller");
    for (const ReadRegistryValue& value : {kType, kPolicyType})
    {
        RecordedMachine machine = Ahead(minutes(10));
        machine.Set(value, RegistryValue::String("NoSync"));
        const RepairProposal proposal = Propose(Cause(), machine);
        CHECK(proposal.kind == RepairProposal::Kind::kGuided);
        CHECK(proposal.reason == "time_not_synchronised");
    }
    RecordedMachine machine = Ahead(minutes(10));
    machine.Set(kType, Absent{});
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kPlanned);
    machine.Set(kType, Failure{code::kAccessDenied, "type"});
    CHECK(Propose(Cause(), machine).reason == "could_not_check");
}

TEST_CASE("clock_wrong: guided beyond the largest step that the time service makes in that direction")
{
    const auto step = [](const char* key, const char* value) { return ReadRegistryValue{{key, value}}; };
    const char* const set = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Config";
    const char* const policy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Config";
    const auto tooFar = [](const RecordedMachine& machine) {
        return Propose(Cause(), machine).reason == "clock_too_far";
    };
    CHECK_FALSE(tooFar(Ahead(hours(24 * 365))));

    // Ahead: the correction is a negative one.
    RecordedMachine machine = Ahead(seconds(7201));
    machine.Set(step(set, "MaxPosPhaseCorrection"), RegistryValue::Dword(60));
    CHECK_FALSE(tooFar(machine));
    machine.Set(step(set, "MaxNegPhaseCorrection"), RegistryValue::Dword(7200));
    CHECK(tooFar(machine));
    machine.Set(step(policy, "MaxNegPhaseCorrection"), RegistryValue::Dword(7201));
    CHECK_FALSE(tooFar(machine));
    RecordedMachine behind = Ahead(-seconds(7201));
    behind.Set(step(set, "MaxPosPhaseCorrection"), RegistryValue::Dword(7200));
    CHECK(tooFar(behind));

    // Without the value, 15 hours outside a domain, any distance in one.
    for (const auto& [distance, far] : {std::pair(seconds(54'000), false), std::pair(seconds(54'001), true)})
    {
        RecordedMachine alone = Ahead(distance);
        alone.Set(step(set, "MaxNegPhaseCorrection"), Absent{});
        CHECK_FALSE(tooFar(alone));
        LeaveDomain(alone);
        CHECK(tooFar(alone) == far);
    }
    machine.Set(step(policy, "MaxNegPhaseCorrection"), Failure{code::kAccessDenied, "limit"});
    CHECK(Propose(Cause(), machine).reason == "could_not_check");
}

TEST_CASE("clock_wrong: a recording that does not know the largest step goes by 48 hours")
{
    for (const auto& [distance, planned] :
        {std::pair(seconds(172'800), true), std::pair(seconds(172'801), false)})
    {
        RecordedMachine machine = Ahead(distance);
        machine.Set(ReadRegistryValue{{"HKLM\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Config",
                        "MaxNegPhaseCorrection"}},
            Failure{code::kNotRecorded, "limit"});
        CHECK((Propose(Cause(), machine).kind == RepairProposal::Kind::kPlanned) == planned);
    }
}

TEST_CASE("clock_wrong: offline the source is not asked")
{
    Given given;
    given.offline = true;
    CHECK(Propose(Cause(), WithService(StartType::kDisabled), given).plan.changes
        == std::vector<Change>{SetServiceStartType{"W32Time", StartType::kDisabled, StartType::kAutomatic},
            StartService{"W32Time"}});
}

TEST_CASE("clock_wrong: a missing time zone or service has no automatic repair")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kZone, Absent{});
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    machine = HealthyServer();
    machine.Set(kService, Absent{});
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
}

TEST_CASE("clock_wrong: setting the clock cannot be undone, the start type can")
{
    RecordedMachine sick = WithService(StartType::kDisabled);
    const auto machine = std::make_shared<RecordedMachine>(sick);
    const auto fate = std::make_shared<Fate>();
    const auto changer = std::make_shared<FakeChanger>(machine, fate);
    RepairEngine engine(machine, changer, std::make_shared<MemoryFolder>(fate), MarsAgent());
    const RepairResult result = engine.Apply(engine.MakePlan(Cause(), {}, {}), {}, {});
    CHECK(result.status == RepairStatus::kApplied);
    CHECK(result.verified);
    CHECK(changer->runs == std::vector<std::string>{"+W32Time", "resync"});
    CHECK(engine.Undo(result.journal).status == UndoStatus::kUndone);
    CHECK(machine->Ask(kService, Wait{})->startType == StartType::kDisabled);
}

TEST_CASE("clock_wrong: a clock that cannot be set leaves the service as it was")
{
    const auto machine = std::make_shared<RecordedMachine>(WithService(StartType::kDisabled));
    const auto fate = std::make_shared<Fate>();
    const auto changer = std::make_shared<FakeChanger>(machine, fate);
    RepairEngine engine(machine, changer, std::make_shared<MemoryFolder>(fate), MarsAgent());
    const RepairResult plan = engine.MakePlan(Cause(), {}, {});
    for (int call = 1; call < 40 && changer->runs != std::vector<std::string>{"+W32Time", "-W32Time"}; ++call)
    {
        changer->runs.clear();
        fate->Spoil(Fate::Kind::kFail, call);
        const RepairResult result = engine.Apply(plan, {}, {});
        if (result.status == RepairStatus::kApplied)
        {
            break;
        }
        CHECK(machine->Ask(kService, Wait{})->startType == StartType::kDisabled);
        CHECK(machine->Ask(kService, Wait{})->state == ServiceState::kStopped);
    }
    CHECK(changer->runs == std::vector<std::string>{"+W32Time", "-W32Time"});
}

} // namespace mars::test
