// SPDX-License-Identifier: MIT
#include "pass.h"

#include "ask_once.h"
#include "recorder.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace mars
{

namespace
{

/// Checks mostly wait for answers, so there may be more of them at once than processors: more than there are
/// checks that ask the network, which may all hang.
constexpr std::size_t kSideBySide = 16;

Outcome DetectGuarded(
    const RootCause& cause, const MachineView& view, const Given& given, const AgentHooks& hooks)
{
    try
    {
        return hooks.refute(cause.id, cause.detect(view, given), view);
    }
    catch (const std::exception& error)
    {
        return Outcome::CouldNotCheck({code::kInternalError, std::string(cause.id) + ": " + error.what()});
    }
}

} // namespace

Pass::Pass(std::shared_ptr<const Machine> machine, Given given, const AgentHooks& hooks,
    std::chrono::milliseconds deadline)
    : m_recording(std::make_shared<RecordedMachine>()),
      m_log(std::make_shared<OneLogReading>(std::move(machine))),
      m_machine(AskOnce(RecordAnswers(m_log, m_recording))), m_given(std::move(given)), m_hooks(hooks),
      m_deadline(deadline)
{}

void Pass::Expect(std::span<const RootCause* const> causes)
{
    if (m_hooks.logSearches != nullptr)
    {
        m_log->Announce(m_hooks.logSearches());
    }
    for (const RootCause* cause : causes)
    {
        if (cause->logSearches != nullptr)
        {
            m_log->Announce(cause->logSearches(m_given));
        }
    }
}

Wait Pass::NewWait(std::stop_token stop) const
{
    return {std::chrono::steady_clock::now() + m_deadline, std::move(stop)};
}

MachineView Pass::View(std::stop_token stop, std::shared_ptr<HowFar> howFar) const
{
    Wait wait = NewWait(std::move(stop));
    if (howFar)
    {
        m_log->Watch(howFar);
    }
    wait.howFar = std::move(howFar);
    return MachineView(*m_machine, wait);
}

CheckResult Pass::RunOne(const RootCause& cause, std::stop_token stop)
{
    const auto started = std::chrono::steady_clock::now();
    const Wait wait = NewWait(std::move(stop));
    CheckResult result;
    result.cause = &cause;
    result.outcome = wait.stop.stop_requested()
        ? Outcome::CouldNotCheck({code::kCancelled, std::string(cause.id)})
        : DetectGuarded(cause, MachineView(*m_machine, wait), m_given, m_hooks);
    result.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    return result;
}

std::vector<CheckResult> Pass::Run(std::span<const RootCause* const> causes,
    const std::function<void(const CheckResult&)>& onResult, std::stop_token stop)
{
    Expect(causes);
    std::vector<CheckResult> results(causes.size());
    std::atomic<std::size_t> next{0};
    std::mutex reporting;
    const auto work = [&] {
        for (std::size_t i = next++; i < causes.size(); i = next++)
        {
            results[i] = RunOne(*causes[i], stop);
            if (onResult)
            {
                const std::lock_guard lock(reporting);
                onResult(results[i]);
            }
        }
    };
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < std::min(kSideBySide, causes.size()); ++i)
    {
        workers.emplace_back(work);
    }
    workers.clear();
    return results;
}

} // namespace mars
