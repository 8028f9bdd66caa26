// SPDX-License-Identifier: MIT
#include "recorder.h"

namespace mars
{

namespace
{

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

} // namespace

std::shared_ptr<const Machine> RecordAnswers(
    std::shared_ptr<const Machine> machine, std::shared_ptr<RecordedMachine> recording)
{
    return std::make_shared<Recorder>(std::move(machine), std::move(recording));
}

} // namespace mars
