// SPDX-License-Identifier: MIT
#include "mars_agent.h"
#include "server.h"

#include "catalogue.h"
#include "pass.h"
#include "recording.h"
#include "refutation.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>

namespace mars::test
{

namespace
{

std::string Describe(const Outcome& outcome)
{
    std::string text(WordOf(outcome.kind));
    if (outcome.IsProblem())
    {
        text = std::string(WordOf(outcome.level));
    }
    const std::string textCase = outcome.Text("case");
    text += textCase.empty() ? "" : " " + textCase;
    text += outcome.reason.empty() ? "" : " [" + outcome.reason + "]";
    text += outcome.error ? fmt::format(" {} {}", outcome.error->code, outcome.error->what) : "";
    text += outcome.facts.contains(kWorksAnyway) ? ", works anyway" : "";
    return text;
}

/// The text of a problem that has only one is its case "problem", said or not.
std::string CaseOf(const Outcome& outcome)
{
    const std::string textCase = outcome.Text("case");
    return textCase == "problem" ? std::string() : textCase;
}

std::string Describe(const Shown& shown)
{
    return std::string(WordOf(shown.level)) + (shown.textCase.empty() ? "" : " " + shown.textCase);
}

bool IsErrorOrWarning(const Outcome& outcome)
{
    return outcome.IsProblem() && outcome.level != Level::kAdvice;
}

/// What the scenario says otherwise about this outcome; empty: nothing.
std::string Difference(const Scenario& scenario, const CheckResult& result)
{
    const std::string id(result.cause->id);
    const Outcome& outcome = result.outcome;
    const auto expected = scenario.problems.find(id);
    if (expected != scenario.problems.end())
    {
        const bool same = IsErrorOrWarning(outcome) && outcome.level == expected->second.level
            && CaseOf(outcome) == expected->second.textCase;
        return same ? "" : "expected " + Describe(expected->second);
    }
    if (IsErrorOrWarning(outcome))
    {
        return "expected no error and no warning";
    }
    const bool mayBeUnknown = scenario.notChecked.contains(id);
    return outcome.kind == OutcomeKind::kCouldNotCheck && !mayBeUnknown ? "expected an answer" : "";
}

std::string Differences(const Scenario& scenario, const std::vector<CheckResult>& results)
{
    std::string text;
    for (const CheckResult& result : results)
    {
        if (const std::string difference = Difference(scenario, result); !difference.empty())
        {
            text += fmt::format("\n  {:5} {:40} {}; {}", result.cause->code, result.cause->id,
                Describe(result.outcome), difference);
        }
    }
    for (const auto& [id, shown] : scenario.problems)
    {
        if (FindRootCause(id) == nullptr)
        {
            text += fmt::format("\n  {:46} no such root cause; expected {}", id, Describe(shown));
        }
    }
    return text;
}

/// Questions that the server has no answer to, each once: whoever asks them judges a server that does not
/// exist.
std::string Unanswered(const RecordedMachine& machine)
{
    std::string text;
    machine.ForEachEntry([&](const Exchange& entry) {
        const Failure* const failure = entry.Error();
        const bool isUnknown = failure != nullptr && failure->code == code::kNotRecorded;
        if (isUnknown && text.find(entry.Name()) == std::string::npos)
        {
            text.append("\n  no answer to ").append(entry.Name());
        }
    });
    return text;
}

Recording ReadBack(const RecordedMachine& machine)
{
    RecordingHeader header;
    header.toolVersion = "test";
    header.taken = kNow;
    Recording recording;
    const Status read = ReadRecording(WriteRecording(header, machine), recording);
    REQUIRE_MESSAGE(read.Ok(), (read.Ok() ? std::string() : read.Error().what));
    return recording;
}

std::string DifferencesOfRecording(
    const std::vector<CheckResult>& live, const std::vector<CheckResult>& recorded)
{
    std::string text;
    for (std::size_t i = 0; i < live.size(); ++i)
    {
        if (live[i].outcome != recorded[i].outcome)
        {
            text += fmt::format("\n  {:5} {:40} {}; from the recording {}", live[i].cause->code,
                live[i].cause->id, Describe(live[i].outcome), Describe(recorded[i].outcome));
        }
    }
    return text;
}

/// Not a copy, and only for as long as the scenario lives.
std::shared_ptr<const Machine> MachineOf(const Scenario& scenario)
{
    return {std::shared_ptr<const Machine>(), &scenario.server};
}

/// One after the other: nothing waits here, and threads cost more than the checks.
std::vector<CheckResult> RunAll(Pass& pass)
{
    std::vector<CheckResult> results;
    for (const RootCause* cause : AllRootCauses())
    {
        results.push_back(pass.RunOne(*cause));
    }
    return results;
}

/// As a pass does it, without the threads by which a pass keeps its deadlines: a recording answers at once.
std::vector<CheckResult> RunOn(const RecordedMachine& machine, const Given& given)
{
    const MachineView view(machine, Wait{});
    std::vector<CheckResult> results;
    for (const RootCause* cause : AllRootCauses())
    {
        CheckResult result;
        result.cause = cause;
        result.outcome = RefuteBySuccess(BuiltInKnowledge(), cause->id, cause->detect(view, given), view);
        results.push_back(std::move(result));
    }
    return results;
}

void CheckScenario(const Scenario& scenario)
{
    Pass pass(MachineOf(scenario), scenario.given, MarsAgent());
    const auto live = RunAll(pass);
    const std::string differences = Differences(scenario, live) + Unanswered(pass.WhatWasRecorded());
    CHECK_MESSAGE(differences.empty(), "'", scenario.name, "'", differences);

    const Recording recording = ReadBack(pass.WhatWasRecorded());
    const std::string changed = DifferencesOfRecording(live, RunOn(recording.machine, scenario.given));
    CHECK_MESSAGE(changed.empty(), "'", scenario.name, "'", changed);
}

void CheckAll(const std::vector<MakeScenario>& scenarios)
{
    for (const MakeScenario make : scenarios)
    {
        CheckScenario(make());
    }
}

void CheckHealthy(const std::vector<MakeScenario>& scenarios)
{
    for (const MakeScenario make : scenarios)
    {
        const Scenario scenario = make();
        CHECK_MESSAGE(scenario.problems.empty(), "'", scenario.name, "' is not healthy");
        CheckScenario(scenario);
    }
}

/// What a person sees of each server: all but what passed, does not apply or only a person can tell.
std::string Table(const std::vector<MakeScenario>& scenarios)
{
    std::string text;
    for (const MakeScenario make : scenarios)
    {
        const Scenario scenario = make();
        Pass pass(MachineOf(scenario), scenario.given, MarsAgent());
        text += "\n" + scenario.name;
        for (const CheckResult& result : RunAll(pass))
        {
            const bool isShown = result.outcome.IsProblem()
                || result.outcome.kind == OutcomeKind::kCouldNotCheck
                || result.outcome.facts.contains(kWorksAnyway);
            text += isShown ? fmt::format(
                        "\n    {:5} {:40} {}", result.cause->code, result.cause->id, Describe(result.outcome))
                            : "";
        }
    }
    return text;
}

} // namespace

TEST_CASE("servers: every Windows as it is set up has no error and no warning")
{
    CheckHealthy(EditionsOfWindows());
}

TEST_CASE("servers: whatever else a healthy server does, it has no error and no warning")
{
    CheckHealthy(RolesOfServers());
}

TEST_CASE("servers: whatever way a healthy server has to the internet, it has no error and no warning")
{
    CheckHealthy(WaysToTheInternet());
}

TEST_CASE("servers: however else a healthy server is kept, it has no error and no warning")
{
    CheckHealthy(OtherHealthyServers());
}

TEST_CASE("servers: a sick server has the errors and warnings of its sickness, and no others")
{
    CheckAll(SickServers());
}

// Only for people: mars_tests -tc="servers: table*" --no-skip
TEST_CASE("servers: table of all servers and what each shows" * doctest::skip())
{
    std::string table;
    for (const auto& family :
        {EditionsOfWindows(), RolesOfServers(), WaysToTheInternet(), OtherHealthyServers(), SickServers()})
    {
        table += Table(family);
    }
    MESSAGE(table);
}

} // namespace mars::test
