// SPDX-License-Identifier: MIT
#include "catalogue.h"

#include "text.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace mars
{

// One function for each page, defined in its folder's section.cpp.
namespace basics
{
const Section& ThisSection();
}
namespace credentials
{
const Section& ThisSection();
}
namespace connectivity
{
const Section& ThisSection();
}
namespace encryption
{
const Section& ThisSection();
}
namespace scheduling
{
const Section& ThisSection();
}
namespace restore
{
const Section& ThisSection();
}
namespace jobs
{
const Section& ThisSection();
}

std::span<const Section* const> AllSections()
{
    static const std::array<const Section*, 7> sections{&basics::ThisSection(), &credentials::ThisSection(),
        &connectivity::ThisSection(), &encryption::ThisSection(), &scheduling::ThisSection(),
        &restore::ThisSection(), &jobs::ThisSection()};
    return sections;
}

const std::vector<const RootCause*>& AllRootCauses()
{
    static const std::vector<const RootCause*> all = [] {
        std::vector<const RootCause*> list;
        for (const Section* section : AllSections())
        {
            list.insert(list.end(), section->rootCauses.begin(), section->rootCauses.end());
        }
        return list;
    }();
    return all;
}

const RootCause* FindRootCause(std::string_view id)
{
    const auto& all = AllRootCauses();
    const auto found = std::ranges::find(all, id, &RootCause::id);
    return found == all.end() ? nullptr : *found;
}

std::vector<const RootCause*> FindRootCauses(std::span<const std::string> ids)
{
    std::vector<const RootCause*> found;
    std::ranges::transform(ids, std::back_inserter(found), FindRootCause);
    std::erase(found, nullptr);
    return found;
}

const Section* FindSection(std::string_view id)
{
    const auto sections = AllSections();
    const auto found = std::ranges::find(sections, id, &Section::id);
    return found == sections.end() ? nullptr : *found;
}

std::vector<const RootCause*> ResolveSelector(std::string_view idOrCode)
{
    std::vector<const RootCause*> found;
    for (const RootCause* cause : AllRootCauses())
    {
        if (EqualsIgnoreCase(idOrCode, cause->id) || EqualsIgnoreCase(idOrCode, cause->code))
        {
            found.push_back(cause);
        }
    }
    for (const Section* section : AllSections())
    {
        for (const BorrowedRow& row : section->borrowed)
        {
            const RootCause* cause = row.code.empty() ? nullptr : FindRootCause(row.id);
            if (cause != nullptr && EqualsIgnoreCase(idOrCode, row.code))
            {
                found.push_back(cause);
            }
        }
    }
    return found;
}

} // namespace mars
