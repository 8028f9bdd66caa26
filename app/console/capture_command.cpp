// SPDX-License-Identifier: MIT
#include "capture.h"
#include "catalogue.h"
#include "commands.h"
#include "console_text.h"
#include "json.h"
#include "mars_agent.h"
#include "progress.h"
#include "run_report.h"
#include "subject.h"
#include "support_bundle.h"

#include <ostream>

namespace mars
{

namespace
{

/// Asks everything that a run and a look at its repairs would ask.
RecordedMachine RecordEverything(
    const Subject& subject, const ConsoleOptions& options, const Console& console)
{
    Pass pass(subject.machine, subject.given, MarsAgent(), options.timeout);
    Progress progress(console);
    const auto& causes = AllRootCauses();
    std::size_t done = 0;
    const auto tell = [&](const CheckResult& result) {
        progress.Show(++done, causes.size(), console.knowledge.Subject(result.cause->id, console.language));
    };
    const RunReport report = MakeRunReport(pass, causes, "mars-check", tell, console.host.Stop());
    ReadRecords(pass.View(console.host.Stop()), console.knowledge);
    return Together(pass.WhatWasRecorded(),
        RecordPreviews(subject.machine, subject.given, report.checks, console.host.Stop()));
}

CaptureSummary Summarise(const SupportBundle& bundle, const ConsoleOptions& options)
{
    CaptureSummary summary;
    summary.file = options.out;
    if (options.redact)
    {
        summary.namesFile = options.out + ".names.xml";
    }
    summary.bytes = bundle.recording.size();
    summary.questions = bundle.questions;
    summary.redacted = options.redact;
    summary.removed = bundle.removed;
    return summary;
}

/// False when the file could not be written; the person was told then.
bool Write(const std::string& file, const std::string& bytes, const Console& console)
{
    const Status written = console.host.WriteFile(file, bytes);
    if (!written)
    {
        console.Refuse("console.cannot_write",
            {{"file", file}, {"why", console.knowledge.ExplainCode(written.Error().code, console.language)}});
    }
    return written.Ok();
}

} // namespace

int CaptureCommand(const ConsoleOptions& options, const Console& console)
{
    const auto subject = OpenSubject(options, console);
    if (!subject)
    {
        return exit_code::kWrongUsage;
    }
    const RecordedMachine recorded = RecordEverything(*subject, options, console);
    const SupportBundle bundle = MakeSupportBundle(recorded, subject->given, options.redact);
    const CaptureSummary summary = Summarise(bundle, options);
    // In this order no real names stay behind for a recording that there is not.
    if (!Write(options.out, bundle.recording, console)
        || (summary.namesFile && !Write(*summary.namesFile, bundle.names, console)))
    {
        return exit_code::kWrongUsage;
    }
    console.out << (options.format == OutputFormat::kJson
            ? CaptureJson(summary)
            : CaptureText(summary, console.knowledge, console.language));
    return exit_code::kGood;
}

} // namespace mars
