// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "task_xml.h"
#include "text.h"

#include <doctest/doctest.h>

#include <string>

namespace mars::test
{
namespace
{

constexpr const char* kTask =
    R"(<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <!-- made by hand -->
  <RegistrationInfo><Author>R&amp;D\a &lt;b&gt; &#xF1;</Author></RegistrationInfo>
  <Triggers>
    <CalendarTrigger id="a">
      <StartBoundary>2025-01-10T21:00:00</StartBoundary>
      <Enabled>false</Enabled>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
    <BootTrigger>
      <EndBoundary>2025-06-30T00:00:00</EndBoundary>
      <Delay>PT5M</Delay>
    </BootTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>CONTOSO\svc&amp;backup</UserId>
      <LogonType>Password</LogonType>
      <RunLevel>HighestAvailable</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>Parallel</MultipleInstancesPolicy>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>powershell.exe</Command>
      <Arguments>-command "a &gt; b"</Arguments>
    </Exec>
  </Actions>
</Task>)";

std::string Replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

TaskDefinition Read(const std::string& xml)
{
    const auto definition = ReadTaskDefinition(xml);
    REQUIRE(definition);
    return *definition;
}

TaskPrincipal PrincipalOf(const std::string& members)
{
    return Read("<Task><Principals><Principal id=\"Author\">" + members + "</Principal></Principals></Task>")
        .principal;
}

std::string Nested(int depth)
{
    std::string open;
    std::string close;
    for (int i = 0; i < depth; ++i)
    {
        open += "<a>";
        close += "</a>";
    }
    return "<Task><Triggers>" + open + close + "</Triggers></Task>";
}

void CheckInvalid(const auto& answer)
{
    REQUIRE(answer.HasFailed());
    CHECK(answer.Error().code == code::kInvalidData);
}

Timestamp At(const char* text)
{
    return *FromIso8601(text);
}

} // namespace

TEST_CASE("task_xml: a task is read with its triggers, account, action and overlap")
{
    const TaskDefinition task = Read(kTask);
    REQUIRE(task.triggers.size() == 2);
    CHECK(task.triggers[0].kind == "CalendarTrigger");
    CHECK_FALSE(task.triggers[0].enabled);
    CHECK(task.triggers[0].endBoundary.empty());
    CHECK(task.triggers[1].kind == "BootTrigger");
    CHECK(task.triggers[1].enabled);
    CHECK(task.triggers[1].endBoundary == "2025-06-30T00:00:00");
    CHECK(task.principal.account == "CONTOSO\\svc&backup");
    CHECK(task.principal.keepsPassword);
    CHECK(task.overlap == "Parallel");
    REQUIRE(task.actions.size() == 1);
    CHECK(task.actions[0].command == "powershell.exe");
    CHECK(task.actions[0].arguments == "-command \"a > b\"");
}

TEST_CASE("task_xml: what is not written has its default")
{
    const TaskDefinition task = Read("<Task/>");
    CHECK(task.triggers.empty());
    CHECK(task.principal.account.empty());
    CHECK(task.overlap == "IgnoreNew");
    CHECK(Overlap("<Task/>").IsAbsent());
    CHECK(PrincipalsElement("<Task/>").IsAbsent());
    CHECK(Read("<Task><Triggers><TimeTrigger/></Triggers></Task>").triggers[0].enabled);
    CHECK_FALSE(Read("<Task><Triggers><TimeTrigger><Enabled> 0 </Enabled></TimeTrigger></Triggers></Task>")
                    .triggers[0]
                    .enabled);
}

TEST_CASE("task_xml: accounts are told apart by SID")
{
    CHECK(PrincipalOf("<UserId>S-1-5-18</UserId>").isSystem);
    CHECK(PrincipalOf("<UserId> nt authority\\system </UserId>").isSystem);
    CHECK_FALSE(PrincipalOf("<UserId>S-1-5-180</UserId>").isSystem);
    CHECK_FALSE(PrincipalOf("<UserId>CONTOSO\\SYSTEM</UserId>").isSystem);
    CHECK(PrincipalOf("<GroupId>S-1-5-32-544</GroupId>").isAdministrators);
    CHECK_FALSE(PrincipalOf("<GroupId>S-1-5-32-545</GroupId>").isAdministrators);
    CHECK_FALSE(PrincipalOf("<UserId>S-1-5-32-544</UserId>").isAdministrators);
}

TEST_CASE("task_xml: only some kinds of logon keep a password")
{
    const std::string user = "<UserId>S-1-5-21-1-2-3-1001</UserId>";
    CHECK(PrincipalOf(user + "<LogonType>Password</LogonType>").keepsPassword);
    CHECK(PrincipalOf(user + "<LogonType>InteractiveTokenOrPassword</LogonType>").keepsPassword);
    CHECK_FALSE(PrincipalOf(user + "<LogonType>S4U</LogonType>").keepsPassword);
    CHECK_FALSE(PrincipalOf(user).keepsPassword);
    CHECK_FALSE(PrincipalOf("<UserId>S-1-5-18</UserId><LogonType>Password</LogonType>").keepsPassword);
}

TEST_CASE("task_xml: the principal of the actions counts")
{
    const char* xml =
        "<Task><Principals><Principal id=\"a\"><UserId>first</UserId></Principal><Principal id=\"b\">"
        "<UserId>second</UserId></Principal></Principals><Actions Context=\"b\"/></Task>";
    CHECK(Read(xml).principal.account == "second");
}

TEST_CASE("task_xml: an end is judged in its own time zone, else in the server's")
{
    const ClockReading clock{At("2026-03-10T12:00:00Z"), 60, {}};
    const auto ended = [&](const char* boundary) {
        return HasEnded({"TimeTrigger", true, boundary, "", 0, 0, ""}, clock);
    };
    CHECK_FALSE(ended(""));
    CHECK(ended("2026-03-10T13:00:00"));
    CHECK_FALSE(ended("2026-03-10T13:00:01"));
    CHECK(ended("2026-03-10T12:00:00Z"));
    CHECK_FALSE(ended("2026-03-10T12:00:01Z"));
    CHECK(ended("2026-03-10T14:30:00+02:30"));
    CHECK_FALSE(ended("2026-03-10T14:30:01+02:30"));
    CHECK(ended("2026-03-10T07:00:00-05:00"));
    CHECK(ended("2026-03-10T13:00:00.1234567"));
    CHECK_FALSE(ended("2026-03-10T12:00:00.5Zx"));
    CHECK_FALSE(ended("yesterday"));
    CHECK_FALSE(ended("2026-03-10"));
}

TEST_CASE("task_xml: a fingerprint ignores the switch and the layout, and nothing else")
{
    const std::string print = Read(kTask).triggers[0].fingerprint;
    const auto of = [](const std::string& xml) { return Read(xml).triggers[0].fingerprint; };
    CHECK(of(Replaced(kTask, "<Enabled>false</Enabled>", "<Enabled>true</Enabled>")) == print);
    CHECK(of(Replaced(kTask, "      <Enabled>false</Enabled>\n", "")) == print);
    CHECK(of(Replaced(kTask, "      <StartBoundary>", "<!-- x -->\r\n\t<StartBoundary>")) == print);
    CHECK(of(Replaced(kTask, "21:00:00", "21:00:01")) != print);
    CHECK(of(Replaced(kTask, "id=\"a\"", "id=\"b\"")) != print);
    CHECK(of(Replaced(kTask, "<DaysInterval>1", "<DaysInterval>2")) != print);
}

TEST_CASE("task_xml: a fingerprint outlives what the scheduler does when it prints a trigger anew")
{
    const auto of = [](const std::string& members) {
        const std::string trigger = "<CalendarTrigger id=\"a\" x=\"b\">" + members + "</CalendarTrigger>";
        return Read("<Task><Triggers>" + trigger + "</Triggers></Task>").triggers[0].fingerprint;
    };
    const std::string day = "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>";
    const std::string start = "<StartBoundary>2025-01-10T21:00:00</StartBoundary>";
    const std::string print = of(start + day);
    CHECK(of(day + start) == print);
    CHECK(of("<StartBoundary>2025-01-10T21:00:00.1234567</StartBoundary>" + day) == print);
    CHECK(of("<Repetition><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>" + start + day) == print);
    CHECK(of(start + "<ScheduleByDay/>") == print);
    CHECK(of(start + "<RandomDelay>PT0S</RandomDelay>" + day) == print);
    CHECK(Read("<Task><Triggers><CalendarTrigger x=\"b\" id=\"a\">" + start + day
              + "</CalendarTrigger></Triggers></Task>")
              .triggers[0]
              .fingerprint
        == print);
    const auto every = [&](const char* interval, const char* stop) {
        return of("<Repetition><Interval>" + std::string(interval) + "</Interval><StopAtDurationEnd>" + stop
            + "</StopAtDurationEnd></Repetition>" + start + day);
    };
    CHECK(every("PT1H", "true") == every("PT60M", "1"));
    CHECK(every("P1D", "false") == every("PT24H", "0"));
    CHECK(every("PT1H", "true") != every("PT1H", "false"));
    CHECK(every("PT1H", "true") != every("PT1M", "true"));
    CHECK(every("P1M", "true") != every("PT1M", "true"));
    CHECK(every("PT1H", "true") != print);
    CHECK(of("<StartBoundary>2025-01-10T21:00:00Z</StartBoundary>" + day)
        == of("<StartBoundary>2025-01-10T21:00:00+00:00</StartBoundary>" + day));
    CHECK(of("<StartBoundary>2025-01-10T21:00:00Z</StartBoundary>" + day) != print);
    CHECK(of(start + "<ScheduleByDay><DaysInterval>2</DaysInterval></ScheduleByDay>") != print);
}

TEST_CASE("task_xml: the fingerprint that a journal of 0.1.0 holds is still the trigger's")
{
    CHECK(TriggerEnabled(kTask, 1, "e3bcb729f2e749c1") == Answer<bool>(false));
    CHECK(TriggerEnabled(Replaced(kTask, "21:00:00", "22:00:00"), 1, "e3bcb729f2e749c1").IsAbsent());
}

TEST_CASE("task_xml: switching a trigger changes that one word")
{
    const TaskDefinition task = Read(kTask);
    const auto edited = SwitchTrigger(kTask, 1, task.triggers[0].fingerprint, true);
    REQUIRE(edited);
    CHECK(*edited == Replaced(kTask, "<Enabled>false</Enabled>", "<Enabled>true</Enabled>"));
    CHECK(TriggerEnabled(*edited, 1, task.triggers[0].fingerprint) == Answer<bool>(true));
    const auto back = SwitchTrigger(*edited, 1, task.triggers[0].fingerprint, false);
    REQUIRE(back);
    CHECK(*back == kTask);
}

TEST_CASE("task_xml: a trigger without the element gets one in its place")
{
    const TaskDefinition task = Read(kTask);
    const auto edited = SwitchTrigger(kTask, 2, task.triggers[1].fingerprint, false);
    REQUIRE(edited);
    CHECK(*edited == Replaced(kTask, "</EndBoundary>", "</EndBoundary><Enabled>false</Enabled>"));
    const auto nothing = SwitchTrigger(kTask, 2, task.triggers[1].fingerprint, true);
    REQUIRE(nothing);
    CHECK(*nothing == kTask);
    const auto empty = SwitchTrigger("<Task><Triggers><BootTrigger/></Triggers></Task>", 1,
        Read("<Task><Triggers><BootTrigger/></Triggers></Task>").triggers[0].fingerprint, false);
    REQUIRE(empty);
    CHECK(*empty == "<Task><Triggers><BootTrigger><Enabled>false</Enabled></BootTrigger></Triggers></Task>");
}

TEST_CASE("task_xml: another trigger in the place is changed since")
{
    const std::string print = Read(kTask).triggers[0].fingerprint;
    for (const std::uint32_t place : {0U, 2U, 3U, 4294967295U})
    {
        const auto edited = SwitchTrigger(kTask, place, print, true);
        REQUIRE(edited.HasFailed());
        CHECK(edited.Error().code == code::kChangedSince);
        CHECK(TriggerEnabled(kTask, place, print).IsAbsent());
    }
    CHECK(TriggerEnabled(Replaced(kTask, "21:00:00", "22:00:00"), 1, print).IsAbsent());
    CHECK(TriggerEnabled(kTask, 1, print) == Answer<bool>(false));
}

TEST_CASE("task_xml: the SYSTEM account takes the place of the present one")
{
    const auto after = PrincipalsForSystem(kTask);
    REQUIRE(after);
    CHECK(*after
        == "<Principals><Principal "
           "id=\"Author\"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel>"
           "</Principal></Principals>");
    const auto edited = ReplacePrincipals(kTask, *after);
    REQUIRE(edited);
    const std::string whole = kTask;
    const std::size_t from = whole.find("<Principals>");
    const std::size_t to = whole.find("</Principals>") + std::string("</Principals>").size();
    CHECK(*edited == whole.substr(0, from) + *after + whole.substr(to));
    CHECK(Read(*edited).principal.isSystem);
    CHECK(PrincipalsElement(*edited) == Answer<std::string>(*after));
}

TEST_CASE("task_xml: a task without an account gets one")
{
    const auto after = PrincipalsForSystem("<Task><Actions Context=\"LocalSystem\"/></Task>");
    REQUIRE(after);
    CHECK(*after
        == "<Principals><Principal id=\"LocalSystem\"><UserId>S-1-5-18</UserId></Principal></Principals>");
    const auto edited = ReplacePrincipals("<Task><Actions Context=\"LocalSystem\"/></Task>", *after);
    REQUIRE(edited);
    CHECK(Read(*edited).principal.isSystem);
}

TEST_CASE("task_xml: principals that mean the same have one form")
{
    const auto form = [](const std::string& members) {
        return *PrincipalsElement(
            "<Task><Principals>\n <Principal id=\"Author\">" + members + "</Principal></Principals></Task>");
    };
    const std::string plain = form("<UserId>S-1-5-18</UserId>");
    CHECK(form(" <RunLevel>LeastPrivilege</RunLevel>\n<UserId>S-1-5-18</UserId> ") == plain);
    CHECK(form("<UserId>NT AUTHORITY\\SYSTEM</UserId><LogonType>ServiceAccount</LogonType>") == plain);
    CHECK(form("<RunLevel>HighestAvailable</RunLevel><UserId>S-1-5-18</UserId>")
        == form("<UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel>"));
    CHECK(form("<UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel>") != plain);
    CHECK(form("<UserId>S-1-5-21-1-2-3-4</UserId><LogonType>S4U</LogonType>")
        != form("<UserId>S-1-5-21-1-2-3-4</UserId><LogonType>Password</LogonType>"));
}

TEST_CASE("task_xml: an account with special letters survives undo")
{
    const auto before = PrincipalsElement(kTask);
    REQUIRE(before);
    const auto changed = ReplacePrincipals(kTask, *PrincipalsForSystem(kTask));
    REQUIRE(changed);
    const auto back = ReplacePrincipals(*changed, *before);
    REQUIRE(back);
    CHECK(Read(*back).principal.account == "CONTOSO\\svc&backup");
    CHECK(PrincipalsElement(*back) == before);
}

TEST_CASE("task_xml: overlap is set, made and removed")
{
    const auto set = SetOverlap(kTask, "IgnoreNew");
    REQUIRE(set);
    CHECK(*set == Replaced(kTask, ">Parallel<", ">IgnoreNew<"));
    const auto removed = SetOverlap(kTask, "");
    REQUIRE(removed);
    CHECK(Overlap(*removed).IsAbsent());
    CHECK(*removed == Replaced(kTask, "<MultipleInstancesPolicy>Parallel</MultipleInstancesPolicy>", ""));
    CHECK(*SetOverlap("<Task/>", "Queue")
        == "<Task><Settings><MultipleInstancesPolicy>Queue</MultipleInstancesPolicy></Settings></Task>");
    CheckInvalid(SetOverlap(kTask, "Whatever</x>"));
}

TEST_CASE("task_xml: inside the task, comments, entities and odd quotes stay as they are")
{
    const std::string odd = "<?xml version=\"1.0\"?>\r\n<Task a='x\"y'><?pi z?><Data><![CDATA[ <&> ]]></Data>"
                            "<Settings>&#x41;&unknown;<!-- a -- b --></Settings>\r\n</Task>\r\n";
    const auto set = SetOverlap(odd, "Queue");
    REQUIRE(set);
    CHECK(*set
        == "<?xml version=\"1.0\"?><Task a=\"x&quot;y\"><?pi z?><Data><![CDATA[ <&> ]]></Data>"
           "<Settings><MultipleInstancesPolicy>Queue</MultipleInstancesPolicy>&#x41;&unknown;<!-- a - - b -->"
           "</Settings>\r\n</Task>");
}

TEST_CASE("task_xml: a byte order mark does not matter")
{
    const std::string marked = std::string("\xEF\xBB\xBF") + kTask;
    CHECK(Read(marked).triggers.size() == 2);
    const auto edited = SetOverlap(marked, "IgnoreNew");
    REQUIRE(edited);
    CHECK(*edited == *SetOverlap(kTask, "IgnoreNew"));
}

TEST_CASE("task_xml: what is no task is a failure, for reading and for every edit")
{
    const std::string huge = "<Task><Data>" + std::string(1024 * 1024, 'x') + "</Data></Task>";
    for (const std::string& xml :
        {std::string(), std::string("no xml"), std::string("<Task>"), std::string("<Tasks/>"),
            std::string("<x:Task/>"), std::string("<!DOCTYPE Task [<!ENTITY a \"b\">]><Task/>"),
            std::string("<Task/>\0<!--", 12), huge, Nested(100), Nested(100'000)})
    {
        CheckInvalid(ReadTaskDefinition(xml));
        CheckInvalid(TriggerEnabled(xml, 1, ""));
        CheckInvalid(PrincipalsElement(xml));
        CheckInvalid(PrincipalsForSystem(xml));
        CheckInvalid(Overlap(xml));
        CheckInvalid(SwitchTrigger(xml, 1, "", true));
        CheckInvalid(ReplacePrincipals(xml, "<Principals/>"));
        CheckInvalid(SetOverlap(xml, "IgnoreNew"));
    }
}

TEST_CASE("task_xml: a task may be as large and as deep as real ones")
{
    CHECK(ReadTaskDefinition("<Task><Data>" + std::string(500'000, 'x') + "</Data></Task>"));
    CHECK(ReadTaskDefinition(Nested(20)));
}

TEST_CASE("task_xml: only one Principals element takes the place of another")
{
    for (const char* element : {"", "<Principal/>", "<Principals/><Principals/>", "<Principals>", "text",
             "<!-- --><Principals/>", "<Principals/></Task><Task>"})
    {
        CheckInvalid(ReplacePrincipals(kTask, element));
    }
}

TEST_CASE("task_xml: a trigger by the calendar tells its days")
{
    const auto days = [](const std::string& schedule) {
        return Read(
            Replaced(kTask, "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>", schedule))
            .triggers[0]
            .weekdays;
    };
    CHECK(days("<ScheduleByDay><DaysInterval>2</DaysInterval></ScheduleByDay>") == 0x7F);
    CHECK(days("<ScheduleByMonth/>") == 0x7F);
    CHECK(days("<ScheduleByWeek><DaysOfWeek><Sunday/><Saturday/></DaysOfWeek></ScheduleByWeek>") == 0x41);
    CHECK(days("<ScheduleByWeek><DaysOfWeek/></ScheduleByWeek>") == 0);
    CHECK(Read(kTask).triggers[1].weekdays == 0);
    CHECK(Read(kTask).triggers[0].startBoundary == "2025-01-10T21:00:00");
    CHECK(Read(kTask).triggers[1].startBoundary.empty());
}

TEST_CASE("task_xml: boundaries become days and minutes of local time")
{
    const ClockReading clock{{}, 60, {}};
    const auto local = [&](std::string_view text) { return LocalTimeOf(text, clock); };
    REQUIRE(local("2026-03-10T21:30:59"));
    CHECK(local("2026-03-10T21:30:59")->minute == 21 * 60 + 30);
    CHECK(local("2026-03-10T21:30:59")->Weekday() == 2);
    CHECK(local("2026-03-10T23:30:00Z")->minute == 30);
    CHECK(local("2026-03-10T23:30:00Z")->Weekday() == 3);
    CHECK(local("2026-03-10T00:30:00+02:00")->Weekday() == 1);
    CHECK(local("1969-12-31T12:00:00")->Weekday() == 3);
    CHECK_FALSE(local(""));
    CHECK_FALSE(local("soon"));
    CHECK_FALSE(local("2026-03-10T21:30:59x"));
}

} // namespace mars::test
