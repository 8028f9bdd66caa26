// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"

namespace mars
{

/// What one check sees of a machine: the right to ask, within the check's own deadline.
class MachineView
{
public:
    MachineView(const Machine& machine, Wait wait) : m_machine(machine), m_wait(std::move(wait)) {}

    template <class Question>
    Answer<typename Question::Value> Ask(const Question& question) const
    {
        return m_machine.Ask(question, m_wait);
    }
    const Wait& Limit() const
    {
        return m_wait;
    }

private:
    const Machine& m_machine;
    Wait m_wait;
};

} // namespace mars
