// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace mars
{

/// Counts the repairs and undos that are being made, so that nothing cuts one in two. From any thread.
class ChangesUnderWay
{
public:
    /// What the change has to heed; a stop that was meant for an earlier one is over.
    std::stop_token Begin();
    void End();
    bool Any() const;
    /// Asks all of them to end with nothing half done.
    void RequestStop();
    bool IsStopping() const;
    /// Returns when there is none.
    void WaitForEnd() const;

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_ended;
    int m_count = 0;
    std::stop_source m_stop;
};

} // namespace mars
