// SPDX-License-Identifier: MIT
#include "support_bundle.h"

#include "message_vocabulary.h"
#include "recording.h"
#include "redaction.h"
#include "version.h"
#include "xml_codec.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace mars
{

namespace
{

constexpr std::array<std::string_view, 13> kKinds{"computer", "programs", "registry", "services", "tasks",
    "logs", "files", "storage", "devices", "network", "certificates", "credentials", "protection"};

/// How long an entry is in the file of a recording.
std::uint64_t SizeOf(const Exchange& entry)
{
    struct : pugi::xml_writer
    {
        std::uint64_t bytes = 0;
        void write(const void*, std::size_t size) override
        {
            bytes += size;
        }
    } counter;
    pugi::xml_document document;
    pugi::xml_node node = document.append_child("entry");
    entry.WriteQuestion(node);
    entry.WriteAnswer(node);
    node.print(counter, " ", pugi::format_default, pugi::encoding_auto, 1);
    return counter.bytes;
}

std::vector<BundlePart> PartsOf(const RecordedMachine& recorded)
{
    std::vector<BundlePart> parts;
    for (const std::string_view kind : kKinds)
    {
        parts.push_back({kind, 0, 0});
    }
    recorded.ForEachEntry([&](const Exchange& entry) {
        const auto part = std::ranges::find(parts, entry.Kind(), &BundlePart::kind);
        if (part != parts.end())
        {
            ++part->count;
            part->bytes += SizeOf(entry);
        }
    });
    std::erase_if(parts, [](const BundlePart& part) { return part.count == 0; });
    return parts;
}

/// No program reads it, only people do.
constexpr int kNamesSchema = 1;

std::string NamesFile(const std::vector<StandIn>& standIns)
{
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("names");
    root.append_attribute("schema").set_value(kNamesSchema);
    for (const StandIn& standIn : standIns)
    {
        pugi::xml_node name = root.append_child("name");
        name.append_attribute("kind").set_value(standIn.kind.c_str());
        WriteText(name.append_child("real"), standIn.name);
        WriteText(name.append_child("stand_in"), standIn.standIn);
    }
    return PrintXml(document);
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

/// A proxy that no answer names is in none of the redactor's lists.
std::string RedactedProxy(const std::string& proxy, const Redactor& redactor)
{
    const std::size_t port = proxy.rfind(':');
    const std::string redacted = redactor.Redact(proxy);
    return port == std::string::npos || redacted != proxy ? redacted
                                                          : "agent-proxy.invalid" + proxy.substr(port);
}

} // namespace

std::vector<std::string_view> BundleKinds()
{
    return {kKinds.begin(), kKinds.end()};
}

RecordedMachine Together(const RecordedMachine& first, const RecordedMachine& more)
{
    RecordedMachine both(more);
    first.ForEachEntry([&](const Exchange& entry) { both.Add(entry.Copy()); });
    return both;
}

SupportBundle MakeSupportBundle(const RecordedMachine& recorded, Given given, bool redact)
{
    SupportBundle bundle;
    bundle.questions = recorded.QuestionCount();
    if (!redact)
    {
        bundle.recording = WriteRecording(MakeHeader(given, false), recorded);
        bundle.parts = PartsOf(recorded);
        return bundle;
    }
    Redactor redactor(recorded, MessageVocabulary());
    given.credentialsFile = redactor.Redact(given.credentialsFile);
    given.agentProxy = RedactedProxy(given.agentProxy, redactor);
    const RecordedMachine redacted = redactor.Redact(recorded);
    bundle.recording = WriteRecording(MakeHeader(given, true), redacted);
    bundle.parts = PartsOf(redacted);
    bundle.names = NamesFile(redactor.StandIns());
    for (const StandIn& standIn : redactor.StandIns())
    {
        ++bundle.removed[standIn.kind];
    }
    return bundle;
}

} // namespace mars
