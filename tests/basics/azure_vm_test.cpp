// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/computer.h"
#include "questions/probes.h"
#include "questions/services.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.azure_vm");
}

constexpr const char* kAzureTag = "7783-7084-3265-9085-8269-3286-77";
const QueryService kGuestAgent{"WindowsAzureGuestAgent"};

ProbeHttp Metadata()
{
    ProbeHttp question;
    question.host = "169.254.169.254";
    question.path = "/metadata/instance?api-version=2021-02-01";
    question.header = "Metadata: true";
    question.limitMilliseconds = 1000;
    return question;
}

void SetMetadata(RecordedMachine& machine, std::uint32_t status)
{
    HttpProbe probe;
    probe.httpStatus = status;
    machine.Set(Metadata(), probe);
}

void RunGuestAgent(RecordedMachine& machine)
{
    ServiceStatus service;
    service.name = kGuestAgent.service;
    service.state = ServiceState::kRunning;
    machine.Set(kGuestAgent, service);
}

} // namespace

TEST_CASE("azure_vm: another machine passes, also with a guest agent that was left behind")
{
    RecordedMachine machine = HealthyServer();
    CheckPassed(Detect(Cause(), machine));
    RunGuestAgent(machine);
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ReadChassisTag{}, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("azure_vm: the firmware's tag or the instance metadata tell")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadChassisTag{}, ChassisTag{kAzureTag});
    CheckProblem(Detect(Cause(), machine), Level::kAdvice);
    machine = HealthyServer();
    SetMetadata(machine, 200);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kAdvice);
    CHECK(outcome.facts.at("instance_metadata") == Fact(true));
    CHECK(outcome.facts.at("azure_asset_tag") == Fact(false));
    SetMetadata(machine, 404);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("azure_vm: offline nothing is sent, and the rest is judged")
{
    Given given;
    given.offline = true;
    RecordedMachine machine = HealthyServer();
    SetMetadata(machine, 200);
    const Outcome outcome = Detect(Cause(), machine, given);
    CheckPassed(outcome);
    CHECK_FALSE(outcome.facts.contains("instance_metadata"));
    machine.Set(ReadChassisTag{}, ChassisTag{kAzureTag});
    CheckProblem(Detect(Cause(), machine, given), Level::kAdvice);
}

TEST_CASE("azure_vm: a firmware that says nothing is no pass, but a running guest agent then tells")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadChassisTag{}, Failure{code::kNotSupported, "GetSystemFirmwareTable"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    RunGuestAgent(machine);
    CheckProblem(Detect(Cause(), machine), Level::kAdvice);
}

} // namespace mars::test
