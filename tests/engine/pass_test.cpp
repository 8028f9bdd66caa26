// SPDX-License-Identifier: MIT
#include "ask_once.h"
#include "mars_agent.h"
#include "pass.h"

#include "questions/services.h"
#include "test_support.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace mars;
using namespace mars::test;

namespace
{

/// Answers from a recording, counts the questions, and can hold every answer back until it is opened.
class GatedMachine : public Machine
{
public:
    explicit GatedMachine(RecordedMachine machine) : m_machine(std::move(machine)) {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        std::unique_lock lock(m_mutex);
        ++m_asked;
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return m_open; });
        m_machine.Respond(exchange, wait);
    }

    void Close()
    {
        Set(false);
    }
    void Open()
    {
        Set(true);
    }
    int Asked() const
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }
    void WaitUntilAsked(int times) const
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_asked >= times; });
    }

private:
    void Set(bool open)
    {
        const std::lock_guard lock(m_mutex);
        m_open = open;
        m_changed.notify_all();
    }

    RecordedMachine m_machine;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    mutable int m_asked = 0;
    bool m_open = true;
};

Outcome IsServiceRunning(const MachineView& machine, const Given&)
{
    const auto service = machine.Ask(QueryService{"obengine"});
    if (service.HasFailed())
    {
        return Outcome::CouldNotCheck(service.Error());
    }
    return service ? Outcome::Passed() : Outcome::NotApplicable(reason::kServiceMissing);
}

Outcome Throws(const MachineView&, const Given&)
{
    throw std::runtime_error("out of luck");
}

constexpr RootCause kRunning{"test.running", "T-1", RepairKind::kNone, true, IsServiceRunning, nullptr};
constexpr RootCause kRunningToo{
    "test.running_too", "T-2", RepairKind::kNone, true, IsServiceRunning, nullptr};
constexpr RootCause kThrows{"test.throws", "T-3", RepairKind::kNone, true, Throws, nullptr};

constexpr std::chrono::milliseconds kShort{50};
constexpr std::chrono::hours kLong{1};

} // namespace

TEST_CASE("A pass asks each question once, whoever asks and however often")
{
    const auto machine = std::make_shared<GatedMachine>(HealthyServer());
    Pass pass(machine, {}, MarsAgent(), kLong);
    const std::array causes{&kRunning, &kRunningToo};
    for (const CheckResult& result : pass.Run(causes))
    {
        CheckPassed(result.outcome);
    }
    CheckPassed(pass.RunOne(kRunning).outcome);
    CHECK(machine->Asked() == 1);
    CHECK(pass.WhatWasRecorded().QuestionCount() == 1);
}

TEST_CASE("Two checks that ask the same at the same time share one answer")
{
    const auto machine = std::make_shared<GatedMachine>(HealthyServer());
    machine->Close();
    Pass pass(machine, {}, MarsAgent(), kLong);
    std::vector<CheckResult> results;
    std::thread run([&] { results = pass.Run(std::array{&kRunning, &kRunningToo}); });
    machine->WaitUntilAsked(1);
    machine->Open();
    run.join();
    CheckPassed(results.at(0).outcome);
    CheckPassed(results.at(1).outcome);
    CHECK(machine->Asked() == 1);
}

TEST_CASE("A question that fails is not asked again")
{
    RecordedMachine denied;
    denied.Set(QueryService{"obengine"}, Failure{code::kAccessDenied, "OpenService obengine"});
    const auto machine = std::make_shared<GatedMachine>(denied);
    Pass pass(machine, {}, MarsAgent(), kLong);
    CheckCouldNotCheck(pass.RunOne(kRunning).outcome, code::kAccessDenied);
    CheckCouldNotCheck(pass.RunOne(kRunningToo).outcome, code::kAccessDenied);
    CHECK(machine->Asked() == 1);
    CHECK(pass.WhatWasRecorded().QuestionCount() == 1);
}

TEST_CASE("A time-out that comes at once ends its check, is not asked again in a loop, and is not kept")
{
    for (const std::uint32_t code : {code::kTimeout, code::kCancelled})
    {
        RecordedMachine slow;
        slow.Set(QueryService{"obengine"}, Failure{code, "QueryServiceStatusEx"});
        const auto machine = std::make_shared<GatedMachine>(slow);
        Pass pass(machine, {}, MarsAgent(), kShort);
        CheckCouldNotCheck(pass.RunOne(kRunning).outcome, code);
        CHECK(machine->Asked() == 1);
        CheckCouldNotCheck(pass.RunOne(kRunningToo).outcome, code);
        CHECK(machine->Asked() == 2);

        const auto each = AskEachTime(machine);
        CHECK(each->Ask(QueryService{"obengine"}, Wait{}).Error().code == code);
        CHECK(machine->Asked() == 3);
    }
}

TEST_CASE("A question that hangs ends its check at the deadline, is not recorded, and is asked anew")
{
    const auto machine = std::make_shared<GatedMachine>(HealthyServer());
    machine->Close();
    Pass pass(machine, {}, MarsAgent(), kShort);
    CheckCouldNotCheck(pass.RunOne(kRunning).outcome, code::kTimeout);
    CHECK(pass.WhatWasRecorded().QuestionCount() == 0);

    machine->Open();
    Outcome outcome = pass.RunOne(kRunningToo).outcome;
    while (outcome.kind == OutcomeKind::kCouldNotCheck)
    {
        // A slow machine may need more than one deadline.
        outcome = pass.RunOne(kRunningToo).outcome;
    }
    CheckPassed(outcome);
    CHECK(machine->Asked() >= 2);
}

TEST_CASE("One hanging check holds no other")
{
    const auto machine = std::make_shared<GatedMachine>(HealthyServer());
    machine->Close();
    Pass pass(machine, {}, MarsAgent(), kShort);
    std::vector<std::string> arrived;
    pass.Run(std::array{&kRunning, &kThrows},
        [&](const CheckResult& result) { arrived.emplace_back(result.cause->id); });
    CHECK(arrived == std::vector<std::string>{"test.throws", "test.running"});
    machine->Open();
}

TEST_CASE("As many checks as ask the network may hang, and those behind them are done at once")
{
    constexpr std::size_t kHanging = 12;
    const auto machine = std::make_shared<GatedMachine>(HealthyServer());
    machine->Close();
    Pass pass(machine, {}, MarsAgent(), std::chrono::minutes(1));
    std::vector<const RootCause*> causes(kHanging, &kRunning);
    causes.push_back(&kThrows);
    std::vector<std::string> arrived;
    pass.Run(causes, [&](const CheckResult& result) {
        arrived.emplace_back(result.cause->id);
        machine->Open();
    });
    REQUIRE(arrived.size() == kHanging + 1);
    CHECK(arrived.front() == "test.throws");
}

TEST_CASE("Stop ends a pass whose questions hang, and says so in every check that was not done")
{
    const auto machine = std::make_shared<GatedMachine>(HealthyServer());
    machine->Close();
    Pass pass(machine, {}, MarsAgent(), kLong);
    std::stop_source stop;
    std::vector<CheckResult> results;
    std::thread run([&] { results = pass.Run(std::array{&kRunning, &kRunningToo}, {}, stop.get_token()); });
    machine->WaitUntilAsked(1);
    stop.request_stop();
    run.join();
    CheckCouldNotCheck(results.at(0).outcome, code::kCancelled);
    CheckCouldNotCheck(results.at(1).outcome, code::kCancelled);
    machine->Open();
}

TEST_CASE("A check that throws could not check, and names itself")
{
    Pass pass(std::make_shared<RecordedMachine>(HealthyServer()), {}, MarsAgent());
    const Outcome outcome = pass.RunOne(kThrows).outcome;
    CheckCouldNotCheck(outcome, code::kInternalError);
    CHECK(outcome.error->what == "test.throws: out of luck");
}
