// SPDX-License-Identifier: MIT

/// Opens the given files without sharing, prints "locked", and holds them until its standard input ends.

#include <windows.h>

#include <cstdio>

int main(int count, char** arguments)
{
    for (int index = 1; index < count; ++index)
    {
        const HANDLE file =
            CreateFileA(arguments[index], GENERIC_READ, 0, nullptr, OPEN_EXISTING, 0, nullptr);
        if (file == INVALID_HANDLE_VALUE)
        {
            std::fprintf(stderr, "lock_file: %s: error %lu\n", arguments[index], GetLastError());
            return 1;
        }
    }
    std::puts("locked");
    std::fflush(stdout);
    while (std::getchar() != EOF)
    {}
    return 0;
}
