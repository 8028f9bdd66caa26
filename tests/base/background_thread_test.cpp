// SPDX-License-Identifier: MIT
#include "background_thread.h"

#include <doctest/doctest.h>

#include <future>
#include <memory>

using namespace mars;

TEST_CASE("Background work runs, and what it owns is released before its thread counts as ended")
{
    std::promise<int> result;
    auto owned = std::make_shared<int>(7);
    const std::weak_ptr<int> watched = owned;
    RunInBackground([owned = std::move(owned), &result] { result.set_value(*owned); });
    CHECK(result.get_future().get() == 7);

    // Starting joins what has ended; a start that comes too early for that is followed by another.
    while (!watched.expired())
    {
        RunInBackground([] {});
    }
    CHECK(watched.expired());
}

TEST_CASE("Work that hangs does not hold other background work")
{
    std::promise<void> release;
    std::promise<void> released;
    RunInBackground([&] {
        release.get_future().wait();
        released.set_value();
    });
    std::promise<void> other;
    RunInBackground([&] { other.set_value(); });
    other.get_future().wait();
    release.set_value();
    released.get_future().wait();
}
