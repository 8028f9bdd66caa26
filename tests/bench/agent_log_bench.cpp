// SPDX-License-Identifier: MIT
#include "agent_log.h"
#include "log_errors.h"
#include "questions/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>

/// How long a log of 1 GB takes, beside ripgrep that searches the same file for the same patterns, and how
/// much memory: `mars_bench [MEGABYTES]`. Ends with 1 where the goal is missed.
namespace
{

using namespace mars;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kMegabyte = 1'000'000;
/// At most so many times as long as ripgrep.
constexpr double kGoal = 2;
constexpr int kRounds = 3;

const std::filesystem::path kFolder = MARS_BENCH_FOLDER;

/// Two dozen messages as the agent writes them, most of them of no error.
std::string MessageFor(std::mt19937& random, const std::vector<std::string>& patterns)
{
    static const std::vector<std::string> messages{"Backup of the data source is in progress",
        "Processing file records, batch {0}, {1} bytes", "CloudBackupProvider::GetBlockList took {0} ms",
        "Uploading block {0} of {1} to https://pod01bakprod{0}.blob.core.windows.net:443",
        "Sending heartbeat for task {1}", "FileProvider::ReadFile D:\\Shares\\Projects\\{0}\\report {1}.docx",
        "Checksum for extent {1} computed, {0} duplicates", "VSS writer state is stable [{0}]",
        "Snapshot set created in {0} ms, volume \\\\?\\Volume{{{1}}}",
        "Catalog entry {0} added at offset {1}"};
    // One line in two hundred is an error: a server that is in trouble.
    if (random() % 200 == 0)
    {
        return fmt::format(
            "Failed: Hr: = [{}] while the task was running", patterns[random() % patterns.size()]);
    }
    return fmt::format(fmt::runtime(messages[random() % messages.size()]), random() % 10'000, random());
}

/// The same bytes for the same size, on every computer.
std::filesystem::path MakeLog(std::uint64_t bytes, const std::vector<std::string>& patterns)
{
    const auto path = kFolder / fmt::format("agent_log_1_{}.errlog", bytes);
    std::error_code none;
    if (std::filesystem::file_size(path, none) >= bytes && !none)
    {
        return path;
    }
    std::mt19937 random; // the default seed
    std::ofstream file(path, std::ios::binary);
    std::uint64_t written = 0;
    for (std::uint64_t line = 0; written < bytes; ++line)
    {
        const std::uint64_t second = line / 50;
        const std::string text = fmt::format("{:04X}\t{:04X}\t{:02}/{:02}\t{:02}:{:02}:{:02}.{:03}\t71\t"
                                             "backupasync.cpp({})\t[{:016X}]\t{:08X}-{:04X}-45A8-9DAB-{:012X}"
                                             "\t\t{}\t{}\r\n",
            random() % 0x8000, random() % 0x8000, 1 + second / 86'400 / 28 % 12, 1 + second / 86'400 % 28,
            second / 3600 % 24, second / 60 % 60, second % 60, random() % 1000, random() % 3000, random(),
            random(), random() % 0x10000, random(), random() % 10 == 0 ? "WARNING" : "NORMAL",
            MessageFor(random, patterns));
        file << text;
        written += text.size();
    }
    return path;
}

/// A file, over and over up to this size.
AgentLogFile FileOf(const std::filesystem::path& path, std::uint64_t size)
{
    const auto stream = std::make_shared<std::ifstream>(path, std::ios::binary);
    const std::uint64_t own = std::filesystem::file_size(path);
    AgentLogFile file;
    file.written = *FromIso8601("2026-11-24T00:00:00Z");
    file.size = size;
    file.read = [stream, own](std::uint64_t offset, std::span<char> bytes) {
        stream->clear();
        stream->seekg(static_cast<std::streamoff>(offset % own));
        stream->read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return Answer<std::size_t>(static_cast<std::size_t>(stream->gcount()));
    };
    return file;
}

/// The most memory that this process had, in kilobytes; 0 where the system does not say.
std::uint64_t PeakMemory()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
    {
        if (line.starts_with("VmHWM:"))
        {
            return std::strtoull(line.c_str() + 6, nullptr, 10);
        }
    }
    return 0;
}

template <class Work>
double SecondsOf(Work work)
{
    const auto begin = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// The best of some rounds: what else the computer does only makes it slower.
template <class Work>
double BestOf(Work work)
{
    double best = SecondsOf(work);
    for (int round = 1; round < kRounds; ++round)
    {
        best = std::min(best, SecondsOf(work));
    }
    return best;
}

LogScan Scan(const AgentLogFile& file, const std::vector<std::string>& patterns, bool wholeWords)
{
    auto scan = ScanLogFiles({file}, {patterns, wholeWords}, Wait{});
    if (!scan || !scan->IsComplete())
    {
        throw std::runtime_error("the log was not read");
    }
    return std::move(*scan);
}

std::string Ripgrep(const std::filesystem::path& log, const std::vector<std::string>& patterns)
{
    const auto list = kFolder / "patterns.txt";
    std::ofstream file(list, std::ios::binary);
    std::ranges::copy(patterns, std::ostream_iterator<std::string>(file, "\n"));
    return fmt::format("rg --no-config --text --fixed-strings --count --file '{}' '{}' > '{}'", list.string(),
        log.string(), (kFolder / "ripgrep.txt").string());
}

void ShowMemory(const std::filesystem::path& log, const std::vector<std::string>& patterns)
{
    Scan(FileOf(log, 20 * kMegabyte), patterns, true);
    const std::uint64_t small = PeakMemory();
    Scan(FileOf(log, 2000 * kMegabyte), patterns, true);
    fmt::print("memory: {} kB at most after 20 MB, {} kB after 2 GB\n", small, PeakMemory());
}

int CompareWithRipgrep(const std::filesystem::path& log, const std::vector<std::string>& patterns)
{
    const std::uint64_t size = std::filesystem::file_size(log);
    const std::string command = Ripgrep(log, patterns);
    if (std::system("rg --version > /dev/null 2>&1") != 0)
    {
        fmt::print("ripgrep is not installed: nothing to compare with\n");
        return EXIT_FAILURE;
    }
    // Both find the file in memory.
    Scan(FileOf(log, size), patterns, true);
    int failed = 0;
    const double theirs = BestOf([&] { failed |= std::system(command.c_str()); });
    std::uint64_t found = 0;
    const double ours = BestOf([&] {
        const LogScan scan = Scan(FileOf(log, size), patterns, true);
        found = 0;
        for (const std::uint64_t total : scan.totals)
        {
            found += total;
        }
    });
    std::uint64_t lines = 0;
    std::ifstream(kFolder / "ripgrep.txt") >> lines;
    const double megabytes = static_cast<double>(size) / static_cast<double>(kMegabyte);
    fmt::print("log of {:.0f} MB, {} patterns\n", megabytes, patterns.size());
    fmt::print("this program: {:.2f} s, {:.0f} MB/s, {} whole words\n", ours, megabytes / ours, found);
    fmt::print("ripgrep:      {:.2f} s, {:.0f} MB/s, {} lines\n", theirs, megabytes / theirs, lines);
    fmt::print("ratio:        {:.2f} (goal: at most {:.0f})\n", ours / theirs, kGoal);
    return failed != 0 || ours / theirs > kGoal ? EXIT_FAILURE : EXIT_SUCCESS;
}

} // namespace

int main(int count, char** arguments)
{
    const std::uint64_t megabytes = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1000;
    const auto patterns = LogErrorPatterns();
    const auto log = MakeLog(std::max<std::uint64_t>(megabytes, 20) * kMegabyte, patterns);
    ShowMemory(log, patterns);
    return CompareWithRipgrep(log, patterns);
}
