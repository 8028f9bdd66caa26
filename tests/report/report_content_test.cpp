// SPDX-License-Identifier: MIT
#include "report_content.h"

#include "catalogue.h"
#include "console_text.h"
#include "html.h"
#include "markdown.h"
#include "questions/services.h"
#include "sample_report.h"
#include "test_support.h"
#include "text.h"

#include <doctest/doctest.h>

#include <array>

namespace mars::test
{

TEST_CASE("report: problems come first, the worst of them before the others")
{
    const RunReport report = SampleReport();
    const ReportContent content = MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish);
    REQUIRE(content.groups.size() == 2);
    REQUIRE(content.groups[0].rows.size() == 2);
    CHECK(content.groups[0].rows[0].Cause().code == "B-3");
    CHECK(content.groups[0].rows[0].result == "Error");
    CHECK(content.groups[0].rows[1].Cause().code == "B-4");
    CHECK(content.groups[0].rows[1].result == "Advice");
    CHECK(content.groups[1].heading == "What could not be checked");
    CHECK(content.all.size() == 4);
    CHECK(content.all[0].Cause().code == "B-1");
}

TEST_CASE("report: the answer counts problems, advice and what could not be checked apart")
{
    RunReport report = SampleReport();
    CHECK(MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).answer
        == "One problem was found. There is one recommendation. One check could not be done, so something "
           "else may be "
           "wrong.");
    CHECK(MakeReportContent(report, BuiltInKnowledge(), Language::kSpanish)
              .answer.starts_with("Se encontró un problema."));
    report.checks.resize(1);
    CHECK(
        MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).answer == "No problem was found.");
    report.checks.clear();
    CHECK(MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).answer == "No check was run.");
}

TEST_CASE("report: a fact that is absent, failed or there is three different things")
{
    const RunReport report = SampleReport();
    const auto facts = MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).serverFacts;
    CHECK(facts[0] == LabelledText{"Agent version", "2.0.9938.0"});
    CHECK(facts[1] == LabelledText{"Vault", "none"});
    CHECK(facts[2].second.starts_with("Access was denied."));
}

TEST_CASE("report: it says how the results were taken")
{
    RunReport report = SampleReport();
    report.machine.elevated = false;
    report.machine.remoteSession = true;
    report.recorded = report.started;
    std::string about;
    for (const std::string& line : MakeReportContent(report, BuiltInKnowledge(), Language::kEnglish).about)
    {
        about += line + "\n";
    }
    CHECK(about.find("without administrator rights") != std::string::npos);
    CHECK(about.find("remote session") != std::string::npos);
    CHECK(about.find("recording") != std::string::npos);
}

TEST_CASE("report: nothing from a machine steers a terminal or turns the line around")
{
    CHECK(ForReading("a\x1B[31mb\r\nc") == "a [31mb  c");
    CHECK(ForReading("exe.\xE2\x80\xAEgpj") == "exe. gpj");
    CHECK(ForReading("csi \xC2\x9B end") == "csi   end");
    CHECK(ForReading("\xED\xA0\x80") == ToValidUtf8("\xED\xA0\x80"));
    CHECK(ForReading("Señal €  𝄞") == "Señal €  𝄞");
}

namespace
{

/// Of S-3, made on the console by somebody else the day before.
UndoItem ChangeMade(EntryEnd end, UndoStatus status)
{
    UndoItem item;
    item.entry.name = "20260309-120000-1";
    item.entry.header = {"basics.service_stopped", "0.9.0", kNow - std::chrono::days(1), "CONTOSO\\juan",
        "console, remote session"};
    item.entry.plan.changes.emplace_back(
        SetServiceStartType{"obengine", StartType::kDisabled, StartType::kAutomatic});
    item.entry.end = end;
    item.status = status;
    return item;
}

ReportContent Content(const RunReport& report, Language language = Language::kEnglish)
{
    return MakeReportContent(report, BuiltInKnowledge(), language);
}

} // namespace

TEST_CASE("report: whose turn it is comes with the answer, and nobody's turn is not mentioned")
{
    RunReport report = SampleReport();
    const auto turns = Content(report).turns;
    CHECK(turns
        == std::vector<LabelledText>{{"You: the wizard can repair it", "B-3"},
            {"You: follow the steps", "B-4"}, {"You: check again later", "B-2"}});
    report.checks.resize(1);
    CHECK(Content(report).turns.empty());
    CHECK(Content(report).all[0].turn.empty());
}

TEST_CASE("report: what passed is listed with what that means, not with the problem")
{
    const RunReport report = SampleReport();
    const ReportContent content = Content(report);
    CHECK(content.all[0].headline != BuiltInKnowledge().Title("basics.agent_missing", Language::kEnglish));
    CHECK(content.all[3].headline == BuiltInKnowledge().Title("basics.service_stopped", Language::kEnglish));
}

namespace
{

using Render = std::string (*)(const RunReport&, const Knowledge&, Language);
constexpr std::array<Render, 3> kFaces{RunText, RunHtml, RunMarkdown};

/// One row, as every face shows it in this language; white space folded, nothing escaped that is in a
/// sentence.
void CheckFaces(const char* id, const Outcome& outcome, Language language,
    const std::vector<std::string>& shown, const std::vector<std::string>& hidden)
{
    RunReport report = SampleReport();
    report.checks = {{{FindRootCause(id), outcome, {}}, RepairKind::kNone}};
    for (const Render render : kFaces)
    {
        std::string text;
        for (const std::string& line : Split(render(report, BuiltInKnowledge(), language), '\n'))
        {
            text += (text.empty() ? "" : " ") + std::string(Trim(line));
        }
        for (const std::string& words : shown)
        {
            CHECK_MESSAGE(text.find(words) != std::string::npos, words, " / ", text);
        }
        for (const std::string& words : hidden)
        {
            CHECK_MESSAGE(text.find(words) == std::string::npos, words, " / ", text);
        }
    }
}

} // namespace

TEST_CASE("report: what could not be checked does not assert the problem, and says how it gets checked")
{
    const Outcome denied = Outcome::CouldNotCheck({code::kAccessDenied, "INetFwPolicy2"});
    CheckFaces("connectivity.firewall_rule_blocks", denied, Language::kEnglish,
        {"The rules of the Windows Firewall for the agent",
            "How to get it checked:", "Start this program as an administrator"},
        {"The Windows Firewall blocks the agent", "Outbound Rules", "What to do:"});
    CheckFaces("connectivity.firewall_rule_blocks", denied, Language::kSpanish,
        {"Las reglas del Firewall de Windows para el agente", "Cómo conseguir que se compruebe:"},
        {"Qué hacer:"});
}

TEST_CASE("report: what only a person can tell is asked first, and its steps say: if so")
{
    CheckFaces("scheduling.policy_paused", Outcome::Manual(), Language::kEnglish,
        {"Is the backup paused in the agent", "You: look", "If so, what to do:"}, {"You: follow the steps"});
}

TEST_CASE("report: what a success disproved is told as such, without steps")
{
    Outcome refuted = Outcome::Passed({{kWorksAnyway, kNow}});
    refuted.facts["case"] = std::string("problem");
    CheckFaces("connectivity.tls_fails", refuted, Language::kEnglish,
        {"Backups succeed (2026-03-10 12:00 UTC), although: No trusted TLS connection"}, {"What to do:"});
    CheckFaces("connectivity.tls_fails", refuted, Language::kSpanish,
        {"Las copias de seguridad se completan (2026-03-10 12:00 UTC), aunque:"}, {"Qué hacer:"});
    Outcome advice = Outcome::Problem(Level::kAdvice, {{kWorksAnyway, kNow}});
    CheckFaces("connectivity.tls_fails", advice, Language::kEnglish,
        {"Backups work nevertheless: the last one succeeded on 2026-03-10 12:00 UTC"}, {});
}

TEST_CASE("report: what is otherwise now than at first is told, and only that")
{
    RunReport report = SampleReport();
    CHECK(Content(report).beforeAfter.empty());
    for (const ReportedCheck& check : report.checks)
    {
        report.atFirst.push_back(check.result);
    }
    report.atFirst[0].outcome = Outcome::Problem(Level::kError);
    const auto differences = Content(report).beforeAfter;
    REQUIRE(differences.size() == 1);
    CHECK(differences[0].cause->code == "B-1");
    CHECK(differences[0].atFirst == "Error");
    CHECK(differences[0].now == "Passed");
}

TEST_CASE("report: what was changed is told with who, when, old and new, and how to take it back")
{
    RunReport report = SampleReport();
    report.changes = {ChangeMade(EntryEnd::kApplied, UndoStatus::kUndoable)};
    const auto changes = Content(report).changes;
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].title.starts_with("B-3 "));
    CHECK(changes[0].title.find("2026-03-09 12:00 UTC, by CONTOSO\\juan") != std::string::npos);
    CHECK(changes[0].context == "Made with: console, remote session, version 0.9.0.");
    REQUIRE(changes[0].changes.size() == 1);
    CHECK(changes[0].changes[0].find("obengine") != std::string::npos);
    CHECK(changes[0].state == "The repair was made. It can be undone.");
    CHECK(changes[0].undo.find("mars-check undo 20260309-120000-1 --yes") != std::string::npos);
}

TEST_CASE("report: a change that somebody changed since, or that is undone, has no way back in the report")
{
    RunReport report = SampleReport();
    report.changes = {ChangeMade(EntryEnd::kApplied, UndoStatus::kChangedSince),
        ChangeMade(EntryEnd::kUndone, UndoStatus::kUndone)};
    report.changes.push_back(ChangeMade(EntryEnd::kApplied, UndoStatus::kUndoable));
    report.changes.back().entry.damage = "line 3";
    const auto changes = Content(report).changes;
    CHECK(changes[0].state.find("somebody changed the same setting since") != std::string::npos);
    CHECK(changes[1].state == "The repair was taken back. Nothing of it remains.");
    CHECK(changes[2].state.find("damaged") != std::string::npos);
    for (const ReportedChange& change : changes)
    {
        CHECK(change.undo.empty());
    }
}

TEST_CASE("report: a journal that cannot be read is said, not taken for an empty one")
{
    RunReport report = SampleReport();
    CHECK(Content(report).changesUnknown.empty());
    report.changesFailure = Failure{code::kAccessDenied, "open the journal"};
    CHECK(
        Content(report).changesUnknown.starts_with("What was changed could not be read: Access was denied."));
    for (const auto render : {RunText, RunHtml, RunMarkdown})
    {
        CHECK(render(report, BuiltInKnowledge(), Language::kEnglish).find("could not be read")
            != std::string::npos);
    }
}

TEST_CASE("report: every form tells whose turn it is, what was changed, and what is otherwise now")
{
    RunReport report = SampleReport();
    report.changes = {ChangeMade(EntryEnd::kApplied, UndoStatus::kUndoable)};
    report.atFirst = {report.checks[0].result};
    report.atFirst[0].outcome = Outcome::Problem(Level::kError);
    for (const auto render : {RunText, RunHtml, RunMarkdown})
    {
        const std::string text = render(report, BuiltInKnowledge(), Language::kSpanish);
        for (const char* part : {"Usted: el asistente puede repararlo", "juan", "obengine",
                 "Hecho con: console", "desde la primera"})
        {
            CHECK_MESSAGE(text.find(part) != std::string::npos, part);
        }
    }
}

} // namespace mars::test
