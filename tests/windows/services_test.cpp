// SPDX-License-Identifier: MIT
#include "asking.h"
#include "file_time.h"
#include "handle.h"
#include "questions/services.h"
#include "stand_in_path.h"
#include "wide.h"

using namespace mars;
using namespace mars::test;

namespace
{

/// A service whose program is the stand-in, deleted afterwards.
class TestService
{
public:
    explicit TestService(const std::wstring& name, const wchar_t* needs = nullptr)
        : m_manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_ALL_ACCESS))
    {
        const std::wstring command = L"\"" + StandIn(L"agent_service.exe") + L"\" " + name + L" ok";
        m_service = UniqueService(CreateServiceW(m_manager.Get(), name.c_str(), (L"Test " + name).c_str(),
            SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, SERVICE_DEMAND_START, SERVICE_ERROR_NORMAL,
            command.c_str(), nullptr, nullptr, needs, nullptr, nullptr));
        REQUIRE(static_cast<bool>(m_service));
    }
    ~TestService()
    {
        SERVICE_STATUS status{};
        ControlService(m_service.Get(), SERVICE_CONTROL_STOP, &status);
        // Windows stops no service that another one still needs.
        for (int i = 0; i < 200 && QueryServiceStatus(m_service.Get(), &status)
             && status.dwCurrentState != SERVICE_STOPPED;
             ++i)
        {
            Sleep(50);
        }
        DeleteService(m_service.Get());
    }
    TestService(const TestService&) = delete;
    TestService& operator=(const TestService&) = delete;

    void Start()
    {
        REQUIRE(StartServiceW(m_service.Get(), 0, nullptr));
        SERVICE_STATUS status{};
        for (int i = 0; i < 200 && status.dwCurrentState != SERVICE_RUNNING; ++i)
        {
            Sleep(50);
            QueryServiceStatus(m_service.Get(), &status);
        }
        REQUIRE(status.dwCurrentState == SERVICE_RUNNING);
    }
    void SetStart(DWORD start)
    {
        REQUIRE(ChangeServiceConfigW(m_service.Get(), SERVICE_NO_CHANGE, start, SERVICE_NO_CHANGE, nullptr,
            nullptr, nullptr, nullptr, nullptr, nullptr, nullptr));
    }

private:
    UniqueService m_manager;
    UniqueService m_service;
};

} // namespace

TEST_CASE("windows services: a stopped one")
{
    const TestService service(L"mars-test-stopped");
    const ServiceStatus status = Value(QueryService{"mars-test-stopped"});
    CHECK(status.name == "mars-test-stopped");
    CHECK(status.displayName == "Test mars-test-stopped");
    CHECK(status.state == ServiceState::kStopped);
    CHECK(status.startType == StartType::kManual);
    CHECK(status.processId == 0);
    CHECK_FALSE(status.processStarted);
    CHECK(status.runningDependents.empty());
}

TEST_CASE("windows services: a running one, with its process")
{
    TestService service(L"mars-test-running");
    service.Start();
    const ServiceStatus status = Value(QueryService{"mars-test-running"});
    CHECK(status.state == ServiceState::kRunning);
    CHECK(status.processId != 0);
    REQUIRE(status.processStarted);
    CHECK(*status.processStarted <= Now());
    CHECK(*status.processStarted >= Now() - std::chrono::minutes(5));
}

TEST_CASE("windows services: start types")
{
    TestService service(L"mars-test-start");
    service.SetStart(SERVICE_DISABLED);
    CHECK(Value(QueryService{"mars-test-start"}).startType == StartType::kDisabled);
    service.SetStart(SERVICE_AUTO_START);
    CHECK(Value(QueryService{"mars-test-start"}).startType == StartType::kAutomatic);
}

TEST_CASE("windows services: running dependents are named, those of dependents too, stopped ones not")
{
    TestService base(L"mars-test-base");
    TestService middle(L"mars-test-middle", L"mars-test-base\0");
    TestService top(L"mars-test-top", L"mars-test-middle\0");
    const TestService idle(L"mars-test-idle", L"mars-test-base\0");
    base.Start();
    CHECK(Value(QueryService{"mars-test-base"}).runningDependents.empty());
    middle.Start();
    top.Start();
    const std::vector<std::string> expected{"mars-test-middle", "mars-test-top"};
    CHECK(Value(QueryService{"MARS-test-base"}).runningDependents == expected);
}

TEST_CASE("windows services: none of that name is absent")
{
    CheckAbsent(QueryService{"no such service"});
}
