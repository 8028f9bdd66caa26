// SPDX-License-Identifier: MIT
#include "background_thread.h"

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

using namespace mars;

namespace
{

struct Signal
{
    std::mutex mutex;
    std::condition_variable changed;
    bool given = false;
};

/// As AskOnce does: a thread for one short answer, for which the asker waits.
void AskInBackground()
{
    const auto signal = std::make_shared<Signal>();
    RunInBackground([signal] {
        const std::lock_guard lock(signal->mutex);
        signal->given = true;
        signal->changed.notify_all();
    });
    std::unique_lock lock(signal->mutex);
    signal->changed.wait(lock, [&] { return signal->given; });
}

} // namespace

// With std::thread::detach() this crashed within a few hundred questions: a joined thread was taken for
// another one.
TEST_CASE("Threads that are joined stay apart from thousands of short background threads")
{
    constexpr int kAskers = 8;
    constexpr int kQuestions = 200;
    std::atomic<int> answered = 0;
    {
        std::vector<std::jthread> askers;
        for (int i = 0; i < kAskers; ++i)
        {
            askers.emplace_back([&] {
                for (int k = 0; k < kQuestions; ++k)
                {
                    AskInBackground();
                    ++answered;
                }
            });
        }
    }
    CHECK(answered == kAskers * kQuestions);
}
