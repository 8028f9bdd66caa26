// SPDX-License-Identifier: MIT
#include "sample_report.h"

#include "catalogue.h"
#include "test_support.h"

namespace mars::test
{

namespace
{

ReportedCheck Check(const char* id, Outcome outcome, RepairKind repair = RepairKind::kNone)
{
    return {{FindRootCause(id), std::move(outcome), std::chrono::milliseconds(3)}, repair};
}

} // namespace

RunReport SampleReport(const std::string& name)
{
    RunReport report;
    report.tool = "mars-check";
    report.started = kNow;
    report.machine.name = "FILESRV07";
    report.machine.windows = "Windows Server 2019 Standard (10.0.17763)";
    report.machine.user = "maria.lopez";
    report.machine.elevated = true;
    report.facts = {{"agent_version", Fact(std::string("2.0.9938.0"))}, {"vault", Absent{}},
        {"proxy_user", Failure{code::kAccessDenied, "RegOpenKey"}}};
    report.checks = {Check("basics.agent_missing", Outcome::Passed()),
        Check("basics.agent_outdated", Outcome::CouldNotCheck({code::kTimeout, "GetFileVersionInfo"})),
        Check(
            "basics.scratch_space_low", Outcome::Problem(Level::kAdvice, {{"free", ByteCount{5ULL << 30}}})),
        Check("basics.service_stopped",
            Outcome::Problem(Level::kError,
                {{"case", std::string("disabled")}, {"service", std::string("obengine")},
                    {"display_name", name}}),
            RepairKind::kOneClick)};
    return report;
}

} // namespace mars::test
