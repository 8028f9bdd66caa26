// SPDX-License-Identifier: MIT
#include "network.h"
#include "pass.h"

#include <condition_variable>
#include <mutex>
#include <set>

namespace mars::test
{
namespace
{

/// How long the hosts wait for each other before the test fails; nothing waits when all is well.
constexpr std::chrono::seconds kTooLong{60};

/// Answers from a recording. No host answers before all of them were asked, as if each took as long as the
/// slowest: whoever asks one after the other waits in vain.
template <class Asked>
class HostsThatWait : public UniformMachine<HostsThatWait<Asked>>
{
public:
    HostsThatWait(RecordedMachine machine, std::size_t hosts) : m_machine(std::move(machine)), m_hosts(hosts)
    {}

    template <class Question>
    Answer<typename Question::Value> AnswerTo(const Question& question, const Wait& wait) const
    {
        if constexpr (std::is_same_v<Question, Asked>)
        {
            std::unique_lock lock(m_mutex);
            m_asked.insert(question.host);
            m_changed.notify_all();
            if (!m_changed.wait_until(lock, wait.deadline, [&] { return m_asked.size() >= m_hosts; }))
            {
                return Failure{code::kTimeout, question.host};
            }
        }
        return m_machine.Ask(question, wait);
    }

private:
    RecordedMachine m_machine;
    std::size_t m_hosts;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    mutable std::set<std::string> m_asked;
};

/// As many hosts of the service in the agent's log as the checks look at.
constexpr std::size_t kLogHosts = 8;

RecordedMachine ServerWithHostsInItsLog()
{
    RecordedMachine machine = OnlineServer();
    LogScan log;
    for (std::size_t i = 0; i < kLogHosts; ++i)
    {
        const std::string host = "store" + std::to_string(i) + ".blob.core.windows.net";
        log.matches.push_back({kNow, ".blob.core.windows.net", "NORMAL", "Uploading to https://" + host});
        SetProbe(machine, host, Ended(ProbeEnd::kAnswered, 0, 200));
        SetName(machine, host);
    }
    SetLog(machine, EndpointsOf(Cloud::kPublic).serviceSuffixes, log);
    return machine;
}

std::size_t HostsOfAll()
{
    return EndpointsOf(Cloud::kPublic).hosts.size() + kLogHosts;
}

template <class Asked>
void CheckPageEnds(const RecordedMachine& server, std::size_t hosts)
{
    const auto machine = std::make_shared<HostsThatWait<Asked>>(server, hosts);
    Pass pass(machine, {}, kTooLong);
    for (const CheckResult& result : pass.Run(FindSection("connectivity")->rootCauses))
    {
        CAPTURE(result.cause->id);
        CHECK(result.outcome.kind == OutcomeKind::kPassed);
    }
}

} // namespace

TEST_CASE("connectivity: the page asks all its hosts at once and so takes as long as the slowest")
{
    CheckPageEnds<ProbeHttps>(ServerWithHostsInItsLog(), HostsOfAll());
}

TEST_CASE("connectivity: the page resolves all its names at once")
{
    CheckPageEnds<ResolveName>(ServerWithHostsInItsLog(), HostsOfAll());
}

TEST_CASE("connectivity: the page makes both network tests at once")
{
    std::set<std::string> hosts;
    for (const ProbeHttp& question : NetworkTestQuestions({}))
    {
        hosts.insert(question.host);
    }
    CheckPageEnds<ProbeHttp>(ServerWithHostsInItsLog(), hosts.size());
}

} // namespace mars::test
