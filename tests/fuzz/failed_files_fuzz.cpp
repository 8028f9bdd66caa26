// SPDX-License-Identifier: MIT
#include "failed_files.h"
#include "questions/failed_files.h"

#include <cstdlib>

/// Any bytes are read without harm, within the bounds, and never with more paths than files.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const mars::FailedFiles list = mars::ParseFailedFiles({reinterpret_cast<const char*>(data), size});
    if (list.groups.size() > 50)
    {
        std::abort();
    }
    for (const mars::FailedFileGroup& group : list.groups)
    {
        for (const std::string& path : group.examples)
        {
            if (path.size() > 400 || group.examples.size() > group.files)
            {
                std::abort();
            }
        }
    }
    return 0;
}
