// SPDX-License-Identifier: MIT
#include "ask_once.h"

#include "background_thread.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <unordered_map>

namespace mars
{

namespace
{

class Memo : public Machine
{
public:
    explicit Memo(std::shared_ptr<const Machine> machine) : m_machine(std::move(machine)) {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        WaitForAnswer(SlotFor(exchange), exchange, wait);
    }

private:
    using Answered = std::shared_ptr<const Exchange>;

    struct Slot
    {
        std::mutex mutex;
        std::condition_variable_any changed;
        bool running = false;
        /// Counts the threads that were started for this question; an answer of an older one is dropped.
        unsigned attempt = 0;
        Answered answered;
    };

    std::shared_ptr<Slot> SlotFor(const Exchange& exchange) const
    {
        const std::lock_guard lock(m_mutex);
        std::shared_ptr<Slot>& slot = m_slots[exchange.Key()];
        if (!slot)
        {
            slot = std::make_shared<Slot>();
        }
        return slot;
    }

    void WaitForAnswer(const std::shared_ptr<Slot>& slot, Exchange& exchange, const Wait& wait) const
    {
        // What this asker's own thread found no time for: for this asker the answer, for others none.
        const auto own = std::make_shared<Answered>();
        std::unique_lock lock(slot->mutex);
        while (!slot->answered && !*own)
        {
            if (wait.IsOver())
            {
                exchange.Fail(wait.WhyOver(std::string(exchange.Name())));
                return;
            }
            const bool starter = !slot->running;
            if (starter)
            {
                try
                {
                    Start(slot, ++slot->attempt, own, exchange.Again(), wait);
                }
                catch (const std::system_error& error)
                {
                    exchange.Fail(Broken(exchange, error));
                    return;
                }
                slot->running = true;
            }
            const unsigned attempt = slot->attempt;
            const auto isSettled = [&] {
                return slot->answered || !slot->running || slot->attempt != attempt;
            };
            WaitUntil(*slot, lock, wait, isSettled);
            if (starter && !isSettled())
            {
                slot->running = false;
                slot->changed.notify_all();
            }
        }
        // A machine that says "timed out" at once would otherwise be asked over and over until the deadline.
        exchange.TakeAnswer(*own ? **own : *slot->answered);
    }

    template <class Predicate>
    static void WaitUntil(
        Slot& slot, std::unique_lock<std::mutex>& lock, const Wait& wait, Predicate isSettled)
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

    void Start(std::shared_ptr<Slot> slot, unsigned attempt, std::shared_ptr<Answered> own,
        std::shared_ptr<Exchange> exchange, const Wait& wait) const
    {
        RunInBackground([machine = m_machine, slot = std::move(slot), attempt, own = std::move(own),
                            exchange = std::move(exchange), wait] {
            RespondGuarded(*machine, *exchange, wait);
            const std::lock_guard lock(slot->mutex);
            if (slot->attempt != attempt || !slot->running)
            {
                return;
            }
            slot->running = false;
            (IsForWantOfTime(*exchange) ? *own : slot->answered) = exchange;
            slot->changed.notify_all();
        });
    }

    static void RespondGuarded(const Machine& machine, Exchange& exchange, const Wait& wait)
    {
        try
        {
            machine.Respond(exchange, wait);
        }
        catch (const std::exception& error)
        {
            exchange.Fail(Broken(exchange, error));
        }
    }

    static Failure Broken(const Exchange& exchange, const std::exception& error)
    {
        return {code::kInternalError, std::string(exchange.Name()) + ": " + error.what()};
    }

    static bool IsForWantOfTime(const Exchange& exchange)
    {
        const Failure* const failure = exchange.Error();
        return failure != nullptr && (failure->code == code::kTimeout || failure->code == code::kCancelled);
    }

    std::shared_ptr<const Machine> m_machine;
    mutable std::mutex m_mutex;
    mutable std::unordered_map<std::string, std::shared_ptr<Slot>> m_slots;
};

class Forgetful : public Machine
{
public:
    explicit Forgetful(std::shared_ptr<const Machine> machine) : m_machine(std::move(machine)) {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        Memo(m_machine).Respond(exchange, wait);
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
