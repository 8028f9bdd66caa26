// SPDX-License-Identifier: MIT
#include "recorder.h"

#include "each_text.h"
#include "secrets.h"

namespace mars
{

namespace
{

/// Also for what hangs together: a registry value and its name.
template <class T>
void CleanTexts(T& value)
{
    ForEachText(value, [](auto& text) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(text)>, std::string>)
        {
            text = RemoveSecrets(text);
        }
        else
        {
            RemoveSecrets(text);
        }
    });
}

template <class Question>
void Clean(const Question& question, typename Question::Value& value)
{
    if constexpr (std::is_same_v<Question, ReadRegistryValue>)
    {
        RemoveSecrets(value, question.path.name);
    }
    else if constexpr (std::is_same_v<Question, ListRegistryKey>)
    {
        for (auto& named : value.values)
        {
            RemoveSecrets(named.value, named.name);
        }
    }
    else
    {
        CleanTexts(value);
    }
}

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
        if (answer.HasValue())
        {
            Clean(question, *answer);
        }
        else if (answer.HasFailed())
        {
            answer = Failure{answer.Error().code, RemoveSecrets(answer.Error().what)};
        }
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
