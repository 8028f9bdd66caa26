// SPDX-License-Identifier: MIT
#include "model/changes_under_way.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace mars;

TEST_CASE("changes under way: whoever waits goes on only when the last one has ended")
{
    ChangesUnderWay changes;
    changes.WaitForEnd();
    const std::stop_token first = changes.Begin();
    const std::stop_token second = changes.Begin();
    changes.End();
    CHECK(changes.Any());
    std::atomic<bool> ended = false;
    std::thread worker([&] {
        // As a change does: it ends when it was asked to.
        std::mutex mutex;
        std::condition_variable_any asked;
        std::unique_lock lock(mutex);
        asked.wait(lock, second, [] { return false; });
        ended = true;
        changes.End();
    });
    changes.RequestStop();
    changes.WaitForEnd();
    CHECK(ended);
    CHECK_FALSE(changes.Any());
    CHECK(first.stop_requested());
    worker.join();
}

TEST_CASE("changes under way: a stop is not meant for what begins later")
{
    ChangesUnderWay changes;
    changes.RequestStop();
    CHECK_FALSE(changes.Begin().stop_requested());
    changes.RequestStop();
    CHECK(changes.Begin().stop_requested());
}
