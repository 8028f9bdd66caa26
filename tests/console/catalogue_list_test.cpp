// SPDX-License-Identifier: MIT
#include "console_support.h"
#include "test_support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

/// The public contract: ids and step codes, in their order, never change; outside scripts depend on them.
namespace mars::test
{
namespace
{

struct PublicRow
{
    const char* code;
    const char* id;
    const char* repair;
    bool reversible;
};

const std::vector<PublicRow>& PublicRows()
{
    static const std::vector<PublicRow> rows{
        {"B-1", "basics.agent_missing", "guided", false},
        {"B-2", "basics.agent_outdated", "guided", false},
        {"B-3", "basics.service_stopped", "one_click", true},
        {"B-4", "basics.scratch_space_low", "guided", false},
        {"B-5", "basics.antivirus_exclusions_missing", "one_click", true},
        {"B-6", "basics.interfering_software", "guided", false},
        {"B-7", "basics.updates_overdue", "guided", false},
        {"B-8", "basics.unsupported_volumes", "guided", false},
        {"B-9", "basics.clock_wrong", "one_click", false},
        {"B-10", "basics.dotnet_outdated", "guided", false},
        {"B-11", "basics.reregistration", "guided", false},
        {"B-12", "basics.offline_backup_powershell", "guided", false},
        {"B-13", "basics.azure_vm", "guided", false},
        {"B-14", "basics.os_unsupported", "guided", false},
        {"B-15", "basics.restart_pending", "guided", false},
        {"B-16", "basics.engine_crashes", "guided", false},
        {"B-17", "basics.management_service_stopped", "one_click", true},
        {"B-18", "basics.installation_failed", "guided", false},
        {"B-19", "basics.server_removal", "guided", false},
        {"V-1", "credentials.file_expired", "guided", false},
        {"V-2", "credentials.file_not_latest", "guided", false},
        {"V-3", "credentials.file_on_network", "one_click", true},
        {"V-4", "credentials.file_invalid", "guided", false},
        {"V-5", "credentials.wrong_vault", "guided", false},
        {"V-6", "credentials.temp_folder_full", "one_click", false},
        {"V-7", "credentials.temp_folder_unwritable", "guided", false},
        {"V-8", "credentials.file_download_blocked", "one_click", true},
        {"V-9", "credentials.trusted_sites_missing", "one_click", true},
        {"V-10", "credentials.tls_too_old", "one_click", true},
        {"V-12", "credentials.download_refused", "guided", false},
        {"N-1", "connectivity.no_network", "guided", false},
        {"N-2", "connectivity.name_resolution_fails", "guided", false},
        {"N-3", "connectivity.endpoint_unreachable", "guided", false},
        {"N-4", "connectivity.proxy_needs_login", "guided", false},
        {"N-5", "connectivity.system_proxy_wrong", "one_click", true},
        {"N-6", "connectivity.tls_fails", "guided", false},
        {"N-7", "connectivity.root_certificates_missing", "guided", false},
        {"N-8", "connectivity.tenant_restricted", "guided", false},
        {"N-9", "connectivity.firewall_rule_blocks", "one_click", true},
        {"E-1", "encryption.key_file_missing", "guided", false},
        {"E-2", "encryption.scratch_location_mismatch", "one_click", true},
        {"E-3", "encryption.scratch_folder_missing", "guided", false},
        {"E-5", "encryption.scratch_attributes", "one_click", false},
        {"E-6", "encryption.registered_elsewhere", "guided", false},
        {"E-7", "encryption.machine_certificate_expired", "guided", false},
        {"E-8", "encryption.server_renamed", "guided", false},
        {"E-9", "encryption.stale_certificate", "guided", false},
        {"E-10", "encryption.passphrase_damaged", "guided", false},
        {"E-11", "encryption.passphrase_lost", "guided", false},
        {"S-1", "scheduling.task_missing", "guided", false},
        {"S-2", "scheduling.task_disabled", "one_click", true},
        {"S-3", "scheduling.trigger_disabled", "one_click", true},
        {"S-4", "scheduling.wrong_account", "one_click", true},
        {"S-5", "scheduling.powershell_outdated", "guided", false},
        {"S-6", "scheduling.module_path_missing", "one_click", true},
        {"S-7", "scheduling.execution_policy_restricted", "one_click", true},
        {"S-8", "scheduling.module_damaged", "one_click", true},
        {"S-9", "scheduling.not_restarted_since_install", "guided", false},
        {"S-10", "scheduling.windows_server_backup_conflict", "guided", false},
        {"S-11", "scheduling.overlapping_runs", "one_click", true},
        {"S-12", "scheduling.last_run_failed", "guided", false},
        {"S-13", "scheduling.powershell_missing_in_action", "guided", false},
        {"S-14", "scheduling.policy_paused", "guided", false},
        {"R-1", "restore.mount_stuck", "guided", false},
        {"R-3", "restore.iscsi_device_missing", "guided", false},
        {"R-4", "restore.iscsi_driver_missing", "one_click", false},
        {"R-5", "restore.iscsi_service_stopped", "one_click", true},
        {"R-6", "restore.san_policy_offline", "one_click", true},
        {"R-7", "restore.iscsi_target_stale", "guided", false},
        {"R-8", "restore.still_failing", "guided", false},
        {"J-1", "jobs.files_skipped", "guided", false},
        {"J-2", "jobs.recent_errors", "guided", false},
        {"J-3", "jobs.failed_events", "guided", false},
        {"J-4", "jobs.shadow_services_disabled", "one_click", true},
        {"J-5", "jobs.shadow_storage_low", "guided", false},
        {"J-6", "jobs.system_state_prerequisites", "guided", false},
        {"J-7", "jobs.backup_slow", "guided", false},
    };
    return rows;
}

nlohmann::ordered_json ListedChecks()
{
    FakeConsole console(HealthyServer());
    return Call(console, "list --format json").Json()["checks"];
}

} // namespace

TEST_CASE("catalogue list: it holds every id of the contract, in order, and nothing else")
{
    const auto checks = ListedChecks();
    std::vector<std::string> listed;
    for (const auto& check : checks)
    {
        listed.push_back(check["id"].get<std::string>());
    }
    std::vector<std::string> wanted;
    std::ranges::transform(PublicRows(), std::back_inserter(wanted), &PublicRow::id);
    CHECK(wanted.size() == 77);
    CHECK(listed == wanted);
}

TEST_CASE("catalogue list: code, section, repair and reversibility of each id")
{
    const auto checks = ListedChecks();
    for (const PublicRow& row : PublicRows())
    {
        const auto check = std::ranges::find_if(checks, [&](const auto& one) { return one["id"] == row.id; });
        const bool found = check != checks.end();
        CHECK_MESSAGE(found, row.id);
        if (!found)
        {
            continue;
        }
        const std::string id(row.id);
        CHECK_MESSAGE((*check)["code"] == row.code, check->dump());
        CHECK_MESSAGE((*check)["section"] == id.substr(0, id.find('.')), check->dump());
        CHECK_MESSAGE((*check)["repair"] == row.repair, check->dump());
        CHECK_MESSAGE((*check)["reversible"] == row.reversible, check->dump());
        CHECK_MESSAGE(!(*check)["title"].get<std::string>().empty(), check->dump());
    }
}

} // namespace mars::test
