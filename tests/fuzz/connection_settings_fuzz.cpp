// SPDX-License-Identifier: MIT
#include "connection_settings.h"
#include "connection_text.h"
#include "questions/registry.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const mars::Bytes bytes(data, data + size);
    const auto settings = mars::ParseConnectionSettings(bytes);
    const auto described =
        mars::DescribeConnection("DefaultConnectionSettings", mars::RegistryValue{mars::kRegBinary, bytes});
    if (settings.has_value() != described.has_value() || (described && ConnectionLine(*described).empty()))
    {
        std::abort();
    }
    return 0;
}
