// SPDX-License-Identifier: MIT

/// Runs a fuzz target without libFuzzer: every file of the corpus, and of each a few hundred spoiled copies
/// that are the same on every run. Without a corpus, the spoiled copies of nothing.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace
{

using Input = std::vector<std::uint8_t>;

/// Less where a copy takes long: MARS_REPLAY_COPIES.
#ifdef MARS_REPLAY_COPIES
constexpr int kCopies = MARS_REPLAY_COPIES;
#else
constexpr int kCopies = 300;
#endif

void Run(const Input& input)
{
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

void RunSpoiled(const Input& input, std::mt19937& random)
{
    Run(input);
    for (int i = 0; i < kCopies; ++i)
    {
        Input copy = input;
        copy.resize(random() % (input.size() + 2));
        for (unsigned changes = random() % 8; changes > 0 && !copy.empty(); --changes)
        {
            copy[random() % copy.size()] = static_cast<std::uint8_t>(random());
        }
        Run(copy);
    }
}

} // namespace

int main(int argc, char** argv)
{
    std::mt19937 random; // the default seed: a failure can be had again
    RunSpoiled({}, random);
    int files = 0;
    for (int i = 1; i < argc; ++i)
    {
        if (!std::filesystem::is_directory(argv[i]))
        {
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i]))
        {
            if (entry.is_regular_file())
            {
                std::ifstream stream(entry.path(), std::ios::binary);
                RunSpoiled(Input(std::istreambuf_iterator<char>(stream), {}), random);
                ++files;
            }
        }
    }
    std::printf("%d files of the corpus, %d spoiled copies of each\n", files, kCopies);
}
