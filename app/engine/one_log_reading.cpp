// SPDX-License-Identifier: MIT
#include "one_log_reading.h"

#include "ask_once.h"

#include <algorithm>
#include <chrono>

namespace mars
{

namespace
{

/// Who has less time left reads less by himself than the reading did.
constexpr std::chrono::seconds kWorthReading{3};

/// The reading ended with the time of whoever began it, and this asker has more.
bool IsWorthReadingAgain(const LogScan& scan, const Wait& wait)
{
    const bool ranOut = scan.missedBecause == code::kTimeout || scan.missedBecause == code::kCancelled;
    return ranOut && !wait.stop.stop_requested()
        && wait.deadline > std::chrono::steady_clock::now() + kWorthReading;
}

} // namespace

OneLogReading::OneLogReading(std::shared_ptr<const Machine> machine)
    : m_machine(std::move(machine)), m_once(AskOnce(m_machine))
{}

void OneLogReading::Announce(std::span<const LogSearch> searches)
{
    const std::lock_guard lock(m_mutex);
    for (const LogSearch& search : searches)
    {
        if (!m_closed && std::ranges::find(m_searches, search) == m_searches.end())
        {
            m_searches.push_back(search);
        }
    }
}

std::vector<LogSearch> OneLogReading::Searches() const
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    return m_searches;
}

void OneLogReading::Watch(std::shared_ptr<HowFar> howFar)
{
    const std::lock_guard lock(m_mutex);
    m_howFar = std::move(howFar);
}

Wait OneLogReading::Watched(const Wait& wait) const
{
    const std::lock_guard lock(m_mutex);
    Wait watched = wait;
    watched.howFar = watched.howFar ? watched.howFar : m_howFar;
    return watched;
}

void OneLogReading::Respond(Exchange& exchange, const Wait& wait) const
{
    auto* const asked = As<ScanAgentLogs>(exchange);
    if (asked == nullptr)
    {
        m_machine->Respond(exchange, wait);
        return;
    }
    const std::vector<LogSearch> searches = Searches();
    const auto place =
        std::ranges::find(searches, LogSearch{asked->question.patterns, asked->question.wholeWords});
    if (place == searches.end())
    {
        m_machine->Respond(exchange, wait);
        return;
    }
    const auto read = m_once->Ask(SearchAgentLogs{asked->question.folder, searches}, Watched(wait));
    const auto at = static_cast<std::size_t>(place - searches.begin());
    if (read && at < read->scans.size() && !IsWorthReadingAgain(read->scans[at], wait))
    {
        asked->answer = read->scans[at];
    }
    else if (read.IsAbsent())
    {
        asked->answer = Absent{};
    }
    else if (read.HasFailed() && read.Error().code != code::kNotSupported
        && read.Error().code != code::kNotRecorded)
    {
        asked->answer = read.Error();
    }
    else
    {
        m_machine->Respond(exchange, wait);
    }
}

} // namespace mars
