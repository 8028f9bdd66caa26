// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// A file that is part of the program. Both views live as long as the program.
struct EmbeddedFile
{
    std::string_view name;
    std::string_view bytes;
};

/// The files of one zlib stream, one behind the other. They are taken out when it is made.
class PackedFiles
{
public:
    struct Entry
    {
        std::string_view name;
        std::size_t size;
    };

    /// Throws std::logic_error where `packed` is not what the build made of the entries.
    PackedFiles(std::string_view packed, std::span<const Entry> entries);
    PackedFiles(const PackedFiles&) = delete;
    PackedFiles& operator=(const PackedFiles&) = delete;

    std::span<const EmbeddedFile> Files() const
    {
        return m_files;
    }

private:
    std::string m_bytes;
    std::vector<EmbeddedFile> m_files;
};

} // namespace mars
