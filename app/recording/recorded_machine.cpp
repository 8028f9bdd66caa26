// SPDX-License-Identifier: MIT
#include "recorded_machine.h"

namespace mars
{

template <class Question>
Answer<typename Question::Value> RecordedMachine::PutTogetherFor(const Question& question) const
{
    using Items = std::remove_cvref_t<decltype(question.*Question::kAskedFor)>;
    const auto keyWithoutItems = [](Question other) {
        (other.*Question::kAskedFor).clear();
        return KeyOf(other);
    };
    Answer<typename Question::Value> other = Failure{code::kNotRecorded, std::string(Question::kName)};
    std::vector<ListedAnswer<typename Items::value_type, typename Question::Value>> held;
    for (const auto& [key, entry] : m_entries)
    {
        Question recorded{};
        const pugi::xml_node node = entry.question.document_element();
        if (node.name() == Question::kName && ReadXml(node, recorded, kFileFormat)
            && keyWithoutItems(recorded) == keyWithoutItems(question))
        {
            auto answer = AnswerOf<Question>(entry);
            if (answer)
            {
                held.push_back({recorded.*Question::kAskedFor, std::move(*answer)});
            }
            else
            {
                // Where nothing could be asked, or there is nothing to ask, the list does not matter.
                other = std::move(answer);
            }
        }
    }
    auto answer = PutTogether(question.*Question::kAskedFor, held);
    return answer ? Answer<typename Question::Value>(std::move(*answer)) : other;
}

template <class Question>
RecordedMachine::Added RecordedMachine::AddTyped(
    const pugi::xml_node& question, const pugi::xml_node& answer, int format)
{
    Question typed{};
    if (!ReadXml(question, typed, format))
    {
        return Added::kDamaged;
    }
    const auto read = AnswerFromXml<typename Question::Value>(answer, format);
    Set(typed, read);
    const bool saysWhy =
        answer.name() == std::string_view("failed") && answer.attribute("code").as_uint() != 0;
    const bool damaged = read.HasFailed() && !saysWhy;
    return damaged ? Added::kDamaged : Added::kWhole;
}

template <class... Questions>
RecordedMachine::Added RecordedMachine::AddOneOf(
    QuestionList<Questions...>, const pugi::xml_node& question, const pugi::xml_node& answer, int format)
{
    Added added = Added::kUnknown;
    ((question.name() == Questions::kName && (added = AddTyped<Questions>(question, answer, format), true))
        || ...);
    return added;
}

RecordedMachine::Entry::Entry(const Entry& other)
{
    *this = other;
}

RecordedMachine::Entry& RecordedMachine::Entry::operator=(const Entry& other)
{
    question.reset(other.question);
    answer.reset(other.answer);
    return *this;
}

RecordedMachine::RecordedMachine() = default;
RecordedMachine::~RecordedMachine() = default;

RecordedMachine::RecordedMachine(const RecordedMachine& other) : UniformMachine<RecordedMachine>()
{
    *this = other;
}

RecordedMachine& RecordedMachine::operator=(const RecordedMachine& other)
{
    if (this != &other)
    {
        const std::scoped_lock lock(m_mutex, other.m_mutex);
        m_entries = other.m_entries;
    }
    return *this;
}

std::size_t RecordedMachine::QuestionCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

RecordedMachine::Added RecordedMachine::AddEntry(
    const pugi::xml_node& question, const pugi::xml_node& answer, int format)
{
    return AddOneOf(AllQuestions{}, question, answer, format);
}

} // namespace mars
