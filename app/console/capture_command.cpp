// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "commands.h"
#include "console_text.h"
#include "json.h"
#include "progress.h"
#include "recorder.h"
#include "recording.h"
#include "redaction.h"
#include "repair.h"
#include "run_report.h"
#include "subject.h"
#include "version.h"

#include <ostream>

namespace mars
{

namespace
{

/// Asks everything that a run and a look at its repairs would ask.
std::shared_ptr<RecordedMachine> RecordEverything(
    const Subject& subject, const ConsoleOptions& options, const Console& console)
{
    auto recording = std::make_shared<RecordedMachine>();
    const auto machine = std::make_shared<Recorder>(subject.machine, recording);
    Pass pass(machine, subject.given, options.timeout);
    Progress progress(console);
    const auto& causes = AllRootCauses();
    std::size_t done = 0;
    const auto tell = [&](const CheckResult& result) {
        progress.Show(++done, causes.size(), console.knowledge.Title(result.cause->id, console.language));
    };
    const RunReport report = MakeRunReport(pass, causes, "mars-check", tell, console.host.Stop());
    RepairEngine engine(machine, nullptr, nullptr);
    for (const ReportedCheck& check : report.checks)
    {
        if (check.repair == RepairKind::kOneClick)
        {
            engine.MakePlan(*check.result.cause, subject.given, {}, console.host.Stop());
        }
    }
    return recording;
}

std::string NamesFile(const std::vector<StandIn>& standIns)
{
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("names");
    root.append_attribute("schema").set_value(kRecordingSchema);
    for (const StandIn& standIn : standIns)
    {
        pugi::xml_node name = root.append_child("name");
        name.append_attribute("kind").set_value(standIn.kind.c_str());
        WriteText(name.append_child("real"), standIn.name);
        WriteText(name.append_child("stand_in"), standIn.standIn);
    }
    return PrintCompact(document);
}

RecordingHeader MakeHeader(const Given& given, bool redacted)
{
    RecordingHeader header;
    header.toolVersion = kToolVersion;
    header.taken = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    header.redacted = redacted;
    WriteXml(header.given.append_child("given"), given);
    return header;
}

struct CapturedFiles
{
    CaptureSummary summary;
    std::string recording;
    std::string names;
};

CapturedFiles MakeFiles(const RecordedMachine& recorded, Given given, const ConsoleOptions& options)
{
    CapturedFiles files;
    files.summary.file = options.out;
    files.summary.questions = recorded.QuestionCount();
    files.summary.redacted = options.redact;
    if (options.redact)
    {
        Redactor redactor(recorded);
        given.credentialsFile = redactor.Redact(given.credentialsFile);
        files.recording = WriteRecording(MakeHeader(given, true), redactor.Redact(recorded));
        files.names = NamesFile(redactor.StandIns());
        files.summary.namesFile = options.out + ".names.xml";
        for (const StandIn& standIn : redactor.StandIns())
        {
            ++files.summary.removed[standIn.kind];
        }
    }
    else
    {
        files.recording = WriteRecording(MakeHeader(given, false), recorded);
    }
    files.summary.bytes = files.recording.size();
    return files;
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
    const auto recorded = RecordEverything(*subject, options, console);
    const CapturedFiles files = MakeFiles(*recorded, subject->given, options);
    const auto& namesFile = files.summary.namesFile;
    if ((namesFile && !Write(*namesFile, files.names, console))
        || !Write(options.out, files.recording, console))
    {
        return exit_code::kWrongUsage;
    }
    console.out << (options.format == OutputFormat::kJson
            ? CaptureJson(files.summary)
            : CaptureText(files.summary, console.knowledge, console.language));
    return exit_code::kGood;
}

} // namespace mars
