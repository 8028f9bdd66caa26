// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/files.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("restore.mount_stuck");
}

const ReadFileInfo kEngineFile{std::string(kInstallPath) + "bin\\cbengine.exe"};

} // namespace

TEST_CASE("mount_stuck: only a person can tell")
{
    CHECK(Detect(Cause(), HealthyServer()).kind == OutcomeKind::kManual);
}

TEST_CASE("mount_stuck: without the agent nothing can be mounted")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEngineFile, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
    machine.Set(kEngineFile, Failure{code::kAccessDenied, "GetFileAttributesEx"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
