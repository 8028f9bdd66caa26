// SPDX-License-Identifier: MIT
#pragma once

#include "recorded_machine.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// One name that leaves the recording, and what stands for it.
struct StandIn
{
    /// "computer", "domain", "user", "sid", "vault", "guid", "thumbprint", "host".
    std::string kind;
    std::string name;
    std::string standIn;
};

/// Replaces the names of a recording by stand-ins: the same name always by the same one, whatever its case
/// and also inside longer words, and legal in its place. The names come first from the typed answers (who
/// asked, vault, certificates), then from the shapes of GUIDs, SIDs and profile folders. Well-known SIDs, and
/// names that every Windows has, stay.
class Redactor
{
public:
    explicit Redactor(const RecordedMachine& machine);

    std::string Redact(std::string_view text);
    RecordedMachine Redact(const RecordedMachine& machine);

    /// The key to the recording; goes into a file of its own that stays with the customer.
    const std::vector<StandIn>& StandIns() const
    {
        return m_standIns;
    }

private:
    void CollectFrom(const pugi::xml_node& node);
    void CollectHosts(std::string_view proxies);
    void CollectScriptHost(std::string_view url);
    void CollectShapes(std::string_view text);
    void Add(const std::string& kind, std::string_view name);
    std::string MakeStandIn(const std::string& kind);
    RegistryValue Redact(const RegistryValue& value);
    void RedactBytes(Bytes& bytes) const;
    template <class T>
    void RedactTexts(T& value);
    template <class Question>
    bool RedactEntry(const RecordedMachine::Entry& entry, RecordedMachine& redacted);
    template <class... Questions>
    void RedactEntryOf(
        QuestionList<Questions...>, const RecordedMachine::Entry& entry, RecordedMachine& redacted);

    std::vector<StandIn> m_standIns;
    /// By folded name, longest first, so that a name inside a longer one does not break it.
    struct LongestFirst
    {
        bool operator()(const std::string& a, const std::string& b) const
        {
            return a.size() != b.size() ? a.size() > b.size() : a < b;
        }
    };
    std::map<std::string, std::string, LongestFirst> m_terms;
    std::map<std::string, int> m_counters;
};

} // namespace mars
