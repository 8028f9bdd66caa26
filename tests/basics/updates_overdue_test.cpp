// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/computer.h"
#include "questions/programs.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.updates_overdue");
}

const FindNewestUpdate kPackages{UpdateSource::kPackages};
const FindNewestUpdate kHistory{UpdateSource::kHistory};

RecordedMachine With(const Answer<InstalledUpdate>& packages, const Answer<InstalledUpdate>& history)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kPackages, packages);
    machine.Set(kHistory, history);
    return machine;
}

InstalledUpdate Before(std::chrono::seconds age)
{
    return {"Package_for_KB5005112~31bf3856ad364e35~amd64~~10.0.1.2", kNow - age};
}

} // namespace

TEST_CASE("updates_overdue: an update within 45 days passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.facts.at("days") == Fact(std::int64_t{20}));
    CheckPassed(Detect(Cause(), With(Before(std::chrono::days(45)), Absent{})));
}

TEST_CASE("updates_overdue: more than 45 days is a warning")
{
    const Outcome outcome =
        Detect(Cause(), With(Before(std::chrono::days(45) + std::chrono::seconds(1)), Absent{}));
    CheckProblem(outcome, Level::kWarning);
    CHECK(outcome.facts.at("days") == Fact(std::int64_t{45}));
    CHECK(outcome.Text("source") == "packages");
}

TEST_CASE("updates_overdue: the history counts only where packages tell nothing")
{
    const InstalledUpdate fresh{"2026-02 Cumulative Update", kNow - std::chrono::days(3)};
    CheckProblem(Detect(Cause(), With(Before(std::chrono::days(60)), fresh)), Level::kWarning);
    for (const Answer<InstalledUpdate>& nothing : {Answer<InstalledUpdate>(Absent{}),
             Answer<InstalledUpdate>(Failure{code::kAccessDenied, "packages"})})
    {
        const Outcome outcome = Detect(Cause(), With(nothing, fresh));
        CheckPassed(outcome);
        CHECK(outcome.Text("source") == "history");
    }
}

TEST_CASE("updates_overdue: no source is no pass, and the first failure is told")
{
    CheckCouldNotCheck(Detect(Cause(), With(Absent{}, Absent{})), code::kNotSupported);
    CheckCouldNotCheck(Detect(Cause(), With(Failure{5, "packages"}, Failure{0x80040154, "history"})), 5);
    CheckCouldNotCheck(Detect(Cause(), With(Absent{}, Failure{0x80040154, "history"})), 0x80040154);
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadClock{}, Failure{code::kTimeout, "clock"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

} // namespace mars::test
