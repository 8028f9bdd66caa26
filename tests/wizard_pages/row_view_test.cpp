// SPDX-License-Identifier: MIT
#include "model/row_view.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <span>

using namespace mars;

namespace
{

Outcome Nothing(const MachineView&, const Given&)
{
    return Outcome::Passed();
}

constexpr RootCause kCause{"basics.sample", "X-1", RepairKind::kOneClick, true, Nothing, nullptr};

constexpr std::string_view kEntry = R"(<entry id="basics.sample" code="X-1" checked="2026-03-01">
  <title>The sample is broken</title>
  <case name="problem"><meaning>Backups do not run.</meaning><evidence>The sample is {state}.</evidence></case>
  <case name="passed"><meaning>All is well.</meaning><evidence>The sample is whole.</evidence></case>
  <guided><step tool="services" check="open">Open it.</step><step check="wait">Wait.</step></guided>
  <handoff>Please mend {state}.</handoff>
  <link url="https://learn.microsoft.com/sample">The page</link>
  <source url="https://learn.microsoft.com/source" date="2026-02-01"/>
</entry>)";
constexpr std::string_view kInterface = R"(<interface>
  <text id="held.task_keeps_password">The task keeps a password.</text>
  <text id="guided.done">Done: {step}</text>
  <text id="guided.next">Next: {step}</text>
  <text id="reason.agent_missing">No agent.</text>
  <text id="code.5">Denied.</text>
  <text id="report.steps">What to do:</text>
  <text id="report.steps_if_so">If so:</text>
  <text id="report.steps_unchecked">How to get it checked:</text>
  <text id="unchecked.rights_1">Start it as an administrator.</text>
  <text id="outcome.could_not_check">Nobody knows.</text>
</interface>)";
constexpr std::string_view kSubjects = R"(<subjects>
  <subject id="basics.sample">The state of the sample</subject>
  <question id="basics.sample">Is the sample broken?</question>
</subjects>)";
const std::array kFiles{EmbeddedFile{"basics/sample.xml", kEntry}, EmbeddedFile{"interface.xml", kInterface},
    EmbeddedFile{"subjects.xml", kSubjects}};

struct Fixture
{
    Knowledge knowledge{kFiles};
    std::optional<ProcessContext> process = ProcessContext{};

    RowView View(const Outcome& outcome, const RepairProposal* offer = nullptr, bool recording = false)
    {
        const CheckResult result{&kCause, outcome, std::chrono::milliseconds(12)};
        const Row row{&kCause, "X-1", false, StateOf(outcome)};
        return MakeRowView(row, &result, {knowledge, Language::kEnglish, process, offer, recording});
    }
    const Outcome problem = Outcome::Problem(Level::kError, {{"state", std::string("broken")}});
};

std::string DetailOf(const RowView& view, const std::string& name)
{
    const auto found = std::ranges::find(view.technical, name, &RowView::Detail::first);
    return found == view.technical.end() ? std::string() : found->second;
}

} // namespace

TEST_CASE_FIXTURE(Fixture, "row view: a problem is explained, with steps, hand-off and a repair")
{
    const RowView view = View(problem);
    CHECK(view.title == "The sample is broken");
    CHECK(view.meaning == "Backups do not run.");
    CHECK(view.evidence == "The sample is broken.");
    REQUIRE(view.steps.size() == 2);
    CHECK(view.steps[0].tool == "services");
    CHECK(view.handoff == "Please mend broken.");
    CHECK(view.links.size() == 1);
    CHECK(view.checkedOn == "2026-03-01");
    CHECK(view.source == "https://learn.microsoft.com/source");
    CHECK(view.repairable);
    CHECK_FALSE(view.needsAdministrator);
}

TEST_CASE_FIXTURE(Fixture, "row view: a recording offers no tools, which would open on the reader's computer")
{
    const RowView view = View(problem, nullptr, true);
    REQUIRE(view.steps.size() == 2);
    CHECK(view.steps[0].text == "Open it.");
    CHECK(view.steps[0].tool.empty());
}

TEST_CASE_FIXTURE(Fixture, "row view: steps that were begun say what is done and which is next")
{
    CHECK(View(Outcome::Passed()).steps.empty());
    Facts facts{{"step_open", std::string("done")}, {"step_wait", std::string("open")}};
    RowView view = View(Outcome::Passed(facts));
    CHECK(view.stepsLabel == "What to do:");
    REQUIRE(view.steps.size() == 2);
    CHECK(view.steps[0].text == "Done: Open it.");
    CHECK_FALSE(view.steps[0].isNext);
    CHECK(view.steps[1].text == "Next: Wait.");
    CHECK(view.steps[1].isNext);
    facts["step_wait"] = std::string("done");
    CHECK(View(Outcome::Passed(facts)).steps.empty());
}

TEST_CASE_FIXTURE(Fixture, "row view: what waits for its result has only what is looked at")
{
    const Row row{&kCause, "X-1", false, RowState::kChecking};
    const RowView view = MakeRowView(row, nullptr, {knowledge, Language::kEnglish, process});
    CHECK(view.title == "The state of the sample");
    CHECK_FALSE(view.judged);
    CHECK(view.steps.empty());
    CHECK(view.technical.empty());
}

TEST_CASE_FIXTURE(Fixture, "row view: what is checked again does not assert what was found before")
{
    const CheckResult before{&kCause, problem, std::chrono::milliseconds(12)};
    const Row row{&kCause, "X-1", false, RowState::kChecking};
    const RowView view = MakeRowView(row, &before, {knowledge, Language::kEnglish, process});
    CHECK(view.title == "The state of the sample");
    CHECK(view.judgement == RowState::kError);
}

TEST_CASE_FIXTURE(
    Fixture, "row view: what could not be checked says how it gets checked, and nothing else to do")
{
    const RowView view = View(Outcome::CouldNotCheck({code::kAccessDenied, "open the sample"}));
    CHECK(view.title == "The state of the sample");
    CHECK(view.meaning == "Nobody knows.");
    CHECK(view.stepsLabel == "How to get it checked:");
    REQUIRE(view.steps.size() == 1);
    CHECK(view.steps[0].text == "Start it as an administrator.");
    CHECK(view.handoff.empty());
}

TEST_CASE_FIXTURE(Fixture, "row view: what only a person can tell is a question, and its steps say: if so")
{
    const RowView view = View(Outcome::Manual());
    CHECK(view.title == "Is the sample broken?");
    CHECK(view.stepsLabel == "If so:");
    CHECK(view.steps.size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "row view: an offer decides whether there is a button")
{
    const RepairProposal planned = RepairProposal::Planned({});
    CHECK(View(problem, &planned).repairable);
    const RepairProposal guided = RepairProposal::Guided();
    CHECK_FALSE(View(problem, &guided).repairable);
    CHECK(View(problem, &guided).repairNote.empty());
    const RepairProposal held = RepairProposal::Held("task_keeps_password");
    CHECK_FALSE(View(problem, &held).repairable);
    CHECK(View(problem, &held).repairNote == "The task keeps a password.");
    CHECK_FALSE(View(Outcome::Passed()).repairable);
    CHECK(View(Outcome::Passed({{"repair_offered", true}}), &planned).repairable);
}

TEST_CASE_FIXTURE(Fixture, "row view: what the person may choose keeps the button")
{
    constexpr std::string_view kChoice = "more";
    RootCause cause = kCause;
    cause.choices = std::span(&kChoice, 1);
    const CheckResult result{&cause, problem, std::chrono::milliseconds(12)};
    const Row row{&cause, "X-1", false, StateOf(problem)};
    const RepairProposal guided = RepairProposal::Guided("task_keeps_password");
    const RowView view = MakeRowView(row, &result, {knowledge, Language::kEnglish, process, &guided, false});
    CHECK(view.repairable);
    CHECK(view.repairNote.empty());
}

TEST_CASE_FIXTURE(Fixture, "row view: a repair that copies from a folder has a button, which asks for it")
{
    RootCause cause = kCause;
    cause.needsFolder = true;
    const RepairProposal guided = RepairProposal::Guided("needs_folder");
    const CheckResult result{&cause, problem, {}};
    const Row row{&cause, "X-1", false, StateOf(problem)};
    CHECK(MakeRowView(row, &result, {knowledge, Language::kEnglish, process, &guided, false}).repairable);
    CHECK_FALSE(
        MakeRowView(row, &result, {knowledge, Language::kEnglish, process, &guided, true}).repairable);
}

TEST_CASE_FIXTURE(Fixture, "row view: passed rows have neither steps nor anything to hand off")
{
    const RowView view = View(Outcome::Passed());
    CHECK(view.evidence == "The sample is whole.");
    CHECK(view.steps.empty());
    CHECK(view.handoff.empty());
}

TEST_CASE_FIXTURE(Fixture, "row view: what does not apply says why and asks for nothing")
{
    const RowView view = View(Outcome::NotApplicable(reason::kAgentMissing));
    CHECK(view.evidence == "No agent.");
    CHECK(view.steps.empty());
    CHECK(DetailOf(view, "reason") == "agent_missing");
}

TEST_CASE_FIXTURE(Fixture, "row view: rights are asked for only where they are missing and would help")
{
    const Outcome denied = Outcome::CouldNotCheck({code::kAccessDenied, "open the sample"});
    CHECK(View(denied).needsAdministrator);
    CHECK_FALSE(View(denied, nullptr, true).needsAdministrator);
    CHECK(DetailOf(View(denied), "error.code") == "5 (0x00000005)");
    CHECK(DetailOf(View(denied), "error.what") == "open the sample");
    process->elevated = true;
    CHECK_FALSE(View(denied).needsAdministrator);
    process.reset();
    CHECK_FALSE(View(denied).needsAdministrator);
}

TEST_CASE_FIXTURE(Fixture, "row view: technical details hold the facts and how they were taken")
{
    process->user = "maria";
    const RowView view = View(problem);
    CHECK(DetailOf(view, "id") == "basics.sample");
    CHECK(DetailOf(view, "level") == "error");
    CHECK(DetailOf(view, "state") == "broken");
    CHECK(DetailOf(view, "duration") == "12 ms");
    CHECK(DetailOf(view, "asked_by") == "maria");
    CHECK(DetailOf(view, "elevated") == "no");
    CHECK(DetailOf(view, "recording") == "no");
}

TEST_CASE_FIXTURE(Fixture, "row view: equal results give equal views")
{
    CHECK(View(problem) == View(problem));
    CHECK_FALSE(View(problem) == View(Outcome::Passed()));
}
