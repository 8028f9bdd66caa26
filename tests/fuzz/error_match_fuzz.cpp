// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "error_match.h"
#include "text.h"

#include <cstdlib>

/// Whatever somebody pastes: sound matches, best first.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    double last = 1;
    for (const mars::ErrorMatch& match :
        mars::MatchErrors(text, mars::AllRootCauses(), mars::BuiltInKnowledge(), mars::Language::kSpanish))
    {
        const bool sound = match.score >= 0.5 && match.score <= last && !match.title.empty()
            && mars::FindSection(match.section) != nullptr;
        if (!sound)
        {
            std::abort();
        }
        last = match.score;
    }
    return 0;
}
