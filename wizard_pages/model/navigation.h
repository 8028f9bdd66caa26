// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace mars
{

/// Which page is shown. Back goes to the page seen last, as in every wizard, also after a jump in the list.
class Navigation
{
public:
    explicit Navigation(std::size_t pages) : m_pages(pages) {}

    std::size_t Current() const
    {
        return m_current;
    }
    bool CanGoBack() const
    {
        return !m_seen.empty();
    }
    bool CanGoNext() const
    {
        return m_current + 1 < m_pages;
    }

    void GoTo(std::size_t page)
    {
        if (page < m_pages && page != m_current)
        {
            m_seen.push_back(m_current);
            m_current = page;
        }
    }
    /// A new page at this place; the page that is shown stays the same one.
    void InsertPage(std::size_t page)
    {
        const auto moveOn = [page](std::size_t& other) { other += other >= page ? 1 : 0; };
        moveOn(m_current);
        std::ranges::for_each(m_seen, moveOn);
        ++m_pages;
    }
    void GoNext()
    {
        GoTo(m_current + 1);
    }
    void GoBack()
    {
        if (CanGoBack())
        {
            m_current = m_seen.back();
            m_seen.pop_back();
        }
    }

private:
    std::size_t m_pages;
    std::size_t m_current = 0;
    std::vector<std::size_t> m_seen;
};

} // namespace mars
