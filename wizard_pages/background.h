// SPDX-License-Identifier: MIT
#pragma once

#include "background_thread.h"

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace mars
{

/// Runs `function` on the UI thread, soon. Dropped when there is no UI any more. From any thread.
void OnUiThread(std::function<void()> function);

/// Before wx goes: from now on OnUiThread drops everything.
void CloseUiThread();

/// For an exception that nothing expected: says so and closes the wizard. A repair that was under way is
/// rolled back from its journal at the next start.
void EndAfterInternalError(const std::string& what);

/// A member of whatever waits for a result: what comes back after its owner is gone is dropped. To be made,
/// asked and destroyed on the UI thread only.
class Lifeline
{
public:
    Lifeline() = default;
    Lifeline(const Lifeline&) = delete;
    Lifeline& operator=(const Lifeline&) = delete;
    ~Lifeline()
    {
        *m_alive = false;
    }

    /// `function` as something that does nothing when the owner is gone.
    template <class... Arguments>
    std::function<void(Arguments...)> WhileAlive(std::function<void(Arguments...)> function) const
    {
        return [alive = m_alive, function = std::move(function)](Arguments... arguments) {
            if (*alive)
            {
                function(std::forward<Arguments>(arguments)...);
            }
        };
    }

private:
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

/// Runs `work` on a thread of its own and gives what it returns to `done` on the UI thread, if `owner` is
/// still there then. Nobody waits for the thread, because some calls of Windows cannot be cancelled: `work`
/// must own all that it uses.
template <class Work, class Done>
void InBackground(const Lifeline& owner, Work work, Done done)
{
    auto finish = owner.WhileAlive(std::function<void(decltype(work()))>(std::move(done)));
    RunInBackground([work = std::move(work), finish = std::move(finish)]() mutable {
        try
        {
            auto result = std::make_shared<decltype(work())>(work());
            OnUiThread([finish = std::move(finish), result] { finish(std::move(*result)); });
        }
        catch (const std::exception& error)
        {
            EndAfterInternalError(error.what());
        }
    });
}

} // namespace mars
