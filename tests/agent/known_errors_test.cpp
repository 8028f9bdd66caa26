// SPDX-License-Identifier: MIT
#include "known_errors.h"

#include "catalogue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <regex>
#include <set>

/// The data that lead from an error or a symptom to its page.
namespace mars::test
{

namespace
{

/// The ids of the catalogue, those that are still to come too.
constexpr std::array<std::string_view, 77> kCatalogueIds{"basics.agent_missing", "basics.agent_outdated",
    "basics.service_stopped", "basics.scratch_space_low", "basics.antivirus_exclusions_missing",
    "basics.interfering_software", "basics.updates_overdue", "basics.unsupported_volumes",
    "basics.clock_wrong", "basics.dotnet_outdated", "basics.reregistration",
    "basics.offline_backup_powershell", "basics.azure_vm", "basics.os_unsupported", "basics.restart_pending",
    "basics.engine_crashes", "basics.management_service_stopped", "basics.installation_failed",
    "basics.server_removal", "credentials.file_expired", "credentials.file_not_latest",
    "credentials.file_on_network", "credentials.file_invalid", "credentials.wrong_vault",
    "credentials.temp_folder_full", "credentials.temp_folder_unwritable", "credentials.file_download_blocked",
    "credentials.trusted_sites_missing", "credentials.tls_too_old", "credentials.download_refused",
    "connectivity.no_network", "connectivity.name_resolution_fails", "connectivity.endpoint_unreachable",
    "connectivity.proxy_needs_login", "connectivity.system_proxy_wrong", "connectivity.tls_fails",
    "connectivity.root_certificates_missing", "connectivity.tenant_restricted",
    "connectivity.firewall_rule_blocks", "encryption.key_file_missing",
    "encryption.scratch_location_mismatch", "encryption.scratch_folder_missing",
    "encryption.scratch_attributes", "encryption.registered_elsewhere",
    "encryption.machine_certificate_expired", "encryption.server_renamed", "encryption.stale_certificate",
    "encryption.passphrase_damaged", "encryption.passphrase_lost", "scheduling.task_missing",
    "scheduling.task_disabled", "scheduling.trigger_disabled", "scheduling.wrong_account",
    "scheduling.powershell_outdated", "scheduling.module_path_missing",
    "scheduling.execution_policy_restricted", "scheduling.module_damaged",
    "scheduling.not_restarted_since_install", "scheduling.windows_server_backup_conflict",
    "scheduling.overlapping_runs", "scheduling.last_run_failed", "scheduling.powershell_missing_in_action",
    "scheduling.policy_paused", "restore.mount_stuck", "restore.iscsi_device_missing",
    "restore.iscsi_driver_missing", "restore.iscsi_service_stopped", "restore.san_policy_offline",
    "restore.iscsi_target_stale", "restore.still_failing", "jobs.files_skipped", "jobs.recent_errors",
    "jobs.failed_events", "jobs.shadow_services_disabled", "jobs.shadow_storage_low",
    "jobs.system_state_prerequisites", "jobs.backup_slow"};

bool IsInCatalogue(std::string_view id)
{
    return std::ranges::find(kCatalogueIds, id) != kCatalogueIds.end();
}

void CheckCauses(const std::string& of, const std::string& section, const std::vector<std::string>& causes)
{
    std::set<std::string> once;
    bool leadsToSection = causes.empty();
    for (const std::string& cause : causes)
    {
        CHECK_MESSAGE(IsInCatalogue(cause), of, ": ", cause);
        CHECK_MESSAGE(once.insert(cause).second, of, ": ", cause, " twice");
        leadsToSection = leadsToSection || cause.starts_with(section + ".");
    }
    CHECK_MESSAGE(FindSection(section) != nullptr, of, ": ", section);
    CHECK_MESSAGE(leadsToSection, of, ": none of its causes is on its page");
}

bool IsInBothLanguages(const pugi::xml_node& text)
{
    return !LocalText(text, Language::kEnglish).empty()
        && LocalText(text, Language::kEnglish) != LocalText(text, Language::kSpanish);
}

} // namespace

TEST_CASE("known errors: the catalogue has no root cause that this list lacks")
{
    for (const RootCause* cause : AllRootCauses())
    {
        CHECK_MESSAGE(IsInCatalogue(cause->id), cause->id);
    }
}

TEST_CASE("known errors: each can be recognised, is told in both languages and leads to its page")
{
    std::set<std::string> ids;
    std::set<std::string> titles;
    for (const KnownError& error : KnownErrors(BuiltInKnowledge()))
    {
        CHECK_MESSAGE(ids.insert(error.id).second, error.id);
        CHECK_MESSAGE(titles.insert(LocalText(error.title, Language::kEnglish)).second, error.id);
        CHECK_MESSAGE(!(error.numbers.empty() && error.names.empty() && error.messages.empty()), error.id);
        CHECK_MESSAGE(IsInBothLanguages(error.title), error.id);
        CHECK_MESSAGE(IsInBothLanguages(error.meaning), error.id);
        CheckCauses(error.id, error.section, error.causes);
    }
    CHECK(ids.size() > 80);
}

TEST_CASE("known errors: numbers and names belong to one error each")
{
    std::set<unsigned long> numbers;
    std::set<std::string> names;
    for (const KnownError& error : KnownErrors(BuiltInKnowledge()))
    {
        for (const std::string& number : error.numbers)
        {
            CHECK_MESSAGE(numbers.insert(std::stoul(number, nullptr, 0)).second, number);
        }
        for (const std::string& name : error.names)
        {
            CHECK_MESSAGE(names.insert(name).second, name);
        }
    }
}

TEST_CASE("known errors: where they come from is named, over https")
{
    const auto files = BuiltInKnowledge().Roots("errors");
    REQUIRE(files.size() == 1);
    std::set<std::string> sources;
    for (const pugi::xml_node source : files[0].children("source"))
    {
        sources.insert(source.attribute("id").value());
        CHECK(std::string_view(source.attribute("url").value()).starts_with("https://"));
    }
    for (const pugi::xml_node error : files[0].children("error"))
    {
        const std::string named = error.attribute("sources").value();
        static const std::regex blank(" ");
        for (std::sregex_token_iterator id(named.begin(), named.end(), blank, -1), end; id != end; ++id)
        {
            CHECK_MESSAGE(
                (named.empty() || sources.contains(*id)), error.attribute("id").value(), ": ", id->str());
        }
    }
}

TEST_CASE("symptoms: each is told in both languages, leads to its page and is found by its id")
{
    const auto symptoms = KnownSymptoms(BuiltInKnowledge());
    CHECK(symptoms.size() == 17);
    for (const Symptom& symptom : symptoms)
    {
        CHECK_MESSAGE(IsInBothLanguages(symptom.text), symptom.id);
        CHECK_MESSAGE(!symptom.causes.empty(), symptom.id);
        CheckCauses(symptom.id, symptom.section, symptom.causes);
        CHECK(FindSymptom(BuiltInKnowledge(), symptom.id)->id == symptom.id);
    }
    CHECK(FindSymptom(BuiltInKnowledge(), "Schedule_Does_Not_Run"));
    CHECK(!FindSymptom(BuiltInKnowledge(), "schedule"));
    CHECK(!FindSymptom(BuiltInKnowledge(), ""));
}

} // namespace mars::test
