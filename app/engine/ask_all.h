// SPDX-License-Identifier: MIT
#pragma once

#include "view.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace mars
{

/// Runs the jobs side by side and returns when all have ended. A job may only ask: each question ends within
/// the check's own deadline, so this does too.
inline void RunSideBySide(const std::vector<std::function<void()>>& jobs)
{
    constexpr std::size_t kMostThreads = 16;
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(jobs.size(), kMostThreads); ++i)
    {
        threads.emplace_back([&] {
            for (std::size_t job = next++; job < jobs.size(); job = next++)
            {
                jobs[job]();
            }
        });
    }
}

/// Asks all questions side by side; the answers are in the order of the questions. For checks that would
/// otherwise wait for one far computer after the other.
template <class Question>
std::vector<Answer<typename Question::Value>> AskAll(
    const MachineView& machine, const std::vector<Question>& questions)
{
    using Value = typename Question::Value;
    std::vector<Answer<Value>> answers(
        questions.size(), Failure{code::kInternalError, std::string(Question::kName)});
    std::vector<std::function<void()>> jobs;
    for (std::size_t i = 0; i < questions.size(); ++i)
    {
        jobs.push_back([&, i] {
            try
            {
                answers[i] = machine.Ask(questions[i]);
            }
            catch (const std::exception& error)
            {
                answers[i] =
                    Failure{code::kInternalError, std::string(Question::kName) + ": " + error.what()};
            }
        });
    }
    RunSideBySide(jobs);
    return answers;
}

} // namespace mars
