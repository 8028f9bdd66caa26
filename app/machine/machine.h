// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "how_far.h"
#include "questions.h"

#include <chrono>
#include <memory>
#include <stop_token>

namespace mars
{

/// How long an asker is willing to wait, and how it is told to give up.
struct Wait
{
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    std::stop_token stop;
    /// Where somebody watches how far a long answer is; may be null.
    std::shared_ptr<HowFar> howFar = nullptr;

    bool IsOver() const
    {
        return stop.stop_requested() || std::chrono::steady_clock::now() >= deadline;
    }
    /// The failure to answer with when IsOver().
    Failure WhyOver(std::string what) const
    {
        return {stop.stop_requested() ? code::kCancelled : code::kTimeout, std::move(what)};
    }
};

template <class... Questions>
struct QuestionList
{
};

/// The closed list of questions; see questions.h.
using AllQuestions = QuestionList<ReadRegistryValue, ListRegistryKey, ReadClock, ReadContext,
    ReadWindowsVersion, QueryService, ListTasks, FindFolder, ReadFileInfo, ListFiles, ReadFileVersion,
    ReadVolume, CountTempFiles, ListCertificates, ReadVaultCredentials, ListDevices, ListIscsiSessions,
    ReadProxySettings, ProbeHttps, ScanAgentLogs,
    ReadEvents, //
    ProbeHttp,  //
    ReadDefender, ListFilterDrivers, ListVolumes, FindNewestUpdate, ReadChassisTag, ListPrograms,
    ReadFailedFiles, ReadProviderEvents, ReadNewDiskPolicy, ListShadowStorage, ListCrashes, ReadChangeJournal,
    ListServiceImages,
    // connection_questions.h
    ResolveName, DetectProxyScript, FindProxyForUrl, ListNetworkAdapters, ReadFirewall, FindCertificates,
    // log_questions.h
    ScanInstallLogs, ScanConsoleLogs,
    // folder_questions.h
    ReadFolderAccess, ReadModuleManifest, VerifySignature, HashFile, SurveyFolder>;

template <class Question>
class Answers
{
public:
    virtual ~Answers() = default;
    virtual Answer<typename Question::Value> Ask(const Question& question, const Wait& wait) const = 0;
};

template <class List>
class AnswersAll;

template <class... Questions>
class AnswersAll<QuestionList<Questions...>> : public Answers<Questions>...
{
public:
    using Answers<Questions>::Ask...;
};

/// A computer that can be asked, and only asked: `Ask(question, wait)` for every question of the list.
/// Implementations are the live Windows machine, a recording, and machines that wrap another one. Must be
/// safe to ask from any thread.
class Machine : public AnswersAll<AllQuestions>
{
};

namespace detail
{
template <class Derived, class Base, class List>
class AnswersWithOne;

template <class Derived, class Base>
class AnswersWithOne<Derived, Base, QuestionList<>> : public Base
{
};

template <class Derived, class Base, class Question, class... Rest>
class AnswersWithOne<Derived, Base, QuestionList<Question, Rest...>>
    : public AnswersWithOne<Derived, Base, QuestionList<Rest...>>
{
public:
    using AnswersWithOne<Derived, Base, QuestionList<Rest...>>::Ask;

    Answer<typename Question::Value> Ask(const Question& question, const Wait& wait) const final
    {
        return static_cast<const Derived&>(*this).AnswerTo(question, wait);
    }
};
} // namespace detail

/// For machines that treat every question alike: Derived has one
/// `template <class Q> Answer<typename Q::Value> AnswerTo(const Q&, const Wait&) const`.
template <class Derived>
class UniformMachine : public detail::AnswersWithOne<Derived, Machine, AllQuestions>
{
public:
    using AnswersAll<AllQuestions>::Ask;
};

} // namespace mars
