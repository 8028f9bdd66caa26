// SPDX-License-Identifier: MIT
#include "sid_text.h"

#include "handle.h"
#include "wide.h"

#include <sddl.h>

namespace mars
{

std::string SidText(PSID sid)
{
    wchar_t* text = nullptr;
    if (sid == nullptr || !IsValidSid(sid) || !ConvertSidToStringSidW(sid, &text))
    {
        return {};
    }
    return Narrow(UniqueLocal<wchar_t>(text).get());
}

} // namespace mars
