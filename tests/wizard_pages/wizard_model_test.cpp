// SPDX-License-Identifier: MIT
#include "model/navigation.h"
#include "model/symptom_page.h"
#include "model/symptoms.h"
#include "model/wizard_model.h"

#include "catalogue.h"

#include <doctest/doctest.h>

#include <array>

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

TEST_CASE("symptoms: a mark counts the errors and warnings among the likeliest causes, and nothing else")
{
    constexpr RootCause kFourth{"basics.fourth", "X-5", RepairKind::kGuided, true, Nothing, nullptr};
    constexpr RootCause kFifth{"basics.fifth", "X-6", RepairKind::kGuided, true, Nothing, nullptr};
    const SymptomChoice symptom{"sample", "Sample", &kPage, {&kFirst, &kSecond, &kThird, &kFourth, &kFifth}};
    WizardModel model(kPages);
    CHECK(MarkOf(symptom, model) == SymptomMark());
    model.BeginChecks(kCauses);
    CHECK(MarkOf(symptom, model) == SymptomMark());
    model.EndChecks();
    model.SetResult(Result(kFirst, Outcome::Problem(Level::kAdvice)));
    model.SetResult(Result(kSecond, Denied()));
    model.SetResult(Result(kFifth, Outcome::Problem(Level::kError)));
    CHECK(MarkOf(symptom, model) == SymptomMark());
    model.SetResult(Result(kThird, Outcome::Problem(Level::kWarning)));
    CHECK(MarkOf(symptom, model) == SymptomMark{RowState::kWarning, 1});
    model.SetResult(Result(kFourth, Outcome::Problem(Level::kError)));
    CHECK(MarkOf(symptom, model) == SymptomMark{RowState::kError, 2});
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
    CHECK(english.size() == 12);
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
