// SPDX-License-Identifier: MIT
#include "recording.h"

#include "file_format.h"
#include "xml_guard.h"
#include "xml_print.h"

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
    machine.ForEachEntry([&](const Exchange& entry) {
        const pugi::xml_node node = root.append_child("entry");
        entry.WriteQuestion(node);
        entry.WriteAnswer(node);
    });
    return PrintXmlFile(document);
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
    if (const auto entries = root.children("entry");
        static_cast<std::size_t>(std::distance(entries.begin(), entries.end())) > kMostEntries)
    {
        return Failure{code::kInvalidData, "more entries than any recording has"};
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
        const pugi::xml_node question = node.first_child();
        auto entry = MakeExchange(question.name());
        if (!entry)
        {
            // Of a newer version.
            ++read.unknownQuestions;
        }
        else if (!entry->ReadQuestion(question, format))
        {
            ++read.damagedEntries;
        }
        else
        {
            // A damaged answer is kept as a failure that says so.
            read.damagedEntries += entry->ReadAnswer(question.next_sibling(), format) ? 0 : 1;
            read.machine.Add(std::move(entry));
        }
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
