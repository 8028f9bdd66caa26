// SPDX-License-Identifier: MIT
#include "retry.h"

#include <doctest/doctest.h>

using namespace mars;

namespace
{

/// A call that works at last, and how often it and its pauses were called.
struct Bench
{
    int failures = 0;
    std::uint32_t code = 1460;
    int attempts = 0;
    int pauses = 0;
    int pausesLeft = 100;

    Status Run(int tries)
    {
        return Retry(
            tries,
            [this] {
                return ++attempts > failures ? Status::Done() : Status(Failure{code, "try"});
            },
            [](const Failure& failure) { return failure.code == 2; },
            [this] { return ++pauses <= pausesLeft; });
    }
};

} // namespace

TEST_CASE("retry: what works at once is called once and nobody waits")
{
    Bench bench;
    CHECK(bench.Run(5).Ok());
    CHECK(bench.attempts == 1);
    CHECK(bench.pauses == 0);
}

TEST_CASE("retry: what fails is tried again until it works, and given up after the last try")
{
    Bench bench{.failures = 3};
    CHECK(bench.Run(5).Ok());
    CHECK(bench.attempts == 4);
    CHECK(bench.pauses == 3);
    Bench never{.failures = 100};
    CHECK(never.Run(5).Error().code == 1460);
    CHECK(never.attempts == 5);
}

TEST_CASE("retry: a failure that stays is not tried again, and no time left is the end")
{
    Bench missing{.failures = 100, .code = 2};
    CHECK_FALSE(missing.Run(5).Ok());
    CHECK(missing.attempts == 1);
    Bench late{.failures = 100, .pausesLeft = 1};
    CHECK_FALSE(late.Run(5).Ok());
    CHECK(late.attempts == 2);
}
