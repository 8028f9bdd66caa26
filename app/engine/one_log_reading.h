// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"
#include "questions/log.h"

#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace mars
{

/// A machine that reads the agent's log once for all that is going to be looked for in it. What was not
/// announced, and a machine that can only be asked for one search at a time, such as a recording, is asked as
/// always.
class OneLogReading : public Machine
{
public:
    explicit OneLogReading(std::shared_ptr<const Machine> machine);

    /// Before anything is asked; what is announced later is read by itself.
    void Announce(std::span<const LogSearch> searches);

    /// Shows how far the reading is, whoever asks first.
    void Watch(std::shared_ptr<HowFar> howFar);

    void Respond(Exchange& exchange, const Wait& wait) const override;

private:
    /// From now on the list stays as it is.
    std::vector<LogSearch> Searches() const;
    Wait Watched(const Wait& wait) const;

    std::shared_ptr<const Machine> m_machine;
    /// The reading is one question to it, which is answered once.
    std::shared_ptr<const Machine> m_once;
    mutable std::mutex m_mutex;
    mutable bool m_closed = false;
    std::vector<LogSearch> m_searches;
    std::shared_ptr<HowFar> m_howFar;
};

} // namespace mars
