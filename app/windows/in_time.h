// SPDX-License-Identifier: MIT
#pragma once

#include "background_thread.h"
#include "machine.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace mars
{

/// What `work` returns, or nothing when the wait is over before. For calls of Windows that cannot be
/// interrupted: `work` runs on a thread of its own, may outlive the answer, and so owns all that it uses. It
/// may not throw.
template <class Work>
auto InTime(Work work, const Wait& wait) -> std::optional<decltype(work())>
{
    struct Shared
    {
        std::mutex mutex;
        std::condition_variable finished;
        std::optional<decltype(work())> result;
    };
    constexpr std::chrono::milliseconds kSlice(50);
    const auto shared = std::make_shared<Shared>();
    RunInBackground([shared, work = std::move(work)] {
        auto result = work();
        const std::lock_guard lock(shared->mutex);
        shared->result = std::move(result);
        shared->finished.notify_all();
    });
    std::unique_lock lock(shared->mutex);
    while (!shared->result && !wait.IsOver())
    {
        shared->finished.wait_for(lock, kSlice);
    }
    return std::move(shared->result);
}

} // namespace mars
