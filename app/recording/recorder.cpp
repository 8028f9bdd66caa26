// SPDX-License-Identifier: MIT
#include "recorder.h"

#include "questions/registry.h"
#include "secrets.h"

#include <utility>

namespace mars
{

namespace
{

class SecretRemover : public TextVisitor
{
public:
    void Visit(std::string& text) override
    {
        text = RemoveSecrets(text);
    }
    void Visit(RegistryValue& value) override
    {
        RemoveSecrets(value);
    }
};

/// Also what hangs together: a registry value and its name.
void Clean(Exchange& exchange)
{
    if (auto* const value = As<ReadRegistryValue>(exchange))
    {
        RemoveSecrets(*value->answer, value->question.path.name);
    }
    else if (auto* const key = As<ListRegistryKey>(exchange))
    {
        for (RegistryKeyContent::NamedValue& named : key->answer->values)
        {
            RemoveSecrets(named.value, named.name);
        }
    }
    else
    {
        SecretRemover remover;
        exchange.VisitAnswer(remover);
    }
}

class Recorder : public Machine
{
public:
    Recorder(std::shared_ptr<const Machine> machine, std::shared_ptr<RecordedMachine> recording)
        : m_machine(std::move(machine)), m_recording(std::move(recording))
    {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        m_machine->Respond(exchange, wait);
        if (const Failure* const failure = exchange.Error())
        {
            exchange.Fail({failure->code, RemoveSecrets(failure->what)});
        }
        else if (exchange.HasValue())
        {
            Clean(exchange);
        }
        const Failure* const failure = exchange.Error();
        if (failure == nullptr || (failure->code != code::kTimeout && failure->code != code::kCancelled))
        {
            m_recording->Add(exchange.Copy());
        }
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
