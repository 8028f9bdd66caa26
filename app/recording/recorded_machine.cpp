// SPDX-License-Identifier: MIT
#include "recorded_machine.h"

#include <utility>
#include <vector>

namespace mars
{

RecordedMachine::RecordedMachine(const RecordedMachine& other) : Machine()
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

void RecordedMachine::Add(std::unique_ptr<const Exchange> answered)
{
    std::string key = answered->Key();
    const std::lock_guard lock(m_mutex);
    m_entries[std::move(key)] = std::move(answered);
}

void RecordedMachine::Respond(Exchange& exchange, const Wait&) const
{
    const std::string key = exchange.Key();
    const std::string listless = exchange.KeyWithoutList();
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_entries.find(key); found != m_entries.end())
    {
        exchange.TakeAnswer(*found->second);
        return;
    }
    std::vector<const Exchange*> held;
    for (const auto& [other, recorded] : m_entries)
    {
        if (!listless.empty() && recorded->Name() == exchange.Name()
            && recorded->KeyWithoutList() == listless)
        {
            held.push_back(recorded.get());
        }
    }
    if (!exchange.PutTogether(held))
    {
        exchange.Fail({code::kNotRecorded, std::string(exchange.Name())});
    }
}

std::size_t RecordedMachine::QuestionCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

} // namespace mars
