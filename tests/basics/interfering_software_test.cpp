// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.interfering_software");
}

RecordedMachine With(const FilterDriver& driver)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ListFilterDrivers{}, [&](FilterDriverList& list) { list.drivers.push_back(driver); });
    return machine;
}

FilterDriver Widget(const char* group, const char* altitude)
{
    return {"widgetflt", group, altitude, true, "Widget Corp.", "WidgetShield"};
}

std::vector<std::string> Found(const FilterDriver& driver)
{
    const Outcome outcome = Detect(Cause(), With(driver));
    CheckProblem(outcome, Level::kWarning);
    return outcome.IsProblem() ? std::get<std::vector<std::string>>(outcome.facts.at("found"))
                               : std::vector<std::string>();
}

} // namespace

TEST_CASE("interfering_software: the filters of Windows pass")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
}

TEST_CASE("interfering_software: another antivirus or backup filter is named")
{
    CHECK(Found(Widget("FSFilter Anti-Virus", "321234"))
        == std::vector<std::string>{"Widget Corp. WidgetShield (widgetflt, antivirus)"});
    CHECK(Found(Widget("FSFilter Continuous Backup", "281000"))
        == std::vector<std::string>{"Widget Corp. WidgetShield (widgetflt, backup)"});
    CHECK(Found(Widget("FSFilter Open File", "100100"))
        == std::vector<std::string>{"Widget Corp. WidgetShield (widgetflt, backup)"});
    FilterDriver nameless = Widget("FSFilter Anti-Virus", "");
    nameless.company.clear();
    nameless.product.clear();
    CHECK(Found(nameless) == std::vector<std::string>{"widgetflt (antivirus)"});
}

TEST_CASE("interfering_software: the altitude counts where the group says something else")
{
    CHECK(Found(Widget("FSFilter Activity Monitor", "320000")).size() == 1);
    CHECK(Found(Widget("", "329999")).size() == 1);
    CHECK(Found(Widget("", "328010.5")).size() == 1);
    CheckPassed(Detect(Cause(), With(Widget("FSFilter Activity Monitor", "319999"))));
    CheckPassed(Detect(Cause(), With(Widget("", "330000"))));
    CheckPassed(Detect(Cause(), With(Widget("FSFilter Encryption", "not a number"))));
}

TEST_CASE("interfering_software: a driver that does not run does no harm")
{
    FilterDriver driver = Widget("FSFilter Anti-Virus", "321234");
    driver.running = false;
    CheckPassed(Detect(Cause(), With(driver)));
}

TEST_CASE("interfering_software: Microsoft's own are judged elsewhere")
{
    FilterDriver driver = Widget("FSFilter Anti-Virus", "328000");
    driver.company = "Microsoft Corporation";
    CheckPassed(Detect(Cause(), With(driver)));
    driver.company.clear();
    driver.service = "mpfilter";
    CheckPassed(Detect(Cause(), With(driver)));
}

TEST_CASE("interfering_software: is judged without an agent too, then with the folders of a usual one")
{
    const std::string bin = std::string(kInstallPath) + "bin";
    const Fact exclusions = std::vector<std::string>{kScratch, bin, bin + "\\cbengine.exe"};
    RecordedMachine machine = With(Widget("FSFilter Anti-Virus", "321234"));
    CHECK(Detect(Cause(), machine).facts.at("exclusions") == exclusions);
    machine.Set(ReadFileInfo{bin + "\\cbengine.exe"}, Absent{});
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kWarning);
    CHECK(outcome.facts.at("exclusions") == exclusions);
}

TEST_CASE("interfering_software: a list that cannot be read is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFilterDrivers{}, Failure{code::kAccessDenied, "OpenSCManager"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
