// SPDX-License-Identifier: MIT
#pragma once

#include "connection_text.h"
#include "given.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "view.h"

#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// Given::agentProxy: the person said that the agent has no proxy of its own.
inline constexpr const char* kNoAgentProxy = "none";

/// What Given::agentProxy may be: "none", or "HOST:PORT" with a port of 1 to 65535; an IPv6 address stands in
/// brackets. No login: nobody shall type a password into a command line.
bool IsAgentProxy(std::string_view text);

/// The agent's own proxy as "host:port", where the person gave one. Empty: none, or nobody said.
std::string AgentsOwnProxy(const Given& given);

/// The settings that the agent goes by: its own proxy for every host where the person gave one, else those of
/// SYSTEM. Absent: no proxy.
Answer<ProxySettings> ReadAgentsProxy(const MachineView& machine, const Given& given);

/// The proxy for HTTPS to `host` by WinINET's rules, as "host:port" without a login; empty: direct. Scripts
/// and automatic detection are not evaluated: see UsesScript.
std::string ProxyFor(const ProxySettings& settings, std::string_view host);
/// The same for plain HTTP.
std::string ProxyForHttp(const ProxySettings& settings, std::string_view host);

/// The proxies for HTTPS to `host` as WinINET finds them, in the order in which it tries them: by automatic
/// detection, else by the script, else ProxyFor. At least one; an empty text is direct. Fails where a script
/// decides that cannot be fetched or run. Asks the network where one of the two is set.
Answer<std::vector<std::string>> FindProxies(
    const MachineView& machine, const ProxySettings& settings, std::string_view host);
/// The same for plain HTTP.
Answer<std::vector<std::string>> FindProxiesForHttp(
    const MachineView& machine, const ProxySettings& settings, std::string_view host);

/// A failure of FindProxies that says nothing of the script: the service of Windows that runs scripts is
/// switched off or fails, or there was no time.
bool IsUndecided(const Failure& failure);

/// Sends a question of a probe through the first of these proxies that can be reached, as WinINET does;
/// `question.proxy` is then that one.
template <class Question>
Answer<typename Question::Value> AskThrough(
    const MachineView& machine, Question& question, const std::vector<std::string>& proxies)
{
    Answer<typename Question::Value> answer = Absent{};
    for (const std::string& proxy : proxies)
    {
        question.proxy = proxy;
        answer = machine.Ask(question);
        if (!answer || answer->end != ProbeEnd::kProxyUnreachable)
        {
            break;
        }
    }
    return answer;
}

} // namespace mars
