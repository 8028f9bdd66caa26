// SPDX-License-Identifier: MIT
#include "catalogue.h"
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
    RecordedMachine machine = HealthyServer();
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
    RecordedMachine machine = HealthyServer();
    machine.Set(ListIscsiSessions{}, Failure{code::kAccessDenied, "GetIScsiSessionList"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
