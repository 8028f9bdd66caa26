// SPDX-License-Identifier: MIT
#include "agent.h"
#include "catalogue.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("encryption.passphrase_lost");
}

/// A server whose values of the registration are all answered like this.
RecordedMachine WithRegistration(const Answer<RegistryValue>& answer)
{
    RecordedMachine machine = HealthyServer();
    for (const char* value : {"ServiceResourceName", "MachineId", "ResourceId"})
    {
        machine.Set(ReadRegistryValue{{kAgentConfigKey, value}}, answer);
    }
    return machine;
}

bool Can(const Outcome& outcome, const char* what)
{
    return outcome.facts.at(what) == Fact(true);
}

} // namespace

TEST_CASE("passphrase_lost: only a person can tell; a registered server can be given a new one")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CHECK(outcome.kind == OutcomeKind::kManual);
    CHECK(outcome.Text("case") == "registered");
    CHECK(Can(outcome, "can_be_changed"));
    CHECK_FALSE(Can(outcome, "cannot_be_changed"));
}

TEST_CASE("passphrase_lost: without a registration no new one can be set")
{
    const Outcome outcome = Detect(Cause(), WithRegistration(Absent{}));
    CHECK(outcome.kind == OutcomeKind::kManual);
    CHECK(outcome.Text("case") == "not_registered");
    CHECK_FALSE(Can(outcome, "can_be_changed"));
    CHECK(Can(outcome, "cannot_be_changed"));
}

TEST_CASE("passphrase_lost: where the registration cannot be read both ways are told")
{
    const Outcome outcome =
        Detect(Cause(), WithRegistration(Failure{code::kAccessDenied, "RegQueryValueEx"}));
    CHECK(outcome.kind == OutcomeKind::kManual);
    CHECK(outcome.Text("case").empty());
    CHECK(Can(outcome, "can_be_changed"));
    CHECK(Can(outcome, "cannot_be_changed"));
}

TEST_CASE("passphrase_lost: needs the agent")
{
    const ReadFileInfo engine{std::string(kInstallPath) + "bin\\cbengine.exe"};
    RecordedMachine machine = HealthyServer();
    machine.Set(engine, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
    machine.Set(engine, Failure{code::kAccessDenied, "GetFileAttributesEx"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
