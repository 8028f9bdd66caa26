// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"
#include "xml_codec.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace mars
{

/// A machine that answers from a recording. Also how tests build their machines: `machine.Set(question,
/// answer)`. A question that was not recorded fails with code::kNotRecorded.
class RecordedMachine : public UniformMachine<RecordedMachine>
{
public:
    // Out of line, like the destructor: else every file that names this class compiles the answers to all
    // questions.
    RecordedMachine();
    ~RecordedMachine() override;
    RecordedMachine(const RecordedMachine& other);
    RecordedMachine& operator=(const RecordedMachine& other);

    template <class Question>
    void Set(const Question& question, const Answer<typename Question::Value>& answer)
    {
        Entry entry;
        entry.question = ToXml(question);
        entry.answer = ToXml(answer);
        const std::lock_guard lock(m_mutex);
        m_entries[KeyOf(question)] = std::move(entry);
    }

    template <class Question>
    Answer<typename Question::Value> AnswerTo(const Question& question, const Wait&) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_entries.find(KeyOf(question));
        if (found == m_entries.end())
        {
            return Failure{code::kNotRecorded, std::string(Question::kName)};
        }
        return AnswerFromXml<typename Question::Value>(found->second.answer.document_element());
    }

    std::size_t QuestionCount() const;

    /// What was asked and answered, and when it was taken; see recording.h for reading and writing files.
    struct Entry
    {
        pugi::xml_document question;
        pugi::xml_document answer;
        Entry() = default;
        Entry(const Entry& other);
        Entry& operator=(const Entry& other);
        Entry(Entry&&) = default;
        Entry& operator=(Entry&&) = default;
    };
    /// Visits every entry in the order of its key: visit(Entry&). Used by redaction and by the writer.
    template <class Visitor>
    void ForEachEntry(Visitor&& visit) const
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [key, entry] : m_entries)
        {
            visit(entry);
        }
    }
    /// Adds an entry as read from a file. Its question must be one of the list; false if not.
    bool AddEntry(Entry entry);

private:
    mutable std::mutex m_mutex;
    std::map<std::string, Entry> m_entries;
};

} // namespace mars
