// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "connectivity/network.h"
#include "mars_agent.h"
#include "pass.h"
#include "test_support.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>

/// Every root cause of the catalogue on servers that tell little or nothing. What holds here holds for rows
/// that are written later, too.
namespace mars::test
{

namespace
{

/// Answers every question in the same way.
class OneAnswer : public Machine
{
public:
    /// No failure: everything is absent.
    explicit OneAnswer(std::optional<Failure> failure) : m_failure(std::move(failure)) {}

    void Respond(Exchange& exchange, const Wait&) const override
    {
        if (m_failure)
        {
            exchange.Fail(*m_failure);
        }
        else
        {
            exchange.SetAbsent();
        }
    }

private:
    std::optional<Failure> m_failure;
};

/// Gives no answer before it is released, whatever the deadline.
class Hanging : public Machine
{
public:
    void Respond(Exchange& exchange, const Wait&) const override
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_released; });
        exchange.SetAbsent();
    }
    void Release()
    {
        const std::lock_guard lock(m_mutex);
        m_released = true;
        m_changed.notify_all();
    }

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    bool m_released = false;
};

/// A healthy server that writes down which questions it was asked.
class Watched : public Machine
{
public:
    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_asked.insert(std::string(exchange.Name()));
        }
        m_machine.Respond(exchange, wait);
    }
    std::set<std::string> Asked() const
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }

private:
    RecordedMachine m_machine = OnlineServer();
    mutable std::mutex m_mutex;
    mutable std::set<std::string> m_asked;
};

/// So that every check has something to look at.
Given Everything()
{
    Given given;
    given.offlineSeeding = true;
    return given;
}

std::vector<CheckResult> RunAll(std::shared_ptr<const Machine> machine, const Given& given = Everything(),
    std::chrono::milliseconds deadline = std::chrono::hours(1))
{
    Pass pass(std::move(machine), given, MarsAgent(), deadline);
    return pass.Run(AllRootCauses());
}

bool IsBlind(const Outcome& outcome)
{
    return outcome.kind == OutcomeKind::kCouldNotCheck || outcome.kind == OutcomeKind::kManual;
}

} // namespace

TEST_CASE("Where every question is refused, every check says so and none passes or finds a problem")
{
    for (const CheckResult& result :
        RunAll(std::make_shared<OneAnswer>(Failure{code::kAccessDenied, "test"})))
    {
        CAPTURE(result.cause->id);
        CHECK(IsBlind(result.outcome));
        if (result.outcome.error)
        {
            CHECK(result.outcome.error->code == code::kAccessDenied);
        }
    }
}

TEST_CASE("On an empty recording every check says that nothing was recorded")
{
    for (const CheckResult& result : RunAll(std::make_shared<RecordedMachine>()))
    {
        CAPTURE(result.cause->id);
        CHECK(IsBlind(result.outcome));
        if (result.outcome.error)
        {
            CHECK(result.outcome.error->code == code::kNotRecorded);
        }
    }
}

TEST_CASE("On a computer that has nothing at all no check breaks, and no agent is said once")
{
    std::set<std::string> problems;
    for (const CheckResult& result : RunAll(std::make_shared<OneAnswer>(std::nullopt)))
    {
        CAPTURE(result.cause->id);
        if (result.outcome.error)
        {
            CHECK(result.outcome.error->code != code::kInternalError);
        }
        if (result.outcome.IsProblem())
        {
            problems.insert(std::string(result.cause->id));
        }
    }
    CHECK(problems.contains("basics.agent_missing"));
    for (const char* needsAgent : {"basics.agent_outdated", "basics.service_stopped",
             "scheduling.task_missing", "scheduling.task_disabled", "encryption.scratch_folder_missing"})
    {
        CAPTURE(needsAgent);
        CHECK_FALSE(problems.contains(needsAgent));
    }
}

TEST_CASE("Where every question hangs, the whole run ends and every check says that it timed out")
{
    const auto machine = std::make_shared<Hanging>();
    for (const CheckResult& result : RunAll(machine, Everything(), std::chrono::milliseconds(20)))
    {
        CAPTURE(result.cause->id);
        CHECK(IsBlind(result.outcome));
        if (result.outcome.error)
        {
            CHECK(result.outcome.error->code == code::kTimeout);
        }
    }
    machine->Release();
}

TEST_CASE("Offline, no check asks a question that sends a packet")
{
    const auto machine = std::make_shared<Watched>();
    Given given;
    given.offline = true;
    RunAll(machine, given);
    const std::set<std::string> asked = machine->Asked();
    for (const char* sends : {"probe_https", "probe_http", "resolve_name", "find_proxy_for_url"})
    {
        CAPTURE(sends);
        CHECK_FALSE(asked.contains(sends));
    }
    CHECK(asked.contains("query_service"));
}

TEST_CASE("A healthy server that reaches the internet has no problem, and everything can be checked")
{
    for (const CheckResult& result : RunAll(std::make_shared<RecordedMachine>(OnlineServer())))
    {
        CAPTURE(result.cause->id);
        CHECK_FALSE(result.outcome.IsProblem());
        CHECK(result.outcome.kind != OutcomeKind::kCouldNotCheck);
    }
}

} // namespace mars::test
