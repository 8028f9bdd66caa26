// SPDX-License-Identifier: MIT
#pragma once

#include "questions/certificates.h"
#include "questions/events.h"
#include "questions/log.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Some questions ask for a list of things that comes from knowledge and grows with it: texts in a log, ids
/// of events, certificates. Such a question names the list as `kAskedFor`. A recording that was made with
/// another list still holds what it held of each thing.
namespace mars
{

template <class Question>
concept AsksForList = requires
{
    Question::kAskedFor;
};

/// What was answered when `items` were asked for.
template <class Item, class Value>
struct ListedAnswer
{
    std::vector<Item> items;
    Value value;
};

/// The answer to a question for `items`, put together from the answers to questions that differ from it only
/// in their lists. What none of them asked for is in its `notAsked`. Nothing when none asked for any of
/// `items`.
std::optional<LogScan> PutTogether(
    const std::vector<std::string>& items, const std::vector<ListedAnswer<std::string, LogScan>>& held);
std::optional<EventList> PutTogether(
    const std::vector<std::uint32_t>& items, const std::vector<ListedAnswer<std::uint32_t, EventList>>& held);
std::optional<CertificatePresence> PutTogether(const std::vector<std::string>& items,
    const std::vector<ListedAnswer<std::string, CertificatePresence>>& held);

} // namespace mars
