// SPDX-License-Identifier: MIT
#include "test_support.h"

#include "every_text.h"
#include "knowledge.h"
#include "message_vocabulary.h"
#include "recording.h"
#include "redaction.h"

#include <cstdlib>
#include <fstream>
#include <set>

namespace mars::test
{

namespace
{

Outcome DetectOnce(const RootCause& cause, const Machine& machine, const Given& given)
{
    return cause.detect(MachineView(machine, Wait{}), given);
}

/// The outcome with each of its texts changed.
template <class Change>
Outcome WithTexts(Outcome outcome, Change change)
{
    for (auto& [name, fact] : outcome.facts)
    {
        if (auto* text = std::get_if<std::string>(&fact))
        {
            *text = change(*text);
        }
        if (auto* findings = std::get_if<std::vector<Finding>>(&fact))
        {
            for (Finding& finding : *findings)
            {
                finding.subject = change(finding.subject);
                finding.detail = change(finding.detail);
            }
        }
        if (auto* texts = std::get_if<std::vector<std::string>>(&fact))
        {
            for (std::string& item : *texts)
            {
                item = change(item);
            }
        }
    }
    if (outcome.error)
    {
        outcome.error->what = change(outcome.error->what);
    }
    return outcome;
}

/// As it is found in a redacted recording: with the names replaced, and in what came out of a log only words
/// that programs print.
Outcome Redacted(Outcome outcome, const Redactor& redactor)
{
    return WithTexts(
        std::move(outcome), [&](const std::string& text) { return redactor.RedactFreeText(text); });
}

std::string Word(const Outcome& outcome)
{
    std::string text(WordOf(outcome.kind));
    text += outcome.IsProblem() ? " " + std::string(WordOf(outcome.level)) : "";
    text += outcome.reason.empty() ? "" : " " + outcome.reason;
    text += outcome.error ? " " + std::to_string(outcome.error->code) + " " + outcome.error->what : "";
    return text;
}

/// The entry's case that is shown for an outcome; none where the reader is only told why nothing is known.
pugi::xml_node CaseOf(const RootCause& cause, const Outcome& outcome)
{
    const pugi::xml_node entry = BuiltInKnowledge().Entry(cause.id);
    for (const std::string& name : {outcome.Text("case"), std::string(WordOf(outcome.kind))})
    {
        const pugi::xml_node found = entry.find_child_by_attribute("case", "name", name.c_str());
        if (!name.empty() && found)
        {
            return found;
        }
    }
    return {};
}

/// Facts that a machine may not tell; the text says "unknown" then.
const std::set<std::string> kMayBeUnknown{"basics.azure_vm {instance_metadata}",
    "connectivity.no_network {adapters}", "encryption.registered_elsewhere {vault}",
    "encryption.scratch_location_mismatch {config_folder_written}",
    "encryption.scratch_location_mismatch {config_has_key_file}",
    "encryption.scratch_location_mismatch {provider_folder_written}",
    "encryption.scratch_location_mismatch {provider_has_key_file}",
    "restore.iscsi_driver_missing {problem_code}"};

/// The texts that are shown for the outcome fill their places from its facts, and each finding has a text.
void CheckTexts(const RootCause& cause, const Outcome& outcome)
{
    const pugi::xml_node shown = CaseOf(cause, outcome);
    const bool mustBeShown = outcome.kind == OutcomeKind::kPassed || outcome.IsProblem();
    CHECK_MESSAGE((shown || !mustBeShown), cause.id, ": no text for ", Word(outcome));
    for (const char* part : {"meaning", "evidence"})
    {
        for (const std::string& name : PlaceholdersOf(LocalText(shown.child(part), Language::kEnglish)))
        {
            const std::string place = std::string(cause.id) + " {" + name + "}";
            CHECK_MESSAGE((outcome.facts.contains(name) || kMayBeUnknown.contains(place)), place, " in ",
                std::string(part), " of ", std::string(shown.attribute("name").value()));
        }
    }
    for (const auto& fact : outcome.facts)
    {
        const auto* findings = std::get_if<std::vector<Finding>>(&fact.second);
        for (const Finding& finding : findings != nullptr ? *findings : std::vector<Finding>())
        {
            CHECK_MESSAGE(BuiltInKnowledge().HasText("finding." + finding.token), cause.id, " ", fact.first,
                ": ", finding.token);
        }
    }
}

/// For the test that every text of the knowledge is the end of some test. True: that is all that is wanted.
bool WriteDown(const RootCause& cause, const Outcome& outcome)
{
    const char* file = std::getenv(kSeenTextsFile);
    const pugi::xml_node shown = CaseOf(cause, outcome);
    if (file != nullptr && shown)
    {
        std::ofstream(file, std::ios::app) << cause.id << ' ' << shown.attribute("name").value() << '\n';
    }
    return file != nullptr;
}

} // namespace

Outcome Detect(const RootCause& cause, const RecordedMachine& machine, const Given& given)
{
    const Outcome live = DetectOnce(cause, machine, given);
    CheckTexts(cause, live);
    if (WriteDown(cause, live))
    {
        return live;
    }

    Recording reread;
    RecordingHeader header;
    header.toolVersion = "test";
    header.taken = kNow;
    const Status read = ReadRecording(WriteRecording(header, machine), reread);
    REQUIRE_MESSAGE(read.Ok(), (read.Ok() ? std::string() : read.Error().what));
    const Outcome recorded = DetectOnce(cause, reread.machine, given);
    CHECK_MESSAGE(recorded == live, cause.id, ": recorded ", Word(recorded), ", live ", Word(live));

    const Redactor redactor(machine, MessageVocabulary());
    Given redactedGiven = given;
    redactedGiven.credentialsFile = redactor.Redact(given.credentialsFile);
    redactedGiven.agentProxy = redactor.Redact(given.agentProxy);
    const Outcome redacted = DetectOnce(cause, redactor.Redact(machine), redactedGiven);
    // Facts that are no free text hold words that a log's filter does not know: both sides lose them.
    const auto filter = [](const std::string& text) { return MessageVocabulary().Filter(text); };
    CHECK_MESSAGE(WithTexts(redacted, filter) == Redacted(live, redactor), cause.id, ": redacted ",
        Word(redacted), ", live ", Word(live));
    return live;
}

RepairProposal Propose(const RootCause& cause, const RecordedMachine& machine, const Given& given)
{
    const bool hasRepair = cause.repair != nullptr;
    REQUIRE(hasRepair);
    const Outcome outcome = Detect(cause, machine, given);
    return cause.repair(MachineView(machine, Wait{}), given, outcome);
}

void CheckPassed(const Outcome& outcome)
{
    CHECK_MESSAGE(outcome.kind == OutcomeKind::kPassed, Word(outcome));
}

void CheckProblem(const Outcome& outcome, Level level, const std::string& textCase)
{
    const bool found = outcome.IsProblem() && outcome.level == level;
    CHECK_MESSAGE(found, Word(outcome));
    CHECK(outcome.Text("case") == textCase);
}

void CheckNotApplicable(const Outcome& outcome, const std::string& reason)
{
    const bool found = outcome.kind == OutcomeKind::kNotApplicable && outcome.reason == reason;
    CHECK_MESSAGE(found, Word(outcome));
}

void CheckCouldNotCheck(const Outcome& outcome, std::uint32_t code)
{
    const bool found =
        outcome.kind == OutcomeKind::kCouldNotCheck && outcome.error && outcome.error->code == code;
    CHECK_MESSAGE(found, Word(outcome));
}

} // namespace mars::test
