// SPDX-License-Identifier: MIT
#pragma once

#include "model/symptoms.h"
#include "section.h"

#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What a person chose on the first page, as a page of its own: the checks that matter for it, from all
/// sections, in the order in which looking at them helps soonest.
class SymptomPage
{
public:
    static constexpr std::string_view kId = "symptom";

    explicit SymptomPage(const SymptomChoice& symptom) : m_symptom(symptom.id), m_words(symptom.words)
    {
        for (const RootCause* cause : symptom.causes)
        {
            m_rows.push_back({cause->code, cause->id});
        }
        m_section = {kId, {}, m_rows};
    }
    // The section points into it.
    SymptomPage(const SymptomPage&) = delete;
    SymptomPage& operator=(const SymptomPage&) = delete;

    const Section& AsSection() const
    {
        return m_section;
    }
    /// The id of the symptom.
    const std::string& Symptom() const
    {
        return m_symptom;
    }
    /// In the reader's language.
    const std::string& Words() const
    {
        return m_words;
    }

private:
    std::string m_symptom;
    std::string m_words;
    std::vector<BorrowedRow> m_rows;
    Section m_section;
};

} // namespace mars
