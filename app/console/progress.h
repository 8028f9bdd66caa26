// SPDX-License-Identifier: MIT
#pragma once

#include "commands.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace mars
{

/// One line on stderr that says what is being done, if somebody watches; gone when the work is.
class Progress
{
public:
    explicit Progress(const Console& console) : m_console(console), m_shown(console.host.ShowsProgress()) {}
    ~Progress()
    {
        Replace({});
    }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void Show(std::size_t done, std::size_t total, std::string_view what);

private:
    void Replace(std::string_view line);

    const Console& m_console;
    bool m_shown;
    std::size_t m_width = 0;
};

} // namespace mars
