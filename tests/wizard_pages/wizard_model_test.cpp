// SPDX-License-Identifier: MIT
#include "model/navigation.h"
#include "model/symptom_page.h"
#include "model/symptoms.h"
#include "model/wizard_model.h"

#include "catalogue.h"

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>

using namespace mars;

namespace
{

Outcome Nothing(const MachineView&, const Given&)
{
    return Outcome::Passed();
}

constexpr RootCause kFirst{"basics.first", "X-1", RepairKind::kOneClick, true, Nothing, nullptr};
constexpr RootCause kSecond{"basics.second", "X-2", RepairKind::kGuided, true, Nothing, nullptr};
constexpr RootCause kThird{"basics.third", "X-3", RepairKind::kGuided, true, Nothing, nullptr};
const std::array<const RootCause*, 3> kCauses{&kFirst, &kSecond, &kThird};
/// A row of the real catalogue, because borrowed rows are looked up there.
const std::array kBorrowed{
    BorrowedRow{"X-4", "basics.service_stopped"}, BorrowedRow{"", "basics.agent_outdated"}};
const Section kPage{"basics", kCauses, kBorrowed};
const Section kEmptyPage{"jobs", {}, {}};
const std::array<const Section*, 2> kPages{&kPage, &kEmptyPage};

CheckResult Result(const RootCause& cause, Outcome outcome)
{
    return {&cause, std::move(outcome), {}};
}

Outcome Denied()
{
    return Outcome::CouldNotCheck({code::kAccessDenied, "open something"});
}

} // namespace

TEST_CASE("wizard model: a page lists its own rows and the borrowed ones with the page's codes")
{
    const WizardModel model(kPages);
    const std::vector<Row> rows = model.Rows(kPage);
    REQUIRE(rows.size() == 5);
    CHECK(rows[0].code == "X-1");
    CHECK_FALSE(rows[0].borrowed);
    CHECK(rows[3].code == "X-4");
    CHECK(rows[3].borrowed);
    CHECK(rows[3].cause->id == "basics.service_stopped");
    CHECK(rows[4].code == "B-2");
    CHECK(model.Rows(kEmptyPage).empty());
}

TEST_CASE("wizard model: a row waits, is checked, and has a result")
{
    WizardModel model(kPages);
    CHECK(model.StateOf(kFirst) == RowState::kWaiting);
    model.BeginChecks(kCauses);
    CHECK(model.StateOf(kFirst) == RowState::kChecking);
    CHECK(model.Checking() == 3);
    model.SetResult(Result(kFirst, Outcome::Problem(Level::kWarning)));
    CHECK(model.StateOf(kFirst) == RowState::kWarning);
    CHECK(model.Checking() == 2);
    model.EndChecks();
    CHECK(model.StateOf(kSecond) == RowState::kWaiting);
}

TEST_CASE("wizard model: a page shows its worst row, and that it is not done yet")
{
    WizardModel model(kPages);
    CHECK(model.Summary(kEmptyPage) == SectionSummary());
    model.BeginChecks(kCauses);
    model.SetResult(Result(kThird, Outcome::Passed()));
    CHECK(model.Summary(kPage).state == RowState::kChecking);
    model.SetResult(Result(kSecond, Outcome::Problem(Level::kError)));
    CHECK(model.Summary(kPage).state == RowState::kError);
    CHECK(model.Summary(kPage).problems == 1);
    CHECK(model.Summary(kPage).checking == 1);
    model.SetResult(Result(kFirst, Outcome::Problem(Level::kAdvice)));
    CHECK(model.Summary(kPage).advice == 1);
    CHECK(model.WorstRow(kPage) == &kSecond);
    CHECK(model.WorstRow(kEmptyPage) == nullptr);
}

TEST_CASE("wizard model: a borrowed row is counted on its own page only, so that the pages add up")
{
    WizardModel model(kPages);
    model.SetResult(Result(kFirst, Outcome::Problem(Level::kError)));
    model.SetResult(Result(*FindRootCause("basics.service_stopped"), Outcome::Problem(Level::kError)));
    const SectionSummary summary = model.Summary(kPage);
    CHECK(summary.problems == 1);
    CHECK(summary.problemsElsewhere == 1);
    CHECK(summary.rows == 5);
    model.SetResult(Result(kFirst, Outcome::Passed()));
    CHECK(model.Summary(kPage).state == RowState::kPassed);
    CHECK(model.Summary(kPage).problems == 0);
}

TEST_CASE("wizard model: the pages of the catalogue add up to the result")
{
    WizardModel model(AllSections());
    for (const RootCause* cause : AllRootCauses())
    {
        model.SetResult(Result(*cause, Outcome::Problem(Level::kWarning)));
    }
    std::size_t sum = 0;
    for (const Section* section : AllSections())
    {
        sum += model.Summary(*section).problems;
    }
    CHECK(sum == model.ProblemsNow());
    CHECK(sum == AllRootCauses().size());
}

TEST_CASE("wizard model: no two rows of a page have one code")
{
    const WizardModel model(AllSections());
    for (const Section* section : AllSections())
    {
        std::set<std::string> codes;
        for (const Row& row : model.Rows(*section))
        {
            CHECK_MESSAGE(codes.insert(row.code).second, section->id, " ", row.code);
        }
    }
}

TEST_CASE("wizard model: a page that only borrows counts all its rows, and knows what it does not show")
{
    WizardModel model(AllSections());
    const SymptomChoice symptom{
        "sample", "Sample", FindSection("scheduling"), {FindRootCause("scheduling.trigger_disabled")}};
    const SymptomPage page(symptom);
    model.SetResult(Result(*FindRootCause("scheduling.trigger_disabled"), Outcome::Problem(Level::kError)));
    model.SetResult(Result(*FindRootCause("basics.service_stopped"), Outcome::Problem(Level::kError)));
    CHECK(model.Summary(page.AsSection()).onlyBorrows);
    CHECK(model.Summary(page.AsSection()).problems == 1);
    model.SetResult(Result(*FindRootCause("scheduling.trigger_disabled"), Outcome::Passed()));
    CHECK(model.Summary(page.AsSection()).problems == 0);
    CHECK(model.Summary(page.AsSection()).problemsElsewhere == 1);
}

TEST_CASE("symptoms: a mark counts what its page will show")
{
    WizardModel model(AllSections());
    for (const SymptomChoice& symptom : SymptomChoices(BuiltInKnowledge(), Language::kEnglish))
    {
        CAPTURE(symptom.id);
        CHECK(MarkOf(symptom, model) == SymptomMark());
    }
    const auto& all = AllRootCauses();
    for (std::size_t i = 0; i < all.size(); ++i)
    {
        const auto outcomes = std::array{Outcome::Problem(Level::kWarning), Outcome::Problem(Level::kAdvice),
            Outcome::Problem(Level::kError), Denied(), Outcome::Passed()};
        model.SetResult(Result(*all[i], outcomes[i % outcomes.size()]));
    }
    for (const SymptomChoice& symptom : SymptomChoices(BuiltInKnowledge(), Language::kEnglish))
    {
        CAPTURE(symptom.id);
        const SymptomPage page(symptom);
        const SectionSummary summary = model.Summary(page.AsSection());
        const SymptomMark mark = MarkOf(symptom, model);
        CHECK(mark.problems == summary.problems);
        CHECK((mark.problems == 0 || mark.state == summary.state));
    }
}

TEST_CASE("symptoms: no page says that all is well while the service of the agent does not run")
{
    WizardModel model(AllSections());
    for (const RootCause* cause : AllRootCauses())
    {
        model.SetResult(Result(*cause, Outcome::Passed()));
    }
    const RootCause* service = FindRootCause("basics.service_stopped");
    model.SetResult(Result(*service, Outcome::Problem(Level::kError)));
    const auto symptoms = SymptomChoices(BuiltInKnowledge(), Language::kEnglish);
    CHECK(symptoms.front().id == "no_backup_runs");
    CHECK(symptoms.front().causes.front() == service);
    for (const SymptomChoice& symptom : symptoms)
    {
        CAPTURE(symptom.id);
        const SymptomPage page(symptom);
        const SectionSummary summary = model.Summary(page.AsSection());
        CHECK(summary.problems + summary.problemsElsewhere == 1);
        const bool backupsDoNotRun = symptom.id == "no_backup_runs" || symptom.id == "schedule_does_not_run";
        CHECK((summary.problems == 1 || !backupsDoNotRun));
    }
}

TEST_CASE("wizard model: of equally bad rows the first is looked at first")
{
    WizardModel model(kPages);
    model.SetResult(Result(kThird, Outcome::Problem(Level::kError)));
    model.SetResult(Result(kSecond, Outcome::Problem(Level::kError)));
    CHECK(model.WorstRow(kPage) == &kSecond);
}

TEST_CASE("wizard model: a stopped check keeps what was known")
{
    WizardModel model(kPages);
    model.SetResult(Result(kFirst, Outcome::Problem(Level::kError)));
    model.BeginChecks(kCauses);
    model.SetResult(Result(kFirst, Outcome::CouldNotCheck({code::kCancelled, "basics.first"})));
    CHECK(model.StateOf(kFirst) == RowState::kError);
    model.SetResult(Result(kSecond, Outcome::CouldNotCheck({code::kCancelled, "basics.second"})));
    CHECK(model.StateOf(kSecond) == RowState::kWaiting);
}

TEST_CASE("wizard model: before and after holds the first result against the newest")
{
    WizardModel model(kPages);
    model.SetResult(Result(kFirst, Outcome::Problem(Level::kError)));
    model.SetResult(Result(kSecond, Outcome::Passed()));
    model.SetResult(Result(kThird, Outcome::NotApplicable(reason::kAgentMissing)));
    CHECK(model.ProblemsAtFirst() == 1);
    model.SetResult(Result(kFirst, Outcome::Passed()));
    const auto lines = model.BeforeAndAfter();
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].cause == &kFirst);
    CHECK(lines[0].before == RowState::kError);
    CHECK(lines[0].now == RowState::kPassed);
    CHECK(model.ProblemsAtFirst() == 1);
    CHECK(model.ProblemsNow() == 0);
}

TEST_CASE("wizard model: how the problems have come along is told only when there are fewer")
{
    WizardModel model(kPages);
    CHECK(model.CourseOfProblems() == Course::kNoneFound);
    model.SetResult(Result(kFirst, Outcome::Problem(Level::kError)));
    CHECK(model.CourseOfProblems() == Course::kFound);
    model.SetResult(Result(kSecond, Outcome::Problem(Level::kWarning)));
    CHECK(model.CourseOfProblems() == Course::kFound);
    model.SetResult(Result(kFirst, Outcome::Passed()));
    CHECK(model.CourseOfProblems() == Course::kSomeLeft);
    CHECK(model.HadProblem(kPage));
    model.SetResult(Result(kSecond, Outcome::Passed()));
    CHECK(model.CourseOfProblems() == Course::kNoneLeft);
    CHECK(model.HadProblem(kPage));
    CHECK_FALSE(model.HadProblem(kEmptyPage));
}

TEST_CASE("wizard model: what was found at first stays known")
{
    WizardModel model(kPages);
    model.SetResult(Result(kSecond, Outcome::Problem(Level::kError)));
    model.SetResult(Result(kFirst, Outcome::Problem(Level::kWarning)));
    model.SetResult(Result(kThird, Outcome::Problem(Level::kAdvice)));
    model.SetResult(Result(kSecond, Outcome::Passed()));
    const auto first = model.AtFirst();
    REQUIRE(first.size() == 3);
    CHECK(first[1].cause == &kSecond);
    CHECK(first[1].outcome == Outcome::Problem(Level::kError));
}

TEST_CASE("wizard model: what was begun stays in sight until it is finished")
{
    WizardModel model(kPages);
    model.SetResult(Result(kFirst, Outcome::Passed({{"step_copy", std::string("open")}})));
    CHECK(model.BeforeAndAfter().size() == 1);
    model.SetResult(Result(kFirst, Outcome::Passed({{"step_copy", std::string("done")}})));
    CHECK(model.BeforeAndAfter().empty());
}

TEST_CASE("navigation: Back goes to the page seen last")
{
    Navigation navigation(4);
    CHECK_FALSE(navigation.CanGoBack());
    navigation.GoNext();
    navigation.GoTo(3);
    CHECK_FALSE(navigation.CanGoNext());
    navigation.GoNext();
    CHECK(navigation.Current() == 3);
    navigation.GoTo(3);
    navigation.GoTo(9);
    navigation.GoBack();
    CHECK(navigation.Current() == 1);
    navigation.GoBack();
    navigation.GoBack();
    CHECK(navigation.Current() == 0);
    CHECK(navigation.CanGoNext());
}

TEST_CASE("navigation: a page that comes in between changes neither the page shown nor where Back leads")
{
    Navigation navigation(3);
    navigation.GoNext();
    navigation.GoNext();
    navigation.InsertPage(1);
    CHECK(navigation.Current() == 3);
    CHECK_FALSE(navigation.CanGoNext());
    navigation.GoBack();
    CHECK(navigation.Current() == 2);
    navigation.GoBack();
    CHECK(navigation.Current() == 0);
    navigation.GoNext();
    CHECK(navigation.Current() == 1);
}

TEST_CASE("symptoms: the page of one has its checks in its own order, from all sections")
{
    for (const SymptomChoice& symptom : SymptomChoices(BuiltInKnowledge(), Language::kSpanish))
    {
        CAPTURE(symptom.id);
        CHECK_FALSE(symptom.causes.empty());
        const SymptomPage page(symptom);
        const auto rows = WizardModel(AllSections()).Rows(page.AsSection());
        REQUIRE(rows.size() == symptom.causes.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
        {
            CHECK(rows[i].cause == symptom.causes[i]);
            CHECK(rows[i].code == symptom.causes[i]->code);
        }
        CHECK(page.Words() == symptom.words);
    }
    CHECK(FindSection(SymptomPage::kId) == nullptr);
}

TEST_CASE("symptoms: every one leads to a page of the catalogue, in the reader's language")
{
    const auto english = SymptomChoices(BuiltInKnowledge(), Language::kEnglish);
    const auto spanish = SymptomChoices(BuiltInKnowledge(), Language::kSpanish);
    REQUIRE(english.size() == spanish.size());
    for (std::size_t i = 0; i < english.size(); ++i)
    {
        CHECK_MESSAGE(english[i].section != nullptr, english[i].id);
        CHECK_MESSAGE(english[i].words != spanish[i].words, english[i].id);
    }
}

TEST_CASE("symptoms: a choice stands as the worst of its checks, and leads to the first problem in its order")
{
    WizardModel model(AllSections());
    const auto causes = FindRootCauses(std::array<std::string, 4>{"scheduling.trigger_disabled",
        "basics.service_stopped", "no.such_cause", "scheduling.task_disabled"});
    REQUIRE(causes.size() == 3);
    CHECK(model.StateOf(causes) == RowState::kWaiting);
    CHECK(model.FirstProblem(causes) == nullptr);
    model.BeginChecks(causes);
    model.SetResult(Result(*causes[0], Outcome::Passed()));
    CHECK(model.StateOf(causes) == RowState::kChecking);
    model.SetResult(Result(*causes[2], Outcome::Problem(Level::kError)));
    CHECK(model.StateOf(causes) == RowState::kError);
    CHECK(model.FirstProblem(causes) == causes[2]);
    model.SetResult(Result(*causes[1], Outcome::Problem(Level::kWarning)));
    CHECK(model.FirstProblem(causes) == causes[1]);
}
