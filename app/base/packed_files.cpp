// SPDX-License-Identifier: MIT
#include "packed_files.h"

#include <zlib.h>

#include <stdexcept>

namespace mars
{

PackedFiles::PackedFiles(std::string_view packed, std::span<const Entry> entries)
{
    std::size_t size = 0;
    for (const Entry& entry : entries)
    {
        size += entry.size;
    }
    m_bytes.resize(size);
    auto unpacked = static_cast<uLongf>(size);
    const int result = uncompress(reinterpret_cast<Bytef*>(m_bytes.data()), &unpacked,
        reinterpret_cast<const Bytef*>(packed.data()), static_cast<uLong>(packed.size()));
    if (result != Z_OK || unpacked != size)
    {
        throw std::logic_error("a file that is part of the program is damaged");
    }
    std::size_t at = 0;
    for (const Entry& entry : entries)
    {
        m_files.push_back({entry.name, std::string_view(m_bytes).substr(at, entry.size)});
        at += entry.size;
    }
}

} // namespace mars
