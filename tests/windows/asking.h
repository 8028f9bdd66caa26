// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

#include <doctest/doctest.h>

#include <string>

/// Asking the real machine, which under Wine is the healthy demonstration server of tests/demo/make_server.
namespace mars::test
{

/// A wait of ten seconds, as checks have.
inline Wait TenSeconds()
{
    return {std::chrono::steady_clock::now() + std::chrono::seconds(10), {}};
}

inline Wait NoTime()
{
    return {std::chrono::steady_clock::now() - std::chrono::seconds(1), {}};
}

template <class Question>
Answer<typename Question::Value> Ask(const Question& question, const Wait& wait = TenSeconds())
{
    return MakeWindowsMachine()->Ask(question, wait);
}

/// The value; a failed test where there is none.
template <class Question>
typename Question::Value Value(const Question& question)
{
    auto answer = Ask(question);
    REQUIRE_MESSAGE(!answer.HasFailed(), (answer.HasFailed() ? answer.Error().what : ""), " failed with ",
        (answer.HasFailed() ? answer.Error().code : 0));
    REQUIRE_MESSAGE(answer.HasValue(), "there is no such thing");
    return *answer;
}

template <class Question>
void CheckAbsent(const Question& question)
{
    const auto answer = Ask(question);
    CHECK_MESSAGE(answer.IsAbsent(), (answer.HasFailed() ? answer.Error().what : "a value"));
}

template <class Question>
void CheckFailed(const Question& question, std::uint32_t code, const Wait& wait = TenSeconds())
{
    const auto answer = Ask(question, wait);
    REQUIRE(answer.HasFailed());
    CHECK(answer.Error().code == code);
}

} // namespace mars::test
