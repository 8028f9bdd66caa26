// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/devices.h"
#include "questions/services.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("restore.iscsi_target_stale");
}

Outcome DetectWith(std::vector<IscsiSession> sessions)
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(ListIscsiSessions{}, IscsiSessionList{std::move(sessions)});
    return Detect(Cause(), machine);
}

} // namespace

TEST_CASE("iscsi_target_stale: no session, or sessions with connections, pass")
{
    CheckPassed(DetectWith({}));
    const Outcome outcome =
        DetectWith({{"iqn.2020-01.example:disk1", 1, false}, {"iqn.2020-01.example:disk2", 2, true}});
    CheckPassed(outcome);
    CHECK(outcome.facts.at("sessions") == Fact(std::int64_t{2}));
}

TEST_CASE("iscsi_target_stale: sessions without a connection are named")
{
    const Outcome outcome = DetectWith({{"iqn.2020-01.example:disk1", 1, false},
        {"iqn.1991-05.com.microsoft:recovery", 0, false}, {"iqn.2020-01.example:disk2", 0, true}});
    CheckProblem(outcome, Level::kWarning);
    CHECK(outcome.facts.at("targets")
        == Fact(std::vector<std::string>{"iqn.1991-05.com.microsoft:recovery", "iqn.2020-01.example:disk2"}));
}

TEST_CASE("iscsi_target_stale: sessions that cannot be listed are not none")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(ListIscsiSessions{}, Failure{code::kAccessDenied, "GetIScsiSessionList"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("iscsi_target_stale: while the service is stopped, or not there, there is no session")
{
    RecordedMachine machine = AdvisedServer();
    // EPT_S_NOT_REGISTERED, which is what Windows says then.
    machine.Set(ListIscsiSessions{}, Failure{1753, "GetIScsiSessionList"});
    CheckCouldNotCheck(Detect(Cause(), machine), 1753);
    Edit(machine, QueryService{"MSiSCSI"},
        [](ServiceStatus& service) { service.state = ServiceState::kStopped; });
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "no_session");
    machine.Set(QueryService{"MSiSCSI"}, Absent{});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(QueryService{"MSiSCSI"}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), 1753);
    machine.Set(ListIscsiSessions{}, IscsiSessionList{});
    CheckPassed(Detect(Cause(), machine));
}

} // namespace mars::test
