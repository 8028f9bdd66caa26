// SPDX-License-Identifier: MIT
//
// overflow TEXT: copies the text into 16 bytes of its stack, as a program with a mistake does.

#include <cstring>

namespace
{

[[gnu::noinline]] void Copy(const char* text)
{
    char bytes[16];
    std::strcpy(bytes, text);
    __asm__ volatile("" : : "r"(bytes) : "memory");
}

} // namespace

int main(int, char** arguments)
{
    Copy(arguments[1]);
    return 0;
}
