// SPDX-License-Identifier: MIT
#include "run_document.h"

#include "catalogue.h"
#include "formats.h"
#include "questions/services.h"
#include "reading.h"
#include "sample_report.h"
#include "test_support.h"
#include "text.h"

#include <doctest/doctest.h>

#include <array>

namespace mars::test
{

namespace
{

Document Documented(const RunReport& report, Language language = Language::kEnglish)
{
    return RunDocument(report, BuiltInKnowledge(), language);
}

/// All blocks of this kind, in their order.
template <class Kind>
std::vector<Kind> AllOf(const std::vector<Block>& blocks)
{
    std::vector<Kind> found;
    for (const Block& block : blocks)
    {
        if (const auto* one = std::get_if<Kind>(&block.content))
        {
            found.push_back(*one);
        }
    }
    return found;
}

/// The blocks up to the next heading; none where there is no such heading.
std::vector<Block> Under(const Document& document, std::string_view heading)
{
    std::vector<Block> found;
    bool here = false;
    for (const Block& block : document.blocks)
    {
        const auto* other = std::get_if<Heading>(&block.content);
        here = other == nullptr ? here : other->text == heading;
        if (here && other == nullptr)
        {
            found.push_back(block);
        }
    }
    return found;
}

/// The table of all checks.
std::vector<std::vector<std::string>> AllChecks(const Document& document)
{
    const auto tables = AllOf<Table>(Under(document, "All checks"));
    REQUIRE(tables.size() == 1);
    return tables[0].rows;
}

} // namespace

TEST_CASE("report: problems come first, the worst of them before the others")
{
    const Document document = Documented(SampleReport());
    const auto problems = AllOf<Card>(Under(document, "What was found"));
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].code == "B-3");
    CHECK(problems[0].result == "Error");
    CHECK(problems[0].tone == Tone::kError);
    CHECK(problems[1].code == "B-4");
    CHECK(problems[1].result == "Advice");
    CHECK(problems[1].tone == Tone::kAdvice);
    CHECK(AllOf<Card>(Under(document, "What could not be checked")).size() == 1);
    const auto all = AllChecks(document);
    REQUIRE(all.size() == 4);
    CHECK(all[0][1] == "B-1");
}

TEST_CASE("report: what does not apply says why")
{
    RunReport report = SampleReport();
    report.checks[0].result.outcome = Outcome::NotApplicable(reason::kAgentMissing);
    const std::string& headline = AllChecks(Documented(report))[0][2];
    CHECK(headline.find(BuiltInKnowledge().Explain(report.checks[0].result.outcome, Language::kEnglish))
        != std::string::npos);
}

TEST_CASE("report: the answer counts problems, advice and what could not be checked apart")
{
    RunReport report = SampleReport();
    CHECK(Documented(report).answer
        == "One problem was found. There is one recommendation. One check could not be done, so something "
           "else may be "
           "wrong.");
    CHECK(Documented(report, Language::kSpanish).answer.starts_with("Se encontró un problema."));
    report.checks.resize(1);
    CHECK(Documented(report).answer == "No problem was found.");
    report.checks.clear();
    CHECK(Documented(report).answer == "No check was run.");
}

TEST_CASE("report: a fact that is absent, failed or there is three different things")
{
    const auto tables = AllOf<Table>(Under(Documented(SampleReport()), "This server"));
    REQUIRE(tables.size() == 1);
    const auto& facts = tables[0].rows;
    CHECK(facts[0] == std::vector<std::string>{"Agent version", "2.0.9938.0"});
    CHECK(facts[1] == std::vector<std::string>{"Vault", "none"});
    CHECK(facts[2][1].starts_with("Access was denied."));
}

TEST_CASE("report: it says how the results were taken")
{
    RunReport report = SampleReport();
    report.machine.elevated = false;
    report.machine.remoteSession = true;
    report.recorded = report.started;
    std::string about;
    for (const std::string& line : Documented(report).about)
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

std::vector<Card> ChangesIn(const RunReport& report)
{
    return AllOf<Card>(Under(Documented(report), "What was changed on this server"));
}

/// The sentences of a card, a line each.
std::string TextIn(const Card& card)
{
    std::string text;
    for (const Paragraph& paragraph : AllOf<Paragraph>(card.blocks))
    {
        text += paragraph.text + "\n";
    }
    return text;
}

/// What a report says to whoever reads it in this format.
std::string As(const DocumentFormat& format, const RunReport& report, Language language)
{
    return format.write([&](Language in) { return Documented(report, in); }, language);
}

} // namespace

TEST_CASE("report: whose turn it is comes with the answer, and nobody's turn is not mentioned")
{
    RunReport report = SampleReport();
    const Document document = Documented(report);
    const auto* turns = std::get_if<List>(&document.blocks.front().content);
    REQUIRE(turns != nullptr);
    std::vector<LabelledText> said;
    for (const Item& item : turns->items)
    {
        said.emplace_back(item.lead, item.text);
    }
    CHECK(said
        == std::vector<LabelledText>{{"You: the wizard can repair it", "B-3"},
            {"You: follow the steps", "B-4"}, {"You: check again later", "B-2"}});
    report.checks.resize(1);
    CHECK(AllOf<List>(Documented(report).blocks).empty());
}

TEST_CASE("report: what passed is listed with what that means, not with the problem")
{
    const auto all = AllChecks(Documented(SampleReport()));
    CHECK(all[0][2] != BuiltInKnowledge().Title("basics.agent_missing", Language::kEnglish));
    CHECK(all[3][2] == BuiltInKnowledge().Title("basics.service_stopped", Language::kEnglish));
}

namespace
{

/// Of a page in several languages the one that is shown first.
std::string FirstOf(const DocumentFormat& format, const std::string& text)
{
    return format.word == "html" ? text.substr(0, text.find("</footer>")) : text;
}

/// One row, as every format shows it in this language; white space folded, nothing escaped that is in a
/// sentence.
void CheckFormats(const char* id, const Outcome& outcome, Language language,
    const std::vector<std::string>& shown, const std::vector<std::string>& hidden)
{
    RunReport report = SampleReport();
    report.checks = {{{FindRootCause(id), outcome, {}}, RepairKind::kNone}};
    for (const DocumentFormat& format : kDocumentFormats)
    {
        std::string text;
        for (const std::string& line : Split(FirstOf(format, As(format, report, language)), '\n'))
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
    CheckFormats("connectivity.firewall_rule_blocks", denied, Language::kEnglish,
        {"The rules of the Windows Firewall for the agent",
            "How to get it checked:", "Start this program as an administrator"},
        {"The Windows Firewall blocks the agent", "Outbound Rules", "What to do:"});
    CheckFormats("connectivity.firewall_rule_blocks", denied, Language::kSpanish,
        {"Las reglas del Firewall de Windows para el agente", "Cómo conseguir que se compruebe:"},
        {"Qué hacer:"});
}

TEST_CASE("report: what only a person can tell is asked first, and its steps say: if so")
{
    CheckFormats("scheduling.policy_paused", Outcome::Manual(), Language::kEnglish,
        {"Is the backup paused in the agent", "You: look", "If so, what to do:"}, {"You: follow the steps"});
}

TEST_CASE("report: what a success disproved is told as such, without steps")
{
    Outcome refuted = Outcome::Passed({{kWorksAnyway, kNow}});
    refuted.facts["case"] = std::string("problem");
    CheckFormats("connectivity.tls_fails", refuted, Language::kEnglish,
        {"Backups succeed (2026-03-10 12:00 UTC), although: No trusted TLS connection"}, {"What to do:"});
    CheckFormats("connectivity.tls_fails", refuted, Language::kSpanish,
        {"Las copias de seguridad se completan (2026-03-10 12:00 UTC), aunque:"}, {"Qué hacer:"});
    Outcome advice = Outcome::Problem(Level::kAdvice, {{kWorksAnyway, kNow}});
    CheckFormats("connectivity.tls_fails", advice, Language::kEnglish,
        {"Backups work nevertheless: the last one succeeded on 2026-03-10 12:00 UTC"}, {});
}

TEST_CASE("report: what is otherwise now than at first is told, and only that")
{
    RunReport report = SampleReport();
    const char* heading = "What changed since the first check";
    CHECK(Under(Documented(report), heading).empty());
    for (const ReportedCheck& check : report.checks)
    {
        report.atFirst.push_back(check.result);
    }
    report.atFirst[0].outcome = Outcome::Problem(Level::kError);
    const auto tables = AllOf<Table>(Under(Documented(report), heading));
    REQUIRE(tables.size() == 1);
    REQUIRE(tables[0].rows.size() == 1);
    CHECK(tables[0].rows[0][0] == "B-1");
    CHECK(tables[0].rows[0][1] == "Error");
    CHECK(tables[0].rows[0][2] == "Passed");
}

TEST_CASE("report: what was changed is told with who, when, old and new, and how to take it back")
{
    RunReport report = SampleReport();
    report.changes = {ChangeMade(EntryEnd::kApplied, UndoStatus::kUndoable)};
    const auto changes = ChangesIn(report);
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].headline.starts_with("B-3 "));
    CHECK(changes[0].headline.find("2026-03-09 12:00 UTC, by CONTOSO\\juan") != std::string::npos);
    const auto made = AllOf<List>(changes[0].blocks);
    REQUIRE(made.size() == 1);
    REQUIRE(made[0].items.size() == 1);
    CHECK(made[0].items[0].text.find("obengine") != std::string::npos);
    const std::string text = TextIn(changes[0]);
    CHECK(text.find("The repair was made. It can be undone.\n") != std::string::npos);
    CHECK(text.find("mars-check undo 20260309-120000-1 --yes") != std::string::npos);
    CHECK(text.find("Made with: console, remote session, version 0.9.0.\n") != std::string::npos);
}

TEST_CASE("report: a change that somebody changed since, or that is undone, has no way back in the report")
{
    RunReport report = SampleReport();
    report.changes = {ChangeMade(EntryEnd::kApplied, UndoStatus::kChangedSince),
        ChangeMade(EntryEnd::kUndone, UndoStatus::kUndone)};
    report.changes.push_back(ChangeMade(EntryEnd::kApplied, UndoStatus::kUndoable));
    report.changes.back().entry.damage = "line 3";
    const auto changes = ChangesIn(report);
    REQUIRE(changes.size() == 3);
    CHECK(TextIn(changes[0]).find("somebody changed the same setting since") != std::string::npos);
    CHECK(TextIn(changes[1]).find("The repair was taken back. Nothing of it remains.") != std::string::npos);
    CHECK(TextIn(changes[2]).find("damaged") != std::string::npos);
    for (const Card& change : changes)
    {
        CHECK(TextIn(change).find("mars-check undo") == std::string::npos);
    }
}

TEST_CASE("report: a journal that cannot be read is said, not taken for an empty one")
{
    RunReport report = SampleReport();
    CHECK(Under(Documented(report), "What was changed on this server").empty());
    report.changesFailure = Failure{code::kAccessDenied, "open the journal"};
    const auto said = AllOf<Paragraph>(Under(Documented(report), "What was changed on this server"));
    REQUIRE(said.size() == 1);
    CHECK(said[0].text.starts_with("What was changed could not be read: Access was denied."));
}

TEST_CASE("report: every form tells whose turn it is, what was changed, and what is otherwise now")
{
    RunReport report = SampleReport();
    report.changes = {ChangeMade(EntryEnd::kApplied, UndoStatus::kUndoable)};
    report.atFirst = {report.checks[0].result};
    report.atFirst[0].outcome = Outcome::Problem(Level::kError);
    for (const DocumentFormat& format : kDocumentFormats)
    {
        const std::string text = As(format, report, Language::kSpanish);
        for (const char* part : {"Usted: el asistente puede repararlo", "juan", "obengine",
                 "Hecho con: console", "desde la primera"})
        {
            CHECK_MESSAGE(text.find(part) != std::string::npos, part);
        }
    }
}

} // namespace mars::test
