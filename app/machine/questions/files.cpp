// SPDX-License-Identifier: MIT
#include "questions/files.h"

#include "exchange_of.h"
#include "number.h"

#include <fmt/format.h>

#include <array>

namespace mars
{

std::string FileVersion::ToString() const
{
    return fmt::format("{}.{}.{}.{}", major, minor, build, revision);
}

std::optional<FileVersion> FileVersion::Parse(std::string_view text)
{
    const std::vector<std::string> parts = Split(text, '.');
    if (parts.size() != 4)
    {
        return std::nullopt;
    }
    std::array<std::uint32_t, 4> numbers{};
    for (std::size_t i = 0; i < 4; ++i)
    {
        const auto number = ParseNumber<std::uint32_t>(parts[i]);
        if (!number)
        {
            return std::nullopt;
        }
        numbers[i] = *number;
    }
    return FileVersion{numbers[0], numbers[1], numbers[2], numbers[3]};
}

template class ExchangeOf<FindFolder>;
template class ExchangeOf<ReadFileInfo>;
template class ExchangeOf<ListFiles>;
template class ExchangeOf<ReadFileVersion>;
template class ExchangeOf<CountTempFiles>;
template class ExchangeOf<HashFile>;
template class ExchangeOf<SurveyFolder>;
template class ExchangeOf<ReadFolderAccess>;

} // namespace mars
