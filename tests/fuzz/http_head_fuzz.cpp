// SPDX-License-Identifier: MIT
#include "http_head.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t end = mars::EndOfHttpHead(text);
    const auto head = mars::ParseHttpHead(text.substr(0, end));
    if (head && (head->status < 100 || head->status > 999))
    {
        std::abort();
    }
    return 0;
}
