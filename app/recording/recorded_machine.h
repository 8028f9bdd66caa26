// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace mars
{

/// A machine that answers from a recording. Also how tests build their machines: `machine.Set(question,
/// answer)`. A question that was not recorded fails with code::kNotRecorded.
class RecordedMachine : public Machine
{
public:
    RecordedMachine() = default;
    RecordedMachine(const RecordedMachine& other);
    RecordedMachine& operator=(const RecordedMachine& other);

    template <class Question>
    void Set(const Question& question, const Answer<typename Question::Value>& answer)
    {
        auto exchange = std::make_unique<ExchangeOf<Question>>(question);
        exchange->answer = answer;
        Add(std::move(exchange));
    }
    /// In place of the answer to the same question, if there is one.
    void Add(std::unique_ptr<const Exchange> answered);

    void Respond(Exchange& exchange, const Wait& wait) const override;

    std::size_t QuestionCount() const;

    /// Visits what was asked and answered, in the order of the keys: visit(const Exchange&).
    template <class Visitor>
    void ForEachEntry(Visitor&& visit) const
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [key, exchange] : m_entries)
        {
            visit(*exchange);
        }
    }

private:
    mutable std::mutex m_mutex;
    /// Shared with the copies of this machine, and never changed.
    std::map<std::string, std::shared_ptr<const Exchange>> m_entries;
};

} // namespace mars
