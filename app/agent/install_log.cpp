// SPDX-License-Identifier: MIT
#include "install_log.h"

#include "questions/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars
{
namespace
{

constexpr std::array<std::uint32_t, 9> kErrors{1603, 1612, 1618, 1619, 1620, 1624, 1625, 1632, 1633};
/// Done; done, and a restart is under way or needed.
constexpr std::array<std::uint32_t, 3> kSuccesses{0, 1641, 3010};

std::string PatternOf(std::uint32_t result)
{
    return fmt::format("MainEngineThread is returning {}", result);
}

} // namespace

std::vector<std::uint32_t> InstallErrors()
{
    return {kErrors.begin(), kErrors.end()};
}

std::vector<std::string> InstallEndPatterns()
{
    std::vector<std::string> patterns;
    std::ranges::transform(kErrors, std::back_inserter(patterns), PatternOf);
    std::ranges::transform(kSuccesses, std::back_inserter(patterns), PatternOf);
    return patterns;
}

std::optional<InstallEnd> FindNewestInstallEnd(const LogScan& scan)
{
    // The lines of one log have one time; their order tells which is the newest.
    for (const LogMatch& match : scan.matches)
    {
        for (const std::uint32_t error : kErrors)
        {
            if (match.pattern == PatternOf(error))
            {
                return InstallEnd{match.time, error};
            }
        }
        for (const std::uint32_t success : kSuccesses)
        {
            if (match.pattern == PatternOf(success))
            {
                return InstallEnd{match.time, 0};
            }
        }
    }
    return std::nullopt;
}

} // namespace mars
