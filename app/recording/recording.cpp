// SPDX-License-Identifier: MIT
#include "recording.h"

#include "xml_guard.h"

#include <fmt/format.h>

namespace mars
{

std::string WriteRecording(const RecordingHeader& header, const RecordedMachine& machine)
{
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("recording");
    root.append_attribute("schema").set_value(kFileFormat);
    root.append_attribute("tool").set_value(header.toolVersion.c_str());
    root.append_attribute("taken").set_value(ToIso8601(header.taken).c_str());
    root.append_attribute("redacted").set_value(header.redacted ? "yes" : "no");
    if (header.given.document_element())
    {
        root.append_copy(header.given.document_element());
    }
    machine.ForEachEntry([&](const RecordedMachine::Entry& entry) {
        pugi::xml_node node = root.append_child("entry");
        node.append_copy(entry.question.document_element());
        node.append_copy(entry.answer.document_element());
    });
    struct : pugi::xml_writer
    {
        std::string text;
        void write(const void* data, std::size_t size) override
        {
            text.append(static_cast<const char*>(data), size);
        }
    } writer;
    document.save(writer, " ");
    return std::move(writer.text);
}

Status ReadRecording(std::string_view text, Recording& recording)
{
    pugi::xml_document document;
    if (Status parsed = ParseGuarded(text, kLargestRecording, kDeepestRecording, document); !parsed)
    {
        return parsed;
    }
    const pugi::xml_node root = document.child("recording");
    const int format = root.attribute("schema").as_int();
    if (!root || format < 1)
    {
        return Failure{code::kInvalidData, "not a recording"};
    }
    if (format > kFileFormat)
    {
        return Failure{code::kNewerFormat, fmt::format("format {} is newer than this program", format)};
    }
    Recording read;
    read.header.format = format;
    read.header.toolVersion = root.attribute("tool").value();
    read.header.taken = FromIso8601(root.attribute("taken").value()).value_or(Timestamp());
    read.header.redacted = std::string_view(root.attribute("redacted").value()) == "yes";
    if (const pugi::xml_node given = root.child("given"))
    {
        read.header.given.append_copy(given);
    }
    for (const pugi::xml_node node : root.children("entry"))
    {
        const auto added =
            read.machine.AddEntry(node.first_child(), node.first_child().next_sibling(), format);
        read.unknownQuestions += added == RecordedMachine::Added::kUnknown ? 1 : 0;
        read.damagedEntries += added == RecordedMachine::Added::kDamaged ? 1 : 0;
    }
    recording.header.format = format;
    recording.header.toolVersion = read.header.toolVersion;
    recording.header.taken = read.header.taken;
    recording.header.redacted = read.header.redacted;
    recording.header.given.reset(read.header.given);
    recording.machine = read.machine;
    recording.unknownQuestions = read.unknownQuestions;
    recording.damagedEntries = read.damagedEntries;
    return Status::Done();
}

} // namespace mars
