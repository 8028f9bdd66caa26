// SPDX-License-Identifier: MIT
#pragma once

#include "listed_answers.h"
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
        if (found != m_entries.end())
        {
            return AnswerOf<Question>(found->second);
        }
        if constexpr (AsksForList<Question>)
        {
            return PutTogetherFor(question);
        }
        return Failure{code::kNotRecorded, std::string(Question::kName)};
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
    enum class Added
    {
        kWhole,
        /// No question of the list has this name: it is of a newer version.
        kUnknown,
        /// The question or its answer cannot be read. Such an answer is kept as a failure with
        /// code::kInvalidData.
        kDamaged,
    };
    /// Adds an entry as read from a file of this format, brought to the format of today.
    Added AddEntry(const pugi::xml_node& question, const pugi::xml_node& answer, int format);

private:
    template <class Question>
    static Answer<typename Question::Value> AnswerOf(const Entry& entry)
    {
        return AnswerFromXml<typename Question::Value>(entry.answer.document_element(), kFileFormat);
    }
    template <class Question>
    Answer<typename Question::Value> PutTogetherFor(const Question& question) const;
    template <class Question>
    Added AddTyped(const pugi::xml_node& question, const pugi::xml_node& answer, int format);
    template <class... Questions>
    Added AddOneOf(
        QuestionList<Questions...>, const pugi::xml_node& question, const pugi::xml_node& answer, int format);

    mutable std::mutex m_mutex;
    std::map<std::string, Entry> m_entries;
};

} // namespace mars
