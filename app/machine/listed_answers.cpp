// SPDX-License-Identifier: MIT
#include "listed_answers.h"

#include "questions/certificates.h"
#include "questions/events.h"
#include "questions/log.h"

#include <algorithm>
#include <cstddef>

namespace mars
{

namespace
{

template <class Item>
std::optional<std::size_t> PlaceOf(const Item& item, const std::vector<Item>& items)
{
    const auto found = std::ranges::find(items, item);
    return found == items.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - items.begin()));
}

/// Which of the answers says something of each thing asked for.
template <class Item, class Value>
class Sources
{
public:
    using Held = ListedAnswer<Item, Value>;

    Sources(const std::vector<Item>& items, const std::vector<Held>& held) : m_items(items)
    {
        // The one that asked for most of them first: then few have to be put together.
        for (const Held& answer : held)
        {
            m_held.push_back(&answer);
        }
        std::ranges::stable_sort(m_held, std::greater(), [&](const Held* answer) {
            return std::ranges::count_if(
                items, [&](const Item& item) { return PlaceOf(item, answer->items).has_value(); });
        });
        for (const Item& item : items)
        {
            const auto found = std::ranges::find_if(
                m_held, [&](const Held* answer) { return PlaceOf(item, answer->items).has_value(); });
            m_sources.push_back(found == m_held.end() ? nullptr : *found);
        }
    }

    /// Null: none asked for it.
    const Held* Of(const Item& item) const
    {
        const auto place = PlaceOf(item, m_items);
        return place ? m_sources[*place] : nullptr;
    }
    std::vector<Item> NotAsked() const
    {
        std::vector<Item> items;
        std::ranges::copy_if(
            m_items, std::back_inserter(items), [&](const Item& item) { return Of(item) == nullptr; });
        return items;
    }
    /// Those that something is taken from; for an empty list, whose answer holds only what does not depend on
    /// it, the first.
    std::vector<const Held*> Used() const
    {
        std::vector<const Held*> used;
        std::ranges::copy_if(m_held, std::back_inserter(used),
            [&](const Held* answer) { return std::ranges::find(m_sources, answer) != m_sources.end(); });
        if (m_items.empty() && !m_held.empty())
        {
            used.push_back(m_held.front());
        }
        return used;
    }

private:
    const std::vector<Item>& m_items;
    std::vector<const Held*> m_held;
    std::vector<const Held*> m_sources;
};

/// What was not read is what either of them did not read.
void AddWhatWasMissed(LogScan& scan, const LogScan& part)
{
    if (part.IsComplete())
    {
        return;
    }
    const bool first = scan.IsComplete();
    scan.readSince = first                 ? part.readSince
        : scan.readSince && part.readSince ? std::max(scan.readSince, part.readSince)
                                           : std::nullopt;
    scan.missedBecause = first ? part.missedBecause : scan.missedBecause;
}

} // namespace

std::optional<LogScan> PutTogether(
    const std::vector<std::string>& items, const std::vector<ListedAnswer<std::string, LogScan>>& held)
{
    const Sources sources(items, held);
    const auto used = sources.Used();
    if (used.empty())
    {
        return std::nullopt;
    }
    LogScan scan;
    for (const std::string& item : items)
    {
        const auto* source = sources.Of(item);
        const std::size_t place = source == nullptr ? 0 : *PlaceOf(item, source->items);
        const bool known =
            source != nullptr && place < source->value.totals.size() && place < source->value.times.size();
        scan.totals.push_back(known ? source->value.totals[place] : 0);
        scan.times.push_back(known ? source->value.times[place] : PatternTimes());
    }
    for (const auto* part : used)
    {
        std::ranges::copy_if(part->value.matches, std::back_inserter(scan.matches),
            [&](const LogMatch& match) { return sources.Of(match.pattern) == part; });
        scan.newest = std::max(scan.newest, part->value.newest);
        AddWhatWasMissed(scan, part->value);
    }
    std::ranges::stable_sort(scan.matches, std::greater(), &LogMatch::time);
    scan.notAsked = sources.NotAsked();
    return scan;
}

std::optional<EventList> PutTogether(
    const std::vector<std::uint32_t>& items, const std::vector<ListedAnswer<std::uint32_t, EventList>>& held)
{
    const Sources sources(items, held);
    const auto used = sources.Used();
    if (used.empty())
    {
        return std::nullopt;
    }
    EventList list;
    for (const auto* part : used)
    {
        std::ranges::copy_if(part->value.events, std::back_inserter(list.events),
            [&](const EventInfo& event) { return sources.Of(event.id) == part; });
    }
    std::ranges::stable_sort(list.events, std::greater(), &EventInfo::time);
    list.notAsked = sources.NotAsked();
    return list;
}

std::optional<CertificatePresence> PutTogether(const std::vector<std::string>& items,
    const std::vector<ListedAnswer<std::string, CertificatePresence>>& held)
{
    const Sources sources(items, held);
    const auto used = sources.Used();
    if (used.empty())
    {
        return std::nullopt;
    }
    CertificatePresence presence;
    for (const auto* part : used)
    {
        std::ranges::copy_if(part->value.present, std::back_inserter(presence.present),
            [&](const std::string& item) { return sources.Of(item) == part; });
    }
    presence.notAsked = sources.NotAsked();
    return presence;
}

} // namespace mars
