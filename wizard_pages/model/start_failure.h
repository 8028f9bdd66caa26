// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace mars
{

/// What the code of a program that could not be started says to the person.
enum class StartFailure
{
    /// Nothing: the person refused Windows' request for permission, which is no error.
    kPersonSaidNo,
    /// The elevated logon session does not find it: a drive or a share that only the person's session has.
    kNotFound,
    kOther,
};

StartFailure WhyNotStarted(std::uint32_t error);

} // namespace mars
