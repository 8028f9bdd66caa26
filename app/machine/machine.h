// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "exchange.h"
#include "how_far.h"

#include <chrono>
#include <memory>
#include <stop_token>

namespace mars
{

/// How long an asker is willing to wait, and how it is told to give up.
struct Wait
{
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    std::stop_token stop;
    /// Where somebody watches how far a long answer is; may be null.
    std::shared_ptr<HowFar> howFar = nullptr;

    bool IsOver() const
    {
        return stop.stop_requested() || std::chrono::steady_clock::now() >= deadline;
    }
    /// The failure to answer with when IsOver().
    Failure WhyOver(std::string what) const
    {
        return {stop.stop_requested() ? code::kCancelled : code::kTimeout, std::move(what)};
    }
};

/// A computer that can be asked, and only asked. Implementations are the live Windows machine, a recording,
/// and machines that wrap another one. Must be safe to ask from any thread.
class Machine
{
public:
    virtual ~Machine() = default;

    template <class Question>
    Answer<typename Question::Value> Ask(const Question& question, const Wait& wait) const
    {
        ExchangeOf<Question> exchange(question);
        Respond(exchange, wait);
        return std::move(exchange.answer);
    }

    /// Puts the answer into the exchange.
    virtual void Respond(Exchange& exchange, const Wait& wait) const = 0;
};

} // namespace mars
