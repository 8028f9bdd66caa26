// SPDX-License-Identifier: MIT

/// The main of the Windows tests. It runs what can run here and says what was skipped and why: a test that
/// passes without having tested anything is worse than none.

#include "needs.h"
#include "under_wine.h"

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

namespace
{

using mars::test::IsNamed;
using mars::test::Need;
using mars::test::Needs;

/// What doctest tells of each test of the program, run or not.
struct Seen
{
    std::set<std::string> run;
    std::set<std::string> skipped;
};

Seen& WhatWasSeen()
{
    static Seen s_seen;
    return s_seen;
}

class Watcher : public doctest::IReporter
{
public:
    explicit Watcher(const doctest::ContextOptions&) {}
    void test_case_start(const doctest::TestCaseData& test) override
    {
        WhatWasSeen().run.insert(test.m_name);
    }
    void test_case_skipped(const doctest::TestCaseData& test) override
    {
        WhatWasSeen().skipped.insert(test.m_name);
    }
    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_end(const doctest::CurrentTestCaseStats&) override {}
    void test_case_exception(const doctest::TestCaseException&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData&) override {}
    void log_message(const doctest::MessageData&) override {}
};

REGISTER_LISTENER("needs", 1, Watcher);

/// For a list in which commas separate.
std::string Escaped(const std::string& name)
{
    std::string escaped;
    for (const char c : name)
    {
        escaped += (c == ',' || c == '\\') ? std::string{'\\', c} : std::string{c};
    }
    return escaped;
}

/// A name in the list of needs that no test has: somebody renamed one, which is then not skipped where it
/// should be.
bool AreAllNamesKnown()
{
    bool known = true;
    std::set<std::string> tests = WhatWasSeen().run;
    tests.insert(WhatWasSeen().skipped.begin(), WhatWasSeen().skipped.end());
    for (const Need& need : Needs())
    {
        for (const std::string& name : need.tests)
        {
            if (std::none_of(
                    tests.begin(), tests.end(), [&](const auto& test) { return IsNamed(name, test); }))
            {
                std::cout << "needs.cpp names no test: " << name << '\n';
                known = false;
            }
        }
    }
    return known;
}

void TellWhatWasSkipped(const std::vector<const Need*>& missing)
{
    std::map<std::string, std::vector<std::string>> byReason;
    std::size_t count = 0;
    for (const std::string& test : WhatWasSeen().skipped)
    {
        for (const Need* need : missing)
        {
            if (std::any_of(need->tests.begin(), need->tests.end(),
                    [&](const auto& name) { return IsNamed(name, test); }))
            {
                byReason[need->what].push_back(test);
                ++count;
                break;
            }
        }
    }
    std::cout << "skipped: " << count << " of " << WhatWasSeen().run.size() + WhatWasSeen().skipped.size()
              << '\n';
    for (const auto& [reason, tests] : byReason)
    {
        std::cout << "  " << tests.size() << " need " << reason << '\n';
        for (const std::string& test : tests)
        {
            std::cout << "      " << test << '\n';
        }
    }
}

/// The tests make services and tasks, and set and delete settings of the whole computer. A Wine prefix is
/// there for that; another computer has to be given to them.
bool MayChangeThisComputer()
{
    return mars::test::UnderWine()
        || GetEnvironmentVariableW(L"MARS_TESTS_MAY_CHANGE_THIS_COMPUTER", nullptr, 0) != 0;
}

} // namespace

int main(int count, char** arguments)
{
    if (!MayChangeThisComputer())
    {
        std::cout << "These tests change services, tasks and settings of this computer; see on_windows.py.\n";
        return 1;
    }
    doctest::Context context(count, arguments);
    std::vector<const Need*> missing;
    for (const Need& need : Needs())
    {
        if (!need.isHere())
        {
            missing.push_back(&need);
            for (const std::string& name : need.tests)
            {
                context.addFilter("test-case-exclude", Escaped(name).c_str());
            }
        }
    }
    const int result = context.run();
    if (context.shouldExit() || (WhatWasSeen().run.empty() && WhatWasSeen().skipped.empty()))
    {
        return result;
    }
    TellWhatWasSkipped(missing);
    return AreAllNamesKnown() ? result : 1;
}
