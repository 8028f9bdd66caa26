// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "connectivity/network.h"
#include "questions/registry.h"
#include "text.h"
#include "xml_codec.h"

#include <algorithm>
#include <map>
#include <mutex>

/// Every root cause on a healthy server that denies one question after the other.
namespace mars::test
{
namespace
{

/// Writes down what it is asked, and denies one of it.
class Denying : public Machine
{
public:
    Denying(const RecordedMachine& machine, std::string denied)
        : m_machine(machine), m_denied(std::move(denied))
    {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        const std::string key = exchange.Key();
        {
            const std::lock_guard lock(m_mutex);
            m_asked.emplace(key, exchange.Name());
        }
        if (key == m_denied)
        {
            exchange.Fail({code::kAccessDenied, "test"});
        }
        else
        {
            m_machine.Respond(exchange, wait);
        }
    }
    /// Key and name.
    const std::map<std::string, std::string>& Asked() const
    {
        return m_asked;
    }

private:
    const RecordedMachine& m_machine;
    std::string m_denied;
    mutable std::mutex m_mutex;
    mutable std::map<std::string, std::string> m_asked;
};

/// What a row asks only to tell more, or for a sign that another answer gives as well: it may pass without
/// one. "query_service/SENS" is only that one.
const std::map<std::string, std::string> kMayPassWithout{{"B-13", "probe_http query_service"},
    {"B-15", "read_clock"},
    {"B-3", "list_iscsi_sessions list_tasks query_service/MSiSCSI read_clock read_events scan_agent_logs"},
    {"B-4", "list_volumes read_file_info"}, {"B-5", "query_service"}, {"B-9", "probe_http probe_https"},
    {"E-1", "read_registry_value"}, {"E-2", "read_file_info"}, {"E-6", "read_registry_value"},
    {"E-7", "read_context read_registry_value"}, {"E-8", "read_registry_value"}, {"J-2", "read_events"},
    {"J-4", "list_tasks"},
    {"N-1", "list_network_adapters probe_http read_clock read_context read_proxy_settings"},
    {"N-2",
        "list_network_adapters read_clock read_context read_file_info read_proxy_settings "
        "read_registry_value scan_agent_logs"},
    {"N-3",
        "find_folder list_files probe_https read_clock read_context read_events read_file_info "
        "read_proxy_settings read_registry_value read_vault_credentials scan_agent_logs"},
    {"N-4", "read_clock read_context read_proxy_settings scan_agent_logs"},
    {"N-5",
        "probe_https read_clock read_context read_file_info read_proxy_settings read_registry_value "
        "scan_agent_logs"},
    {"N-6", "read_clock read_context read_file_info read_proxy_settings read_registry_value scan_agent_logs"},
    {"N-7",
        "probe_https read_context read_file_info read_proxy_settings read_registry_value scan_agent_logs"},
    {"N-9", "query_service"}, {"R-5", "list_iscsi_sessions"}, {"R-6", "read_new_disk_policy"},
    {"R-7", "query_service/MSiSCSI"}, {"S-9", "list_registry_key read_registry_value"},
    {"V-1", "find_folder list_files"}, {"V-3", "find_folder list_files"}, {"V-4", "find_folder list_files"},
    {"V-5", "find_folder list_files read_registry_value"}};

/// `question` is the name, `key` names what it is about.
bool MayPassWithout(const RootCause& cause, const std::string& question, const std::string& key)
{
    const auto found = kMayPassWithout.find(std::string(cause.code));
    const auto names =
        found == kMayPassWithout.end() ? std::vector<std::string>() : Split(found->second, ' ');
    return std::ranges::any_of(names, [&](const std::string& name) {
        const std::size_t slash = name.find('/');
        return name == question
            || (slash != std::string::npos && name.substr(0, slash) == question
                && key.find('>' + name.substr(slash + 1) + '<') != std::string::npos);
    });
}

} // namespace

TEST_CASE("missing rights: a denied question makes no problem, and no row passes that needs the answer")
{
    RecordedMachine server = OnlineServer();
    server.Set(
        ReadRegistryValue{{"HKLM\\SYSTEM\\CurrentControlSet\\Services\\partmgr\\Parameters", "SanPolicy"}},
        Absent{});
    Given given;
    given.offlineSeeding = true;
    for (const RootCause* cause : AllRootCauses())
    {
        const Denying all(server, {});
        const Outcome healthy = cause->detect(MachineView(all, Wait{}), given);
        for (const auto& asked : all.Asked())
        {
            const Denying machine(server, asked.first);
            const Outcome outcome = cause->detect(MachineView(machine, Wait{}), given);
            INFO(cause->id, " without ", asked.first);
            CHECK_FALSE(outcome.IsProblem());
            if (outcome.kind == OutcomeKind::kCouldNotCheck)
            {
                CHECK(outcome.error->code == code::kAccessDenied);
            }
            else
            {
                CHECK(outcome.kind == healthy.kind);
                CHECK((healthy.kind != OutcomeKind::kPassed
                    || MayPassWithout(*cause, asked.second, asked.first)));
            }
        }
    }
}

} // namespace mars::test
