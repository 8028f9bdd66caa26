// SPDX-License-Identifier: MIT
#include "recorded_machine.h"

namespace mars
{

namespace
{

template <class Question>
bool AnswersTo(const pugi::xml_node& question, std::string& key)
{
    Question typed{};
    if (question.name() != Question::kName || !ReadXml(question, typed))
    {
        return false;
    }
    key = KeyOf(typed);
    return true;
}

template <class... Questions>
bool FindKey(QuestionList<Questions...>, const pugi::xml_node& question, std::string& key)
{
    return (AnswersTo<Questions>(question, key) || ...);
}

} // namespace

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

bool RecordedMachine::AddEntry(Entry entry)
{
    std::string key;
    if (!FindKey(AllQuestions{}, entry.question.document_element(), key))
    {
        return false;
    }
    const std::lock_guard lock(m_mutex);
    m_entries[std::move(key)] = std::move(entry);
    return true;
}

} // namespace mars
