// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "outcome.h"
#include "recorded_machine.h"
#include "root_cause.h"

#include <doctest/doctest.h>

#include <string>

namespace mars::test
{

/// 2026-03-10T12:00:00Z: "now" on every test server.
inline constexpr Timestamp kNow =
    std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) + std::chrono::hours(12);

/// A Windows Server 2019 as its set-up leaves it, with an agent that is installed, registered and in good
/// order, and its new vault credentials file in Downloads: nothing on it is an error or a warning. Tests
/// start from it and break one thing. tests/servers has the other servers.
RecordedMachine HealthyServer();
/// The same after every advice was followed, with the iSCSI service running: every root cause of the
/// catalogue that can pass, passes. For tests of those that are advice on the other one.
RecordedMachine AdvisedServer();

/// Short names for the places that tests change most.
inline constexpr const char* kAgentKey = "HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup";
inline constexpr const char* kInstallPath = "C:\\Program Files\\Microsoft Azure Recovery Services Agent\\";
inline constexpr const char* kScratch = "C:\\Program Files\\Microsoft Azure Recovery Services Agent\\Scratch";
inline constexpr const char* kTaskFolder = "\\Microsoft\\OnlineBackup";

/// Reads and changes the healthy answer: `Edit(machine, QueryService{"obengine"}, [](ServiceStatus& s) { ...
/// })`.
template <class Question, class Function>
void Edit(RecordedMachine& machine, const Question& question, Function change)
{
    auto answer = machine.Ask(question, Wait{});
    REQUIRE(answer.HasValue());
    change(*answer);
    machine.Set(question, *answer);
}

/// Runs the check on the machine, on its recording read back from XML, and on the redacted recording, and
/// checks that the three agree (stand-ins aside). Returns the live outcome.
Outcome Detect(const RootCause& cause, const RecordedMachine& machine, const Given& given = {});

/// The proposal for the outcome that Detect finds.
RepairProposal Propose(const RootCause& cause, const RecordedMachine& machine, const Given& given = {});

/// Shorter checks of an outcome; the message names what was found.
void CheckPassed(const Outcome& outcome);
void CheckProblem(const Outcome& outcome, Level level, const std::string& textCase = {});
void CheckNotApplicable(const Outcome& outcome, const std::string& reason);
void CheckCouldNotCheck(const Outcome& outcome, std::uint32_t code);

} // namespace mars::test
