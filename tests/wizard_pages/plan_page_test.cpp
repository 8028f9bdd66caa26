// SPDX-License-Identifier: MIT
#include "model/plan_draft.h"
#include "model/plan_page.h"
#include "model/wizard_model.h"

#include "catalogue.h"

#include <doctest/doctest.h>

#include <array>

using namespace mars;

namespace
{

const RootCause& Cause(std::string_view id)
{
    const RootCause* cause = FindRootCause(id);
    REQUIRE(cause != nullptr);
    return *cause;
}

CheckResult Found(std::string_view id, Outcome outcome)
{
    return {&Cause(id), std::move(outcome), {}};
}

std::vector<std::string> IdsOf(const SupportPlan& plan)
{
    return PlanPage(plan).Ids();
}

std::vector<std::string> IdsOf(const PlanDraft& draft)
{
    std::vector<std::string> ids;
    for (const PlanDraft::Line& line : draft.Lines())
    {
        ids.emplace_back(line.cause->id);
    }
    return ids;
}

/// Found in another order than the catalogue's.
WizardModel SickModel()
{
    WizardModel model(AllSections());
    model.SetResult(Found("jobs.files_skipped", Outcome::Problem(Level::kWarning)));
    model.SetResult(Found("scheduling.trigger_disabled", Outcome::Problem(Level::kError)));
    model.SetResult(Found("basics.agent_outdated", Outcome::Problem(Level::kWarning)));
    model.SetResult(Found("basics.restart_pending", Outcome::Problem(Level::kAdvice)));
    model.SetResult(Found("basics.service_stopped", Outcome::Problem(Level::kError)));
    model.SetResult(Found("scheduling.task_missing", Outcome::Passed()));
    model.SetResult(Found("scheduling.task_disabled", Outcome::CouldNotCheck({5, "open it"})));
    return model;
}

} // namespace

TEST_CASE("plan page: its rows are the plan's steps, in its order and with their own codes")
{
    const PlanPage page(SupportPlan{{}, "1.0",
        {{&Cause("scheduling.trigger_disabled"), "First this."}, {&Cause("basics.service_stopped"), ""}}});
    const WizardModel model(AllSections());
    const std::vector<Row> rows = model.Rows(page.AsSection());
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].code == "S-3");
    CHECK(rows[1].code == "B-3");
    CHECK(page.Plan().steps[0].note == "First this.");
    CHECK_FALSE(page.LacksNotes());
    CHECK(page.Has(Cause("basics.service_stopped")));
    CHECK_FALSE(page.Has(Cause("scheduling.task_missing")));
}

TEST_CASE("plan page: the elevated copy has the steps and knows that the notes are missing")
{
    const PlanPage page({&Cause("scheduling.trigger_disabled"), &Cause("basics.service_stopped")});
    CHECK(page.Ids() == std::vector<std::string>{"scheduling.trigger_disabled", "basics.service_stopped"});
    CHECK(page.LacksNotes());
}

TEST_CASE("plan draft: errors first, then warnings, each in the order of the catalogue, and only they chosen")
{
    const PlanDraft draft(SickModel());
    CHECK(IdsOf(draft)
        == std::vector<std::string>{"basics.service_stopped", "scheduling.trigger_disabled",
            "basics.agent_outdated", "jobs.files_skipped", "basics.restart_pending",
            "scheduling.task_disabled"});
    CHECK(draft.CountChosen() == 4);
    CHECK(IdsOf(draft.Plan({}, "1.0"))
        == std::vector<std::string>{"basics.service_stopped", "scheduling.trigger_disabled",
            "basics.agent_outdated", "jobs.files_skipped"});
}

TEST_CASE("plan draft: a line moves with its note and stays in the list")
{
    PlanDraft draft(SickModel());
    draft.SetNote(1, "Do this at night.");
    CHECK(draft.MoveUp(1) == 0);
    CHECK(draft.Lines()[0].cause->id == "scheduling.trigger_disabled");
    CHECK(draft.Lines()[0].note == "Do this at night.");
    CHECK(draft.MoveUp(0) == 0);
    CHECK(draft.MoveDown(0) == 1);
    CHECK(draft.Lines()[0].cause->id == "basics.service_stopped");
    const std::size_t last = draft.Lines().size() - 1;
    CHECK(draft.MoveDown(last) == last);
}

TEST_CASE("plan draft: any row can be added, and one that is there already is chosen")
{
    PlanDraft draft(SickModel());
    const std::size_t before = draft.Lines().size();
    CHECK(draft.Add(Cause("scheduling.task_missing")) == before);
    CHECK(draft.Lines().back().chosen);
    CHECK(draft.Add(Cause("basics.restart_pending")) == 4);
    CHECK(draft.Lines()[4].chosen);
    CHECK(draft.Lines().size() == before + 1);
}

TEST_CASE("plan draft: what is not chosen is not in the plan, and neither is its note")
{
    PlanDraft draft(SickModel());
    draft.SetNote(0, "Not this.");
    draft.Choose(0, false);
    const SupportPlan plan = draft.Plan({}, "1.0");
    REQUIRE(plan.steps.size() == 3);
    CHECK(plan.steps[0].cause->id == "scheduling.trigger_disabled");
    CHECK(plan.steps[0].note.empty());
    CHECK(plan.toolVersion == "1.0");
}
