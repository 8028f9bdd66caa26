// SPDX-License-Identifier: MIT
#include "network_test.h"

#include "ask_all.h"
#include "questions/probes.h"
#include "questions/proxy.h"

namespace mars
{

NetworkTests AskNetworkTests(const MachineView& machine, const ProxySettings& settings)
{
    NetworkTests tests;
    tests.questions = NetworkTestQuestions(settings);
    std::vector<Answer<std::vector<std::string>>> proxies(tests.questions.size(), Absent{});
    std::vector<std::function<void()>> jobs;
    for (std::size_t i = 0; i < proxies.size(); ++i)
    {
        jobs.push_back(
            [&, i] { proxies[i] = FindProxiesForHttp(machine, settings, tests.questions[i].host); });
    }
    if (settings.autoDetect && !UsesScript(settings))
    {
        // Detection takes seconds and usually finds nothing: the pass then has these answers already.
        jobs.push_back([&, questions = tests.questions] {
            const auto ignored = AskAll(machine, questions);
            static_cast<void>(ignored);
        });
    }
    RunSideBySide(jobs);
    jobs.clear();
    tests.answers.assign(tests.questions.size(), Absent{});
    for (std::size_t i = 0; i < proxies.size(); ++i)
    {
        if (proxies[i].HasFailed() && IsUndecided(proxies[i].Error()))
        {
            tests.undecided = proxies[i].Error();
        }
        jobs.push_back([&, i] {
            ProbeHttp& question = tests.questions[i];
            tests.answers[i] = AskThrough(machine, question, proxies[i].ValueOr(std::vector{question.proxy}));
        });
    }
    RunSideBySide(jobs);
    return tests;
}

} // namespace mars
