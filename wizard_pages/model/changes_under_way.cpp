// SPDX-License-Identifier: MIT
#include "model/changes_under_way.h"

namespace mars
{

std::stop_token ChangesUnderWay::Begin()
{
    const std::lock_guard lock(m_mutex);
    if (m_count++ == 0 && m_stop.stop_requested())
    {
        m_stop = std::stop_source();
    }
    return m_stop.get_token();
}

void ChangesUnderWay::End()
{
    const std::lock_guard lock(m_mutex);
    --m_count;
    m_ended.notify_all();
}

bool ChangesUnderWay::Any() const
{
    const std::lock_guard lock(m_mutex);
    return m_count != 0;
}

void ChangesUnderWay::RequestStop()
{
    const std::lock_guard lock(m_mutex);
    m_stop.request_stop();
}

bool ChangesUnderWay::IsStopping() const
{
    const std::lock_guard lock(m_mutex);
    return m_count != 0 && m_stop.stop_requested();
}

void ChangesUnderWay::WaitForEnd() const
{
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, [this] { return m_count == 0; });
}

} // namespace mars
