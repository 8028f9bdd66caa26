// SPDX-License-Identifier: MIT
#include "mars_agent.h"
#include "network.h"
#include "pass.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "xml_codec.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

/// No host waits for another: all are asked before any has answered, so that a page takes as long as its
/// slowest host. Proven by holding the answers back, not by measuring time.
namespace mars::test
{
namespace
{

using Keys = std::set<std::string>;

bool Sends(const Exchange& exchange)
{
    return exchange.Name() == ProbeHttps::kName || exchange.Name() == ProbeHttp::kName
        || exchange.Name() == ResolveName::kName;
}

/// A server that writes down which questions it sends to the network, and keeps some without an answer until
/// all of those have been asked.
class LatchedMachine : public Machine
{
public:
    explicit LatchedMachine(RecordedMachine machine, Keys held = {})
        : m_machine(std::move(machine)), m_held(std::move(held))
    {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        if (Sends(exchange))
        {
            std::unique_lock lock(m_mutex);
            const std::string key = exchange.Key();
            m_asked.insert(key);
            m_changed.notify_all();
            m_changed.wait(lock, [&] { return m_gaveUp || !m_held.contains(key) || AllAsked(); });
        }
        m_machine.Respond(exchange, wait);
    }

    /// False where some were not asked although the others have no answer. The limit is for that only.
    bool WaitUntilAllAsked()
    {
        std::unique_lock lock(m_mutex);
        m_gaveUp = !m_changed.wait_for(lock, std::chrono::minutes(1), [&] { return AllAsked(); });
        m_changed.notify_all();
        return !m_gaveUp;
    }
    Keys Asked() const
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }

private:
    bool AllAsked() const
    {
        return std::ranges::includes(m_asked, m_held);
    }

    RecordedMachine m_machine;
    Keys m_held;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    mutable Keys m_asked;
    bool m_gaveUp = false;
};

using Rows = std::vector<const RootCause*>;

Rows RowsOf(std::string_view section)
{
    Rows rows;
    for (const RootCause* cause : AllRootCauses())
    {
        if (section.empty() || cause->SectionId() == section)
        {
            rows.push_back(cause);
        }
    }
    return rows;
}

std::vector<CheckResult> Run(const std::shared_ptr<LatchedMachine>& machine, const Rows& rows)
{
    Pass pass(machine, {}, MarsAgent(), std::chrono::hours(1));
    return pass.Run(rows);
}

/// What the rows ask of the network when every answer comes at once.
Keys QuestionsOf(const RecordedMachine& server, const Rows& rows)
{
    const auto machine = std::make_shared<LatchedMachine>(server);
    Run(machine, rows);
    return machine->Asked();
}

/// All of `held` are asked before one of them has an answer, and then the rows end as ever.
void CheckAskedTogether(const RecordedMachine& server, const Rows& rows, const Keys& held)
{
    const auto machine = std::make_shared<LatchedMachine>(server, held);
    std::vector<CheckResult> results;
    std::jthread run([&] { results = Run(machine, rows); });
    CHECK(machine->WaitUntilAllAsked());
    run.join();
    const auto wanted = Run(std::make_shared<LatchedMachine>(server), rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
    {
        CHECK_MESSAGE(results[i].outcome == wanted[i].outcome, rows[i]->id);
    }
}

/// A log that names as many hosts as are asked, so that both lists are at their longest.
RecordedMachine BusyServer()
{
    RecordedMachine machine = OnlineServer();
    LogScan scan;
    for (int number = 1; number <= 8; ++number)
    {
        const std::string host = "pod0" + std::to_string(number) + "-id1.weu.backup.windowsazure.com";
        scan.matches.push_back(
            {kNow - std::chrono::hours(20), ".backup.windowsazure.com", "NORMAL", "https://" + host + "/x"});
        SetProbe(machine, host, Ended(ProbeEnd::kAnswered, 0, 403));
        SetName(machine, host);
    }
    SetLog(machine, EndpointsOf(Cloud::kPublic).serviceSuffixes, scan);
    return machine;
}

} // namespace

TEST_CASE("side_by_side: each row of the page asks all its hosts before any has answered")
{
    for (const RootCause* cause : RowsOf("connectivity"))
    {
        CAPTURE(cause->id);
        const Keys held = QuestionsOf(BusyServer(), {cause});
        const std::string code(cause->code);
        // The documented hosts and those of the log, whose names tell of a private endpoint; or all names; or
        // the two network tests; or nothing to send.
        const std::size_t wanted = code == "N-8" || code == "N-9" ? 0
            : code == "N-1"                                       ? 2
            : code == "N-2"                                       ? 10
                                                                  : 18;
        CHECK(held.size() == wanted);
        CheckAskedTogether(BusyServer(), {cause}, held);
    }
}

TEST_CASE("side_by_side: the whole page asks all hosts, names and network tests before any has answered")
{
    const Rows rows = RowsOf("connectivity");
    const Keys held = QuestionsOf(BusyServer(), rows);
    CHECK(held.size() == 10 + 10 + 2);
    CheckAskedTogether(BusyServer(), rows, held);
}

TEST_CASE("side_by_side: a whole run asks everything that it sends before any answer has come")
{
    const Rows rows = RowsOf({});
    const Keys held = QuestionsOf(BusyServer(), rows);
    // And the metadata of Azure.
    CHECK(held.size() == 10 + 10 + 2 + 1);
    CheckAskedTogether(BusyServer(), rows, held);
}

TEST_CASE("side_by_side: beside a dead proxy the direct way and the user's proxy are tried together")
{
    const std::string dead = "old-proxy.contoso.example:8080";
    const std::string good = "proxy.contoso.example:3128";
    RecordedMachine machine = OnlineServer();
    SetSystemProxy(machine, dead);
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 10060), dead);
    ProxySettings user;
    user.enabled = true;
    user.server = good;
    machine.Set(ReadProxySettings{ProxyOwner::kUser}, user);
    SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200), good);
    SetAll(machine, Ended(ProbeEnd::kTimedOut, 10060));
    Keys held;
    for (const std::string& host : Hosts(false))
    {
        held.insert(KeyOf(ProbeHttps{host, 443, {}}));
        held.insert(KeyOf(ProbeHttps{host, 443, good}));
    }
    const RootCause* cause = FindRootCause("connectivity.system_proxy_wrong");
    CheckProblem(Detect(*cause, machine), Level::kError, "dead_user_works");
    CheckAskedTogether(machine, {cause}, held);
}

} // namespace mars::test
