// SPDX-License-Identifier: MIT
#pragma once

#include "proxy.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "view.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace mars
{

/// How Windows itself finds out whether there is an internet connection: a small text over plain HTTP.
struct NetworkTest
{
    const char* host;
    const char* path;
    /// Anything else comes from somebody in between, such as a sign-in page.
    std::string_view body;
};
inline constexpr std::array kNetworkTests{
    NetworkTest{"www.msftconnecttest.com", "/connecttest.txt", "Microsoft Connect Test"},
    NetworkTest{"www.msftncsi.com", "/ncsi.txt", "Microsoft NCSI"}};

/// The questions of the tests, in their order, through the proxy that these settings give. All checks ask the
/// same ones, so a pass sends each once.
inline std::vector<ProbeHttp> NetworkTestQuestions(const ProxySettings& settings)
{
    std::vector<ProbeHttp> questions;
    for (const NetworkTest& test : kNetworkTests)
    {
        ProbeHttp question;
        question.host = test.host;
        question.path = test.path;
        question.proxy = ProxyForHttp(settings, test.host);
        question.bodyBytes = 32;
        questions.push_back(question);
    }
    return questions;
}

struct NetworkTests
{
    /// As they were sent, in the order of the tests.
    std::vector<ProbeHttp> questions;
    std::vector<Answer<HttpProbe>> answers;
    /// Why it is not known which proxy they should have gone through (IsUndecided); they went as if there
    /// were no script.
    std::optional<Failure> undecided;
};

/// The tests through the proxy that these settings give, by their configuration script too.
NetworkTests AskNetworkTests(const MachineView& machine, const ProxySettings& settings);

} // namespace mars
