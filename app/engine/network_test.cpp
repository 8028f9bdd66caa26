// SPDX-License-Identifier: MIT
#include "network_test.h"

namespace mars
{

Answer<std::vector<ProbeHttp>> NetworkTestQuestionsOfSystem(const MachineView& machine)
{
    const auto settings = machine.Ask(ReadProxySettings{ProxyOwner::kSystem});
    if (settings.HasFailed())
    {
        return settings.Error();
    }
    std::vector<ProbeHttp> questions = NetworkTestQuestions(settings.ValueOr({}));
    for (ProbeHttp& question : questions)
    {
        const auto proxy = FindProxyForHttp(machine, settings.ValueOr({}), question.host);
        question.proxy = proxy ? *proxy : question.proxy;
    }
    return questions;
}

} // namespace mars
