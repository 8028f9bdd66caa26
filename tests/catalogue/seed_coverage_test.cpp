// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "source_folder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>

/// Every statement of the documentation that this program grew from (backup-azure-mars-troubleshoot, edition
/// of 2019-05-21), in its order, and the checks that answer it.
namespace mars::test
{

namespace
{

struct SeedItem
{
    std::string_view section;
    std::string_view item;
    std::vector<std::string_view> ids;
};

const std::vector<SeedItem>& SeedItems()
{
    static const std::vector<SeedItem> items{
        {"basic steps", "the agent is up to date", {"basics.agent_outdated"}},
        {"basic steps", "there is a network connection to Azure",
            {"connectivity.no_network", "connectivity.name_resolution_fails",
                "connectivity.endpoint_unreachable"}},
        {"basic steps", "the service runs; restart it if needed", {"basics.service_stopped"}},
        {"basic steps", "5-10 % are free where the scratch folder is", {"basics.scratch_space_low"}},
        {"basic steps", "no other process or antivirus interferes",
            {"basics.antivirus_exclusions_missing", "basics.interfering_software"}},
        {"basic steps", "scheduled backups fail but manual ones work",
            {"scheduling.task_missing", "scheduling.last_run_failed"}},
        {"basic steps", "the operating system is up to date", {"basics.updates_overdue"}},
        {"basic steps", "unsupported drives and attributes are excluded",
            {"basics.unsupported_volumes", "jobs.files_skipped"}},
        {"basic steps", "clock and time zone are right", {"basics.clock_wrong"}},
        {"basic steps", ".NET Framework 4.5.2 or later", {"basics.dotnet_outdated"}},
        {"basic steps", "registering again: agent removed, same passphrase", {"basics.reregistration"}},
        {"basic steps", "offline backup: Azure PowerShell 3.7.0 on both computers",
            {"basics.offline_backup_powershell"}},
        {"basic steps", "the agent runs on an Azure virtual machine", {"basics.azure_vm"}},

        {"34513, causes", "the credentials are older than 48 hours", {"credentials.file_expired"}},
        {"34513, causes", "no download into the TEMP folder", {"credentials.temp_folder_unwritable"}},
        {"34513, causes", "the credentials are on the network", {"credentials.file_on_network"}},
        {"34513, causes", "TLS 1.0 is disabled", {"credentials.tls_too_old"}},
        {"34513, causes", "a proxy blocks the connection",
            {"connectivity.proxy_needs_login", "connectivity.system_proxy_wrong"}},

        {"34513, actions", "download new credentials; only the newest count",
            {"credentials.file_expired", "credentials.file_not_latest"}},
        {"34513, actions", "allow file downloads in the Internet zone",
            {"credentials.file_download_blocked"}},
        {"34513, actions", "trusted sites", {"credentials.trusted_sites_missing"}},
        {"34513, actions", "proxy settings",
            {"connectivity.proxy_needs_login", "connectivity.system_proxy_wrong"}},
        {"34513, actions", "date and time", {"basics.clock_wrong"}},
        {"34513, actions", "downloads are not allowed: count and delete the .tmp files",
            {"credentials.temp_folder_full"}},
        {"34513, actions", ".NET Framework 4.6.2", {"basics.dotnet_outdated"}},
        {"34513, actions", "the article about TLS and PCI", {"credentials.tls_too_old"}},
        {"34513, actions", "exclude CBengine.exe, CSC.exe, the scratch and the bin folder",
            {"basics.antivirus_exclusions_missing"}},

        {"403", "another browser or a cleared cache", {"credentials.download_refused"}},
        {"403", "the subscription is disabled or has expired", {"credentials.download_refused"}},
        {"403", "a firewall rule blocks the download", {"credentials.download_refused"}},
        {"403", "50 machines per vault", {"credentials.download_refused"}},
        {"403", "permission to download and to register", {"credentials.download_refused"}},

        {"100050 and 407", "allow file downloads in the Internet zone",
            {"credentials.file_download_blocked"}},
        {"100050 and 407", "trusted sites", {"credentials.trusted_sites_missing"}},
        {"100050 and 407", "proxy settings",
            {"connectivity.proxy_needs_login", "connectivity.system_proxy_wrong"}},
        {"100050 and 407", "the firewall allows addresses and names",
            {"connectivity.endpoint_unreachable", "connectivity.firewall_rule_blocks"}},
        {"100050 and 407", "exclusions, CBEngine.exe instead of dpmra.exe",
            {"basics.antivirus_exclusions_missing"}},

        {"key not set", "registered with another vault", {"encryption.registered_elsewhere"}},
        {"key not set", "the passphrase was damaged", {"encryption.passphrase_damaged"}},
        {"key not set", "unregister and register with a new passphrase",
            {"encryption.registered_elsewhere", "encryption.passphrase_damaged"}},

        {"0x1FC07 and 34506", "too little space for the scratch folder", {"basics.scratch_space_low"}},
        {"0x1FC07 and 34506", "the scratch folder was moved wrongly",
            {"encryption.scratch_location_mismatch", "encryption.scratch_folder_missing"}},
        {"0x1FC07 and 34506", "OnlineBackup.KEK is missing", {"encryption.key_file_missing"}},
        {"0x1FC07 and 34506", "upgrade the agent", {"basics.agent_outdated"}},
        {"0x1FC07 and 34506", "move the scratch folder as documented", {"basics.scratch_space_low"}},

        {"schedule", "no conflict with Windows Server Backup", {"scheduling.windows_server_backup_conflict"}},
        {"schedule", "the task's status is enabled",
            {"scheduling.task_disabled", "scheduling.trigger_disabled"}},
        {"schedule", "the task's account", {"scheduling.wrong_account"}},
        {"schedule", "PowerShell 3.0 or later", {"scheduling.powershell_outdated"}},
        {"schedule", "the module's folder is in PSModulePath", {"scheduling.module_path_missing"}},
        {"schedule", "the execution policy", {"scheduling.execution_policy_restricted"}},
        {"schedule", "restarted since the installation", {"scheduling.not_restarted_since_install"}},
        {"schedule", "the module is complete, else copied from a healthy machine",
            {"scheduling.module_damaged"}},
        {"schedule", "restart the server afterwards",
            {"scheduling.not_restarted_since_install", "scheduling.module_path_missing"}},

        {"restore", "cancel a mount that does not end", {"restore.mount_stuck"}},
        {"restore", "the newest agent", {"basics.agent_outdated"}},
        {"restore", "find the Microsoft iSCSI Initiator", {"restore.iscsi_device_missing"}},
        {"restore", "find an Unknown Device with ROOT\\ISCSIPRT", {"restore.iscsi_driver_missing"}},
        {"restore", "update its driver", {"restore.iscsi_driver_missing"}},
        {"restore", "find the iSCSI Initiator Service", {"restore.iscsi_service_stopped"}},
        {"restore", "restart that service", {"restore.iscsi_service_stopped"}},
        {"restore", "try Instant Restore again", {"restore.mount_stuck"}},
        {"restore", "restart the server, or recover on another machine", {"restore.still_failing"}},

        {"support", "contact support, with everything that they need", {"restore.still_failing"}},
    };
    return items;
}

std::string PathOf(std::string_view id)
{
    std::string path(id);
    std::ranges::replace(path, '.', '/');
    return path;
}

/// Why this id does not answer a documented statement; empty when it does.
std::string WhatIsMissing(std::string_view id)
{
    const Knowledge& knowledge = BuiltInKnowledge();
    if (FindRootCause(id) == nullptr)
    {
        return "no such root cause";
    }
    const pugi::xml_node entry = knowledge.Entry(id);
    if (!entry)
    {
        return "no knowledge entry";
    }
    if (knowledge.Title(id, Language::kEnglish) == knowledge.Title(id, Language::kSpanish))
    {
        return "no Spanish title";
    }
    for (const Language language : {Language::kEnglish, Language::kSpanish})
    {
        if (LocalText(entry.child("guided").child("step"), language).empty())
        {
            return "no guided step";
        }
    }
    const auto test = std::filesystem::path(MARS_SOURCE_FOLDER) / "tests" / (PathOf(id) + "_test.cpp");
    return std::filesystem::exists(test) ? std::string() : "no test file";
}

} // namespace

TEST_CASE("seed: every documented statement has its checks, in both languages, with steps and tests")
{
    for (const SeedItem& item : SeedItems())
    {
        CHECK_MESSAGE(!item.ids.empty(), item.section, ": ", item.item);
        for (const std::string_view id : item.ids)
        {
            const std::string missing = WhatIsMissing(id);
            CHECK_MESSAGE(missing.empty(), item.section, ": ", item.item, ": ", id, ": ", missing);
        }
    }
}

TEST_CASE("seed: the advice that comes after the repairs of a page")
{
    for (const char* text : {"closing.scheduling", "closing.restore"})
    {
        REQUIRE_MESSAGE(BuiltInKnowledge().HasText(text), text);
        CHECK(BuiltInKnowledge().Text(text, Language::kEnglish)
            != BuiltInKnowledge().Text(text, Language::kSpanish));
    }
}

TEST_CASE("seed: every page has at least one check")
{
    for (const Section* section : AllSections())
    {
        CHECK_MESSAGE(!section->rootCauses.empty(), section->id);
    }
}

/// The links of that page, each in an entry of the check that it belongs to.
TEST_CASE("seed: its links are kept")
{
    struct SeedLink
    {
        std::string_view part;
        std::string_view id;
    };
    const std::array links{
        SeedLink{"aka.ms/AB-A4dp50", "connectivity.no_network"},
        SeedLink{"aka.ms/AB-AA4dwtt", "basics.scratch_space_low"},
        SeedLink{"aka.ms/AB-AA4dwtk", "basics.antivirus_exclusions_missing"},
        SeedLink{"aka.ms/AB-AA4dwtr", "basics.azure_vm"},
        SeedLink{"aka.ms/ScheduledBackupFailManualWorks", "scheduling.last_run_failed"},
        SeedLink{"aka.ms/azurebackup_agent", "basics.agent_outdated"},
        SeedLink{"support.microsoft.com/help/4022913", "credentials.tls_too_old"},
        SeedLink{"backup-instant-restore-capability", "restore.mount_stuck"},
        SeedLink{"to-an-alternate-machine", "restore.still_failing"},
        SeedLink{"HelpAndSupportBlade", "restore.still_failing"},
    };
    for (const SeedLink& link : links)
    {
        const pugi::xml_node entry = BuiltInKnowledge().Entry(link.id);
        const bool found = std::ranges::any_of(entry.children("link"), [&](const pugi::xml_node& node) {
            return std::string_view(node.attribute("url").value()).find(link.part) != std::string_view::npos;
        });
        CHECK_MESSAGE(found, link.id, ": ", link.part);
    }
}

} // namespace mars::test
