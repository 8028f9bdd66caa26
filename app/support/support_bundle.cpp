// SPDX-License-Identifier: MIT
#include "support_bundle.h"

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

struct KindOfQuestion
{
    std::string_view question;
    std::string_view kind;
};

constexpr std::array<std::string_view, 13> kKinds{"computer", "programs", "registry", "services", "tasks",
    "logs", "files", "storage", "devices", "network", "certificates", "credentials", "protection"};

constexpr std::array kQuestions{
    KindOfQuestion{"read_clock", "computer"},
    KindOfQuestion{"read_context", "computer"},
    KindOfQuestion{"read_windows_version", "computer"},
    KindOfQuestion{"read_chassis_tag", "computer"},
    KindOfQuestion{"list_programs", "programs"},
    KindOfQuestion{"find_newest_update", "programs"},
    KindOfQuestion{"read_registry_value", "registry"},
    KindOfQuestion{"list_registry_key", "registry"},
    KindOfQuestion{"query_service", "services"},
    KindOfQuestion{"list_service_images", "services"},
    KindOfQuestion{"list_tasks", "tasks"},
    KindOfQuestion{"scan_agent_logs", "logs"},
    KindOfQuestion{"scan_install_logs", "logs"},
    KindOfQuestion{"scan_console_logs", "logs"},
    KindOfQuestion{"read_failed_files", "logs"},
    KindOfQuestion{"read_events", "logs"},
    KindOfQuestion{"read_provider_events", "logs"},
    KindOfQuestion{"list_crashes", "logs"},
    KindOfQuestion{"find_folder", "files"},
    KindOfQuestion{"read_file_info", "files"},
    KindOfQuestion{"list_files", "files"},
    KindOfQuestion{"read_file_version", "files"},
    KindOfQuestion{"count_temp_files", "files"},
    KindOfQuestion{"read_module_manifest", "files"},
    KindOfQuestion{"verify_signature", "files"},
    KindOfQuestion{"hash_file", "files"},
    KindOfQuestion{"survey_folder", "files"},
    KindOfQuestion{"read_folder_access", "files"},
    KindOfQuestion{"read_volume", "storage"},
    KindOfQuestion{"list_volumes", "storage"},
    KindOfQuestion{"list_shadow_storage", "storage"},
    KindOfQuestion{"read_new_disk_policy", "storage"},
    KindOfQuestion{"read_change_journal", "storage"},
    KindOfQuestion{"list_iscsi_sessions", "storage"},
    KindOfQuestion{"list_devices", "devices"},
    KindOfQuestion{"resolve_name", "network"},
    KindOfQuestion{"detect_proxy_script", "network"},
    KindOfQuestion{"find_proxy_for_url", "network"},
    KindOfQuestion{"read_proxy_settings", "network"},
    KindOfQuestion{"list_network_adapters", "network"},
    KindOfQuestion{"probe_http", "network"},
    KindOfQuestion{"probe_https", "network"},
    KindOfQuestion{"read_firewall", "network"},
    KindOfQuestion{"list_certificates", "certificates"},
    KindOfQuestion{"find_certificates", "certificates"},
    KindOfQuestion{"read_vault_credentials", "credentials"},
    KindOfQuestion{"read_defender", "protection"},
    KindOfQuestion{"list_filter_drivers", "protection"},
};

/// How long an entry is in the file of a recording.
std::uint64_t SizeOf(const RecordedMachine::Entry& entry)
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
    node.append_copy(entry.question.document_element());
    node.append_copy(entry.answer.document_element());
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
    recorded.ForEachEntry([&](const RecordedMachine::Entry& entry) {
        const auto part = std::ranges::find(
            parts, BundleKindOf(entry.question.document_element().name()), &BundlePart::kind);
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

std::string_view BundleKindOf(std::string_view question)
{
    const auto found = std::ranges::find(kQuestions, question, &KindOfQuestion::question);
    return found == kQuestions.end() ? std::string_view() : found->kind;
}

RecordedMachine Together(const RecordedMachine& first, const RecordedMachine& more)
{
    RecordedMachine both(more);
    first.ForEachEntry([&](const RecordedMachine::Entry& entry) {
        both.AddEntry(entry.question.document_element(), entry.answer.document_element(), kFileFormat);
    });
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
    Redactor redactor(recorded);
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
