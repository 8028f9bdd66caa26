// SPDX-License-Identifier: MIT
#include "one_log_reading.h"

#include "catalogue.h"
#include "mars_agent.h"
#include "pass.h"
#include "test_support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <vector>

namespace mars::test
{

namespace
{

/// A live server: it can read its log for several searches at once, and counts its readings.
class Server : public Machine
{
public:
    explicit Server(RecordedMachine machine) : m_machine(std::move(machine)) {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        if (auto* const many = As<SearchAgentLogs>(exchange))
        {
            ++readings;
            LogScans scans;
            for (const LogSearch& search : many->question.searches)
            {
                const auto scan = m_machine.Ask(
                    ScanAgentLogs{many->question.folder, search.patterns, search.wholeWords}, wait);
                scans.scans.push_back(scan.ValueOr({}));
            }
            many->answer = scans;
            return;
        }
        if (auto* const one = As<ScanAgentLogs>(exchange))
        {
            const std::lock_guard lock(mutex);
            single.push_back(LogSearch{one->question.patterns, one->question.wholeWords});
        }
        m_machine.Respond(exchange, wait);
    }

    mutable std::atomic<int> readings = 0;
    mutable std::mutex mutex;
    mutable std::vector<LogSearch> single;

private:
    RecordedMachine m_machine;
};

std::vector<Outcome> Outcomes(const std::shared_ptr<const Machine>& machine)
{
    Pass pass(machine, Given{}, MarsAgent());
    std::vector<Outcome> outcomes;
    for (const CheckResult& result : pass.Run(AllRootCauses()))
    {
        outcomes.push_back(result.outcome);
    }
    return outcomes;
}

/// With an answer to everything that is looked for: a live log has one.
RecordedMachine WithWholeLog(RecordedMachine machine)
{
    std::vector<LogSearch> searches = MarsAgent().logSearches();
    for (const RootCause* cause : AllRootCauses())
    {
        const auto more =
            cause->logSearches != nullptr ? cause->logSearches(Given{}) : std::vector<LogSearch>();
        searches.insert(searches.end(), more.begin(), more.end());
    }
    for (const LogSearch& search : searches)
    {
        const ScanAgentLogs question{std::string(kInstallPath) + "Temp", search.patterns, search.wholeWords};
        if (machine.Ask(question, {}).HasFailed())
        {
            LogScan nothing;
            nothing.totals.resize(search.patterns.size());
            nothing.times.resize(search.patterns.size());
            machine.Set(question, nothing);
        }
    }
    return machine;
}

const std::string kFolder = "C:\\Temp";

RecordedMachine MachineWithLog()
{
    RecordedMachine machine;
    machine.Set(ScanAgentLogs{kFolder, {"a"}}, LogScan{{{kNow, "a", "WARNING", "a"}}, {1}});
    machine.Set(ScanAgentLogs{kFolder, {"b"}, true}, LogScan{{}, {7}});
    machine.Set(ScanAgentLogs{kFolder, {"c"}}, LogScan{{}, {9}});
    return machine;
}

} // namespace

TEST_CASE("one log reading: a pass of all checks reads the log once, and finds what it finds otherwise")
{
    for (const RecordedMachine& machine : {WithWholeLog(HealthyServer()), WithWholeLog(AdvisedServer())})
    {
        const auto server = std::make_shared<Server>(machine);
        CHECK(Outcomes(server) == Outcomes(std::make_shared<RecordedMachine>(machine)));
        CHECK(server->readings == 1);
        // The newest line's time, for which nothing is searched.
        CHECK(std::ranges::all_of(server->single, [](const LogSearch& one) { return one.patterns.empty(); }));
    }
}

TEST_CASE(
    "one log reading: each search gets its own answer, and one that nobody announced is asked by itself")
{
    const auto server = std::make_shared<Server>(MachineWithLog());
    OneLogReading machine(server);
    machine.Announce(std::vector<LogSearch>{{{"a"}}, {{"b"}, true}});
    CHECK(machine.Ask(ScanAgentLogs{kFolder, {"b"}, true}, {})->totals == std::vector<std::uint64_t>{7});
    CHECK(machine.Ask(ScanAgentLogs{kFolder, {"a"}}, {})->matches.size() == 1);
    CHECK(server->readings == 1);
    CHECK(server->single.empty());
    CHECK(machine.Ask(ScanAgentLogs{kFolder, {"c"}}, {})->totals == std::vector<std::uint64_t>{9});
    CHECK(server->readings == 1);
    CHECK(server->single == std::vector<LogSearch>{{{"c"}}});
}

TEST_CASE("one log reading: what is announced too late is read by itself")
{
    const auto server = std::make_shared<Server>(MachineWithLog());
    OneLogReading machine(server);
    machine.Announce(std::vector<LogSearch>{{{"a"}}});
    CHECK(machine.Ask(ScanAgentLogs{kFolder, {"a"}}, {}).HasValue());
    machine.Announce(std::vector<LogSearch>{{{"c"}}});
    CHECK(machine.Ask(ScanAgentLogs{kFolder, {"c"}}, {})->totals == std::vector<std::uint64_t>{9});
    CHECK(server->readings == 1);
}

TEST_CASE("one log reading: who has more time than the one who began it reads what that one had no time for")
{
    struct Slow : Machine
    {
        void Respond(Exchange& exchange, const Wait&) const override
        {
            if (auto* const many = As<SearchAgentLogs>(exchange))
            {
                LogScan partial{{}, {1}};
                partial.missedBecause = code::kTimeout;
                many->answer = LogScans{{partial}};
            }
            if (auto* const one = As<ScanAgentLogs>(exchange))
            {
                one->answer = LogScan{{}, {2}};
            }
        }
    };
    OneLogReading machine(std::make_shared<Slow>());
    machine.Announce(std::vector<LogSearch>{{{"a"}}});
    const ScanAgentLogs question{kFolder, {"a"}};
    CHECK(machine.Ask(question, {})->totals == std::vector<std::uint64_t>{2});
    // Who has no more time takes what there is.
    Wait over;
    over.deadline = std::chrono::steady_clock::time_point::min();
    CHECK(machine.Ask(question, over)->totals == std::vector<std::uint64_t>{1});
}

TEST_CASE("one log reading: a recording is asked for each search as before")
{
    OneLogReading machine(std::make_shared<RecordedMachine>(MachineWithLog()));
    machine.Announce(std::vector<LogSearch>{{{"a"}}, {{"b"}, true}, {{"not recorded"}}});
    CHECK(machine.Ask(ScanAgentLogs{kFolder, {"a"}}, {})->matches.size() == 1);
    CHECK(machine.Ask(ScanAgentLogs{kFolder, {"b"}, true}, {})->totals == std::vector<std::uint64_t>{7});
    CHECK(machine.Ask(ScanAgentLogs{kFolder, {"not recorded"}}, {}).Error().code == code::kNotRecorded);
}

TEST_CASE("one log reading: a log that is absent or cannot be read is that for all searches")
{
    struct Without : Machine
    {
        Answer<LogScans> answer = Absent{};
        void Respond(Exchange& exchange, const Wait&) const override
        {
            if (auto* const asked = As<SearchAgentLogs>(exchange))
            {
                asked->answer = answer;
            }
        }
    };
    const auto absent = std::make_shared<Without>();
    const auto denied = std::make_shared<Without>();
    denied->answer = Failure{code::kAccessDenied, "FindFirstFile"};
    const std::vector<LogSearch> searches{{{"a"}}};
    OneLogReading first(absent);
    first.Announce(searches);
    CHECK(first.Ask(ScanAgentLogs{kFolder, {"a"}}, {}).IsAbsent());
    OneLogReading second(denied);
    second.Announce(searches);
    CHECK(second.Ask(ScanAgentLogs{kFolder, {"a"}}, {}).Error().code == code::kAccessDenied);
}

} // namespace mars::test
