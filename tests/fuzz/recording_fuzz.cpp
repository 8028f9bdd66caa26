// SPDX-License-Identifier: MIT
#include "given.h"
#include "message_vocabulary.h"
#include "pass.h"
#include "recording.h"
#include "redaction.h"
#include "secrets.h"
#include "server_facts.h"
#include "xml_codec.h"

#include <cstdlib>

/// What opens a support bundle must bear any file: it is read, asked, redacted and written again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string cleaned = mars::RemoveSecrets(text);
    if (mars::RemoveSecrets(std::string_view(cleaned)).size() > cleaned.size() * 16 + 16)
    {
        std::abort();
    }
    mars::Recording recording;
    if (!mars::ReadRecording(text, recording))
    {
        return 0;
    }
    mars::Given given;
    if (!mars::ReadXml(recording.header.given.document_element(), given, recording.header.format))
    {
        given = {};
    }
    mars::ReadServerFacts(mars::MachineView(recording.machine, mars::Wait{}));
    const mars::Redactor redactor(recording.machine, mars::MessageVocabulary());
    const std::string again = mars::WriteRecording(recording.header, redactor.Redact(recording.machine));
    mars::Recording reread;
    if (!mars::ReadRecording(again, reread))
    {
        std::abort();
    }
    return 0;
}
