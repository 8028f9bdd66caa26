// SPDX-License-Identifier: MIT
#pragma once

#include "questions/registry.h"
#include "recorded_machine.h"
#include "text_search.h"
#include "vocabulary.h"

#include <pugixml.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// One name that leaves the recording, and what stands for it.
struct StandIn
{
    /// "computer", "domain", "user", "sid", "vault", "guid", "thumbprint", "host", "address", "email",
    /// "share", "tenant", "resource_group", "organisation".
    std::string kind;
    std::string name;
    std::string standIn;
};

/// Replaces the names of a recording by stand-ins: the same name always by the same one, whatever its case,
/// also inside longer words, and also where it is encoded for an address, XML or JSON. Stand-ins are legal in
/// their place. The names come first from the typed answers (who asked, vault, certificates, proxies,
/// accounts of tasks), then from their shapes; see redaction_shapes.h. Well-known SIDs, names that every
/// Windows has, and hosts of Microsoft stay. Of what somebody else wrote (lines of logs, names of skipped
/// files, adapters and rules, arguments of tasks) only words that programs print stay as well, so that no
/// notation of a name or a secret has to be known. Secrets in other texts are no matter of this class; see
/// secrets.h.
class Redactor
{
public:
    /// `vocabulary` must outlive the redactor.
    Redactor(const RecordedMachine& machine, const Vocabulary& vocabulary);

    /// With the names replaced.
    std::string Redact(std::string_view text) const;
    /// What somebody else wrote: names replaced, and of the rest only what the vocabulary knows.
    std::string RedactFreeText(std::string_view text, std::string_view kept = {}) const;
    RecordedMachine Redact(const RecordedMachine& machine) const;

    /// The key to the recording; goes into a file of its own that stays with the customer.
    const std::vector<StandIn>& StandIns() const
    {
        return m_standIns;
    }

private:
    /// Where a name counts.
    enum class Place
    {
        kAnywhere,
        /// Not inside a longer word.
        kWord,
        /// Only where nothing else stands.
        kWholeText,
        /// Not inside a longer address or version.
        kAddress,
    };
    struct Term
    {
        std::string name;
        std::string standIn;
        Place place = Place::kAnywhere;
    };
    struct Range
    {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::size_t term = 0;
    };

    /// An entry as the file of a recording holds it.
    struct Written
    {
        explicit Written(const Exchange& entry);
        pugi::xml_document document;
        pugi::xml_node question;
        pugi::xml_node answer;
    };

    void CollectTyped(const Written& written);
    void CollectTypedFrom(const pugi::xml_node& node);
    void CollectShapesFrom(const pugi::xml_node& node, bool mayHoldVersions);
    void CollectShapes(std::string_view text, bool mayHoldVersions);
    void CollectShapes(const Bytes& bytes);
    void CollectAccounts(std::string_view taskXml);
    void CollectCertificateName(std::string_view name);
    void AddAccount(std::string_view account);
    void AddDomain(std::string_view domain);
    void AddHost(std::string_view host);
    void AddHosts(std::string_view list);
    void Add(const std::string& kind, std::string_view name);
    void AddTerm(const std::string& kind, std::string_view name, std::string standIn);
    std::string MakeStandIn(const std::string& kind, std::string_view name);
    void PrepareSearch();

    /// The names in a text in lower case; they do not overlap and are in their order.
    std::vector<Range> Find(const std::string& folded) const;
    bool Fits(const std::string& folded, std::size_t begin, const Term& term) const;
    std::vector<Range> FindEncoded(std::string_view text) const;
    void RedactValue(RegistryValue& value) const;
    void RedactBytes(Bytes& bytes) const;
    std::unique_ptr<Exchange> Redact(const Exchange& entry) const;
    void FilterFreeTexts(Exchange& entry) const;

    const Vocabulary& m_vocabulary;
    /// The thumbprints that the program itself asks for.
    std::set<std::string> m_kept;
    std::vector<StandIn> m_standIns;
    std::vector<Term> m_terms;
    /// By folded name.
    std::map<std::string, std::size_t> m_termOf;
    std::map<std::string, int> m_counters;
    std::unique_ptr<const TextSearch> m_search;
};

} // namespace mars
