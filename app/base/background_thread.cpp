// SPDX-License-Identifier: MIT
#include "background_thread.h"

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace mars
{

namespace
{

struct BackgroundThread
{
    std::thread thread;
    std::shared_ptr<std::atomic<bool>> ended = std::make_shared<std::atomic<bool>>(false);
};

/// Holds every thread that was started until it has ended and is joined.
class BackgroundThreads
{
public:
    void Start(std::function<void()> work)
    {
        const std::lock_guard lock(m_mutex);
        JoinEnded();
        BackgroundThread started;
        started.thread = std::thread([work = std::move(work), ended = started.ended]() mutable {
            work();
            // What the work owns goes first: after `ended` this thread does nothing that takes time.
            work = nullptr;
            *ended = true;
        });
        m_threads.push_back(std::move(started));
    }

private:
    void JoinEnded()
    {
        std::erase_if(m_threads, [](BackgroundThread& started) {
            const bool ended = *started.ended;
            if (ended)
            {
                started.thread.join();
            }
            return ended;
        });
    }

    std::mutex m_mutex;
    std::list<BackgroundThread> m_threads;
};

} // namespace

void RunInBackground(std::function<void()> work)
{
    // Never destroyed: it would have to wait for threads that hang.
    static BackgroundThreads* const threads = new BackgroundThreads;
    threads->Start(std::move(work));
}

} // namespace mars
