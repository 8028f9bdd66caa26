// SPDX-License-Identifier: MIT
#pragma once

#include "agent_hooks.h"
#include "one_log_reading.h"
#include "recorded_machine.h"
#include "root_cause.h"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace mars
{

struct CheckResult
{
    const RootCause* cause = nullptr;
    Outcome outcome;
    std::chrono::milliseconds duration{};
};

inline constexpr std::chrono::seconds kDefaultDeadline{10};

/// One look at one machine: what was asked once is not asked again, so all checks of a pass judge the same
/// facts, and the pass can be kept as a recording. Asks for each root cause at most once.
class Pass
{
public:
    /// `deadline` is each check's own, counted from its start.
    Pass(std::shared_ptr<const Machine> machine, Given given, const AgentHooks& hooks,
        std::chrono::milliseconds deadline = kDefaultDeadline);

    /// These are going to be run: the agent's log is read once for all that they look for. Run says so
    /// itself; whoever asks before it says it first.
    void Expect(std::span<const RootCause* const> causes);

    /// Runs the checks side by side and calls `onResult` for each as it arrives, one call at a time, from any
    /// thread. Returns the results in the order of `causes`. After a stop the checks not yet done are
    /// could_not_check (cancelled). A check that throws is could_not_check too.
    std::vector<CheckResult> Run(std::span<const RootCause* const> causes,
        const std::function<void(const CheckResult&)>& onResult = {}, std::stop_token stop = {});

    CheckResult RunOne(const RootCause& cause, std::stop_token stop = {});

    /// For asking the pass's machine outside a check, within one deadline from now. `howFar` shows how far
    /// the reading of the agent's log is.
    MachineView View(std::stop_token stop = {}, std::shared_ptr<HowFar> howFar = nullptr) const;
    const Given& WhatWasGiven() const
    {
        return m_given;
    }
    /// Everything asked so far.
    const RecordedMachine& WhatWasRecorded() const
    {
        return *m_recording;
    }

private:
    Wait NewWait(std::stop_token stop) const;

    std::shared_ptr<RecordedMachine> m_recording;
    std::shared_ptr<OneLogReading> m_log;
    /// Asks once, and writes down.
    std::shared_ptr<const Machine> m_machine;
    Given m_given;
    AgentHooks m_hooks;
    std::chrono::milliseconds m_deadline;
};

} // namespace mars
