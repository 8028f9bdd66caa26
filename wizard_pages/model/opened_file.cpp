// SPDX-License-Identifier: MIT
#include "model/opened_file.h"

#include "recording.h"
#include "xml_codec.h"
#include "xml_guard.h"

namespace mars
{

namespace
{

constexpr std::string_view kBlank = " \t\r\n";

/// The name of the document element; empty where there is none. A document type before it is skipped.
std::string_view DocumentElement(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
    {
        text.remove_prefix(3);
    }
    for (;;)
    {
        const std::size_t start = text.find_first_not_of(kBlank);
        if (start == std::string_view::npos || text[start] != '<')
        {
            return {};
        }
        text.remove_prefix(start);
        const bool aside = text.starts_with("<?") || text.starts_with("<!");
        if (!aside)
        {
            break;
        }
        const bool subset = text.starts_with("<!D") && text.find('[') < text.find('>');
        const std::string_view closing = text.starts_with("<!--") ? "-->" : subset ? "]>" : ">";
        const std::size_t end = text.find(closing);
        if (end == std::string_view::npos)
        {
            return {};
        }
        text.remove_prefix(end + closing.size());
    }
    return text.substr(1, text.find_first_of(" \t\r\n/>") - 1);
}

OpenFault FaultOf(std::string_view bytes, const Failure& why)
{
    return bytes.find("<!DOCTYPE") != std::string_view::npos ? OpenFault::kSuspicious
        : why.code == code::kNewerFormat                     ? OpenFault::kNewer
                                                             : OpenFault::kDamaged;
}

OpenedFile OpenRecording(std::string_view bytes)
{
    Recording recording;
    if (const Status read = ReadRecording(bytes, recording); !read)
    {
        return FaultOf(bytes, read.Error());
    }
    OpenedRecording opened;
    if (!ReadXml(recording.header.given.document_element(), opened.given, recording.header.format))
    {
        opened.given = Given{};
    }
    opened.machine = std::make_shared<RecordedMachine>(recording.machine);
    opened.origin = {recording.header.taken, recording.header.toolVersion, recording.header.redacted,
        recording.unknownQuestions, recording.damagedEntries};
    return opened;
}

} // namespace

OpenedFile OpenSupportFile(std::string_view bytes, std::span<const RootCause* const> causes)
{
    if (bytes.size() > kLargestRecording)
    {
        return OpenFault::kTooLarge;
    }
    const std::string_view element = DocumentElement(bytes);
    if (element == "recording")
    {
        return OpenRecording(bytes);
    }
    if (element == "support_plan")
    {
        auto plan = ParseSupportPlan(bytes, causes);
        return plan ? OpenedFile(std::move(*plan)) : FaultOf(bytes, plan.Error());
    }
    return element == "names" ? OpenFault::kKeyToNames : OpenFault::kNotOurs;
}

} // namespace mars
