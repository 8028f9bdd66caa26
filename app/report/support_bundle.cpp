// SPDX-License-Identifier: MIT
#include "support_bundle.h"

#include "recording.h"
#include "redaction.h"
#include "version.h"
#include "xml_codec.h"

#include <chrono>

namespace mars
{

namespace
{

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

} // namespace

SupportBundle MakeSupportBundle(const RecordedMachine& recorded, Given given, bool redact)
{
    SupportBundle bundle;
    bundle.questions = recorded.QuestionCount();
    if (!redact)
    {
        bundle.recording = WriteRecording(MakeHeader(given, false), recorded);
        return bundle;
    }
    Redactor redactor(recorded);
    given.credentialsFile = redactor.Redact(given.credentialsFile);
    bundle.recording = WriteRecording(MakeHeader(given, true), redactor.Redact(recorded));
    bundle.names = NamesFile(redactor.StandIns());
    for (const StandIn& standIn : redactor.StandIns())
    {
        ++bundle.removed[standIn.kind];
    }
    return bundle;
}

} // namespace mars
