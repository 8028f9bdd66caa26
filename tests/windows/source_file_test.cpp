// SPDX-License-Identifier: MIT
#include "source_file.h"

#include "asking.h"
#include "own_drives.h"
#include "path_look.h"
#include "questions/credentials.h"
#include "unix_shell.h"
#include "whole_file.h"
#include "wide.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

using namespace mars;
using namespace mars::test;

namespace
{

/// A pipe whose server tries to be the one who connects.
class HostilePipe
{
public:
    explicit HostilePipe(const wchar_t* name)
        : m_name(std::wstring(L"\\\\.\\pipe\\") + name),
          m_pipe(CreateNamedPipeW(
              m_name.c_str(), PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE | PIPE_WAIT, 1, 4096, 4096, 0, nullptr))
    {
        REQUIRE(static_cast<bool>(m_pipe));
    }
    std::string Path() const
    {
        return Narrow(m_name);
    }

private:
    std::wstring m_name;
    UniqueHandle m_pipe;
};

/// Answers even where an answer never comes: a read of a pipe waits for ever. Nothing: it hangs.
template <class Work>
auto InTime(Work work) -> std::optional<decltype(work())>
{
    struct Shared
    {
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<decltype(work())> result;
    };
    const auto shared = std::make_shared<Shared>();
    std::thread([shared, work] {
        auto result = work();
        const std::lock_guard lock(shared->mutex);
        shared->result = std::move(result);
        shared->changed.notify_all();
    }).detach();
    std::unique_lock lock(shared->mutex);
    shared->changed.wait_for(lock, std::chrono::seconds(20), [&] { return shared->result.has_value(); });
    return std::move(shared->result);
}

} // namespace

TEST_CASE("windows source_file: a pipe is no file, and nobody waits for what it says")
{
    const HostilePipe pipe(L"mars-test-read");
    const auto whole = InTime([path = pipe.Path()] { return ReadWholeFile(path, 1'000); });
    REQUIRE(whole);
    REQUIRE(whole->HasFailed());
    CHECK(whole->Error().code == ERROR_INVALID_NAME);
}

TEST_CASE("windows source_file: a pipe is no credentials file")
{
    const HostilePipe pipe(L"mars-test-credentials");
    const auto credentials = InTime([path = pipe.Path()] { return Ask(ReadVaultCredentials{path}); });
    REQUIRE(credentials);
    REQUIRE(credentials->HasFailed());
    CHECK(credentials->Error().code == ERROR_INVALID_NAME);
}

TEST_CASE("windows source_file: a report is not written into a pipe")
{
    const HostilePipe pipe(L"mars-test-write");
    CHECK_FALSE(WriteWholeFile(pipe.Path(), "a report").Ok());
}

TEST_CASE("windows source_file: a credentials file that is a link is not followed")
{
    const ScratchFolder folder;
    Shell(folder.Path(), "mkdir target; echo x > target/a.VaultCredentials; ln -s target link");
    const std::string path = Narrow(folder.Path());
    // Wine shows links to folders only.
    CHECK(IsLink(path + "\\link"));
    CHECK_FALSE(IsLink(path + "\\target"));
    CHECK_FALSE(IsLink(path + "\\target\\a.VaultCredentials"));
    CHECK_FALSE(IsLink(path + "\\nothing"));
    CheckFailed(ReadVaultCredentials{path + "\\link"}, code::kLeadsElsewhere);
    CHECK(Value(ReadVaultCredentials{path + "\\target\\a.VaultCredentials"}).fault
        == CredentialsFault::kNotXml);
}

TEST_CASE("windows source_file: paths on this computer's own drives, and others")
{
    const ScratchFolder folder;
    Shell(folder.Path(), "mkdir -p target/in; ln -s target link");
    const std::string path = Narrow(folder.Path());
    CHECK(StaysOnOwnDrives(path + "\\target\\in"));
    CHECK(StaysOnOwnDrives(path + "\\not\\there"));
    CHECK_FALSE(StaysOnOwnDrives(path + "\\link"));
    CHECK_FALSE(StaysOnOwnDrives(path + "\\link\\in"));
    CHECK_FALSE(StaysOnOwnDrives("\\\\server.example\\share\\x"));
    CHECK_FALSE(StaysOnOwnDrives("\\\\.\\pipe\\x"));
    CHECK_FALSE(StaysOnOwnDrives("Q:\\x"));
}
