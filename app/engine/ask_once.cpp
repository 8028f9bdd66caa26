// SPDX-License-Identifier: MIT
#include "ask_once.h"

#include "background_thread.h"
#include "xml_codec.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <unordered_map>

namespace mars
{

namespace
{

class Memo : public UniformMachine<Memo>
{
public:
    explicit Memo(std::shared_ptr<const Machine> machine) : m_machine(std::move(machine)) {}

    template <class Question>
    Answer<typename Question::Value> AnswerTo(const Question& question, const Wait& wait) const
    {
        return WaitForAnswer(SlotFor(question), question, wait);
    }

private:
    struct SlotBase
    {
        virtual ~SlotBase() = default;
        std::mutex mutex;
        std::condition_variable_any changed;
        bool running = false;
        /// Counts the threads that were started for this question; an answer of an older one is dropped.
        unsigned attempt = 0;
    };
    template <class Value>
    struct Slot : SlotBase
    {
        std::optional<Answer<Value>> answer;
    };

    template <class Question>
    std::shared_ptr<Slot<typename Question::Value>> SlotFor(const Question& question) const
    {
        using TypedSlot = Slot<typename Question::Value>;
        const std::lock_guard lock(m_mutex);
        std::shared_ptr<SlotBase>& slot = m_slots[KeyOf(question)];
        if (!slot)
        {
            slot = std::make_shared<TypedSlot>();
        }
        // The key begins with the question's name, so the slot's type is the question's.
        return std::static_pointer_cast<TypedSlot>(slot);
    }

    template <class Question>
    Answer<typename Question::Value> WaitForAnswer(std::shared_ptr<Slot<typename Question::Value>> slot,
        const Question& question, const Wait& wait) const
    {
        // What this asker's own thread found no time for: for this asker the answer, for others none.
        const auto own = std::make_shared<std::optional<Answer<typename Question::Value>>>();
        std::unique_lock lock(slot->mutex);
        while (!slot->answer && !*own)
        {
            if (wait.IsOver())
            {
                return wait.WhyOver(std::string(Question::kName));
            }
            const bool starter = !slot->running;
            if (starter)
            {
                try
                {
                    Start(slot, ++slot->attempt, own, question, wait);
                }
                catch (const std::system_error& error)
                {
                    return Failure{code::kInternalError, std::string(Question::kName) + ": " + error.what()};
                }
                slot->running = true;
            }
            const unsigned attempt = slot->attempt;
            const auto isSettled = [&] { return slot->answer || !slot->running || slot->attempt != attempt; };
            WaitUntil(*slot, lock, wait, isSettled);
            if (starter && !isSettled())
            {
                slot->running = false;
                slot->changed.notify_all();
            }
        }
        // A machine that says "timed out" at once would otherwise be asked over and over until the deadline.
        return *own ? **own : *slot->answer;
    }

    template <class Predicate>
    static void WaitUntil(
        SlotBase& slot, std::unique_lock<std::mutex>& lock, const Wait& wait, Predicate isSettled)
    {
        // A deadline of "never" would overflow in the library's conversion between clocks.
        if (wait.deadline == std::chrono::steady_clock::time_point::max())
        {
            slot.changed.wait(lock, wait.stop, isSettled);
        }
        else
        {
            slot.changed.wait_until(lock, wait.stop, wait.deadline, isSettled);
        }
    }

    template <class Question>
    void Start(std::shared_ptr<Slot<typename Question::Value>> slot, unsigned attempt,
        std::shared_ptr<std::optional<Answer<typename Question::Value>>> own, const Question& question,
        const Wait& wait) const
    {
        RunInBackground(
            [machine = m_machine, slot = std::move(slot), attempt, own = std::move(own), question, wait] {
                auto answer = AskGuarded(*machine, question, wait);
                const std::lock_guard lock(slot->mutex);
                if (slot->attempt != attempt || !slot->running)
                {
                    return;
                }
                slot->running = false;
                (IsForWantOfTime(answer) ? *own : slot->answer) = std::move(answer);
                slot->changed.notify_all();
            });
    }

    template <class Question>
    static Answer<typename Question::Value> AskGuarded(
        const Machine& machine, const Question& question, const Wait& wait)
    {
        try
        {
            return machine.Ask(question, wait);
        }
        catch (const std::exception& error)
        {
            return Failure{code::kInternalError, std::string(Question::kName) + ": " + error.what()};
        }
    }

    template <class Value>
    static bool IsForWantOfTime(const Answer<Value>& answer)
    {
        return answer.HasFailed()
            && (answer.Error().code == code::kTimeout || answer.Error().code == code::kCancelled);
    }

    std::shared_ptr<const Machine> m_machine;
    mutable std::mutex m_mutex;
    mutable std::unordered_map<std::string, std::shared_ptr<SlotBase>> m_slots;
};

class Forgetful : public UniformMachine<Forgetful>
{
public:
    explicit Forgetful(std::shared_ptr<const Machine> machine) : m_machine(std::move(machine)) {}

    template <class Question>
    Answer<typename Question::Value> AnswerTo(const Question& question, const Wait& wait) const
    {
        return Memo(m_machine).Ask(question, wait);
    }

private:
    std::shared_ptr<const Machine> m_machine;
};

} // namespace

std::shared_ptr<const Machine> AskOnce(std::shared_ptr<const Machine> machine)
{
    return std::make_shared<Memo>(std::move(machine));
}

std::shared_ptr<const Machine> AskEachTime(std::shared_ptr<const Machine> machine)
{
    return std::make_shared<Forgetful>(std::move(machine));
}

} // namespace mars
