// SPDX-License-Identifier: MIT
#include "test_support.h"

#include "recording.h"
#include "redaction.h"

namespace mars::test
{

namespace
{

Outcome DetectOnce(const RootCause& cause, const Machine& machine, const Given& given)
{
    return cause.detect(MachineView(machine, Wait{}), given);
}

/// The outcome with every name replaced, so that it can be compared with the one from a redacted recording.
Outcome Redacted(Outcome outcome, Redactor& redactor)
{
    for (auto& [name, fact] : outcome.facts)
    {
        if (auto* text = std::get_if<std::string>(&fact))
        {
            *text = redactor.Redact(*text);
        }
        if (auto* findings = std::get_if<std::vector<Finding>>(&fact))
        {
            for (Finding& finding : *findings)
            {
                finding.subject = redactor.Redact(finding.subject);
                finding.detail = redactor.Redact(finding.detail);
            }
        }
        if (auto* texts = std::get_if<std::vector<std::string>>(&fact))
        {
            for (std::string& item : *texts)
            {
                item = redactor.Redact(item);
            }
        }
    }
    if (outcome.error)
    {
        outcome.error->what = redactor.Redact(outcome.error->what);
    }
    return outcome;
}

std::string Word(const Outcome& outcome)
{
    std::string text(WordOf(outcome.kind));
    text += outcome.IsProblem() ? " " + std::string(WordOf(outcome.level)) : "";
    text += outcome.reason.empty() ? "" : " " + outcome.reason;
    text += outcome.error ? " " + std::to_string(outcome.error->code) + " " + outcome.error->what : "";
    return text;
}

} // namespace

Outcome Detect(const RootCause& cause, const RecordedMachine& machine, const Given& given)
{
    const Outcome live = DetectOnce(cause, machine, given);

    Recording reread;
    RecordingHeader header;
    header.toolVersion = "test";
    header.taken = kNow;
    const Status read = ReadRecording(WriteRecording(header, machine), reread);
    REQUIRE_MESSAGE(read.Ok(), (read.Ok() ? std::string() : read.Error().what));
    const Outcome recorded = DetectOnce(cause, reread.machine, given);
    CHECK_MESSAGE(recorded == live, cause.id, ": recorded ", Word(recorded), ", live ", Word(live));

    Redactor redactor(machine);
    Given redactedGiven = given;
    redactedGiven.credentialsFile = redactor.Redact(given.credentialsFile);
    const Outcome redacted = DetectOnce(cause, redactor.Redact(machine), redactedGiven);
    CHECK_MESSAGE(
        redacted == Redacted(live, redactor), cause.id, ": redacted ", Word(redacted), ", live ", Word(live));
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
