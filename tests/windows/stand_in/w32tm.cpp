// SPDX-License-Identifier: MIT

/// `w32tm /resync`, which Wine does not have. Document: "Windows Time service tools and settings". A test
/// must not set this computer's clock, so it is the far end that is wrong: tests/demo/proxy.py tells a time
/// that is as many seconds behind as C:\stand-in\clock.txt says, which to the server is the same as a clock
/// that is ahead; and this program, where the service runs, makes it none.

#include "service_state.h"

#include <cstdio>
#include <string_view>

namespace
{

int Fail(DWORD error)
{
    const auto result = static_cast<int>(HRESULT_FROM_WIN32(error));
    std::printf("The following error occurred: (0x%08X)\n", static_cast<unsigned>(result));
    return result;
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 2 || std::string_view(arguments[1]) != "/resync")
        return Fail(ERROR_INVALID_PARAMETER);
    if (!stand_in::IsRunning(L"W32Time"))
        return Fail(ERROR_SERVICE_NOT_ACTIVE);
    std::FILE* const clock = std::fopen("C:\\stand-in\\clock.txt", "w");
    if (clock == nullptr)
        return Fail(ERROR_ACCESS_DENIED);
    std::fputs("0\n", clock);
    std::fclose(clock);
    std::puts("Sending resync command to local computer\nThe command completed successfully.");
    return 0;
}
