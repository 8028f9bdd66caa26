// SPDX-License-Identifier: MIT
#pragma once

#include "recorded_machine.h"

#include <memory>

namespace mars
{

/// Asks another machine and writes down every question with its answer. What failed for want of time is not
/// written down: it says something about the wait, not about the machine.
class Recorder : public UniformMachine<Recorder>
{
public:
    Recorder(std::shared_ptr<const Machine> machine, std::shared_ptr<RecordedMachine> recording)
        : m_machine(std::move(machine)), m_recording(std::move(recording))
    {}

    template <class Question>
    Answer<typename Question::Value> AnswerTo(const Question& question, const Wait& wait) const
    {
        auto answer = m_machine->Ask(question, wait);
        if (!answer.HasFailed()
            || (answer.Error().code != code::kTimeout && answer.Error().code != code::kCancelled))
        {
            m_recording->Set(question, answer);
        }
        return answer;
    }

private:
    std::shared_ptr<const Machine> m_machine;
    std::shared_ptr<RecordedMachine> m_recording;
};

} // namespace mars
