// SPDX-License-Identifier: MIT
#include "wizard_session.h"

#include "agent.h"
#include "catalogue.h"
#include "mars_agent.h"
#include "model/answers.h"
#include "offered_repair.h"
#include "questions/computer.h"
#include "result_code.h"
#include "scratch.h"
#include "version.h"

#include <mutex>

namespace mars
{

namespace
{

RepairProposal ProposeGuarded(
    const RootCause& cause, const Outcome& outcome, const MachineView& view, const Given& given)
{
    try
    {
        return cause.repair(view, given, outcome);
    }
    catch (const std::exception&)
    {
        // The preview will say what is wrong with it; here it only means "no button".
        return RepairProposal::Guided();
    }
}

Timestamp Now()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// The journal, and how the changes in it stand now.
struct JournalLook
{
    Answer<std::vector<UndoItem>> items;
    std::vector<std::vector<ChangeToday>> today;
};

JournalLook LookAtJournal(RepairEngine& engine, const Machine& machine)
{
    JournalLook look{engine.ListUndo(), {}};
    for (const UndoItem& item : look.items.ValueOr({}))
    {
        const Wait wait{std::chrono::steady_clock::now() + kDefaultDeadline, {}};
        look.today.push_back(LookAtChanges(item.entry, machine, wait));
    }
    return look;
}

ToolPlaces ReadPlaces(const MachineView& machine)
{
    ToolPlaces places;
    if (const auto agent = FindAgent(machine))
    {
        places.installPath = agent->installPath;
        places.scratchFolder = FindScratchFolder(machine, *agent).ValueOr({});
    }
    return places;
}

} // namespace

/// What a run's thread found and the UI thread has not fetched yet.
struct WizardSession::Inbox
{
    std::mutex mutex;
    std::vector<CheckResult> results;
    std::map<const RootCause*, RepairProposal> offers;
    /// A call on the UI thread is on its way; it takes whatever is there when it arrives.
    bool called = false;
    std::stop_source stop;
    /// The person stopped the run. UI thread only.
    bool abandoned = false;
};

WizardSession::WizardSession(
    std::shared_ptr<WizardHost> host, WizardSubject subject, WizardOptions options, Words words)
    : m_host(std::move(host)), m_subject(std::move(subject)), m_options(std::move(options)), m_words(words),
      m_model(AllSections())
{
    m_engine = IsRecording()
        ? std::make_shared<RepairEngine>(m_subject.machine, nullptr, nullptr, MarsAgent())
        : std::make_shared<RepairEngine>(
            m_subject.machine, m_host->Changer(), m_host->JournalFolder(), MarsAgent());
    m_server.tool = kToolName;
    m_server.started = Now();
    m_lookedAt = m_server.started;
    if (IsRecording())
    {
        m_server.recorded = m_subject.recorded->taken;
    }
    if (Plan() != nullptr)
    {
        m_pages.push_back(&Plan()->AsSection());
    }
    m_pages.insert(m_pages.end(), AllSections().begin(), AllSections().end());
}

WizardSession::~WizardSession()
{
    for (const auto& run : m_runs)
    {
        run->stop.request_stop();
    }
    StopReadingRecords();
    m_changes->RequestStop();
    m_changes->WaitForEnd();
}

void WizardSession::Tell(void (SessionObserver::*what)())
{
    // A copy, because an observer may come or go while it is told.
    for (SessionObserver* observer : std::vector(m_observers))
    {
        (observer->*what)();
    }
}

std::shared_ptr<Pass> WizardSession::NewPass() const
{
    return std::make_shared<Pass>(m_subject.machine, m_subject.given, MarsAgent());
}

void WizardSession::Start()
{
    CheckEverything();
    ReadJournal();
}

void WizardSession::CheckEverything()
{
    const auto pass = NewPass();
    pass->Expect(AllRootCauses());
    m_lastPass = pass;
    m_passesOfAnswers.clear();
    ReadServer(pass);
    // Before the check that asks for the same, so that this one sees how far the log is read.
    ReadTheRecords(pass);
    RunChecks(AllRootCauses(), pass);
}

void WizardSession::Check(std::vector<const RootCause*> causes)
{
    RunChecks(std::move(causes), NewPass());
}

void WizardSession::RunChecks(std::vector<const RootCause*> causes, const std::shared_ptr<Pass>& pass)
{
    if (causes.empty())
    {
        return;
    }
    const auto inbox = std::make_shared<Inbox>();
    m_runs.push_back(inbox);
    m_model.BeginChecks(causes);
    const auto collect = m_life.WhileAlive(std::function<void()>([this, inbox] { Collect(inbox); }));
    InBackground(
        m_life,
        [inbox, pass, collect, causes = std::move(causes)] {
            const auto onResult = [&](const CheckResult& result) {
                const std::lock_guard lock(inbox->mutex);
                inbox->results.push_back(result);
                if (!std::exchange(inbox->called, true))
                {
                    OnUiThread(collect);
                }
            };
            const std::stop_token stop = inbox->stop.get_token();
            for (const CheckResult& result : pass->Run(causes, onResult, stop))
            {
                if (OffersRepair(result.outcome) && result.cause->repair != nullptr)
                {
                    auto offer =
                        ProposeGuarded(*result.cause, result.outcome, pass->View(stop), pass->WhatWasGiven());
                    const std::lock_guard lock(inbox->mutex);
                    inbox->offers.insert_or_assign(result.cause, std::move(offer));
                }
            }
            return true;
        },
        [this, inbox](bool) {
            Collect(inbox);
            std::erase(m_runs, inbox);
            if (m_runs.empty())
            {
                m_model.EndChecks();
            }
            Tell(&SessionObserver::OnResults);
        });
    Tell(&SessionObserver::OnResults);
}

void WizardSession::Collect(const std::shared_ptr<Inbox>& inbox)
{
    std::vector<CheckResult> results;
    std::map<const RootCause*, RepairProposal> offers;
    {
        const std::lock_guard lock(inbox->mutex);
        inbox->called = false;
        results.swap(inbox->results);
        offers.swap(inbox->offers);
    }
    if (inbox->abandoned)
    {
        return;
    }
    for (const CheckResult& result : results)
    {
        m_model.SetResult(result);
        // An offer of an older look is none any more.
        m_offers.erase(result.cause);
    }
    for (const auto& [cause, offer] : offers)
    {
        m_offers.insert_or_assign(cause, offer);
    }
    if (!results.empty())
    {
        m_lookedAt = Now();
        Tell(&SessionObserver::OnResults);
    }
}

void WizardSession::Stop()
{
    for (const auto& run : m_runs)
    {
        run->stop.request_stop();
        run->abandoned = true;
    }
    m_runs.clear();
    m_model.EndChecks();
    StopReadingRecords();
    Tell(&SessionObserver::OnRecords);
    Tell(&SessionObserver::OnResults);
}

void WizardSession::ReadServer(const std::shared_ptr<Pass>& pass)
{
    InBackground(
        m_life, [pass] { return std::pair(pass->View().Ask(ReadContext{}), pass->View().Ask(ReadClock{})); },
        [this](const std::pair<Answer<ProcessContext>, Answer<ClockReading>>& read) {
            const auto& [context, clock] = read;
            m_context = context ? std::optional(*context) : std::nullopt;
            m_booted = clock ? std::optional(clock->booted) : std::nullopt;
            Tell(&SessionObserver::OnServer);
        });
    InBackground(
        m_life, [pass] { return std::pair(MakeRunReport(*pass, {}, kToolName), ReadPlaces(pass->View())); },
        [this](std::pair<RunReport, ToolPlaces> server) {
            m_server.machine = std::move(server.first.machine);
            m_server.facts = std::move(server.first.facts);
            m_places = std::move(server.second);
            Tell(&SessionObserver::OnServer);
        });
}

void WizardSession::ReadTheRecords(const std::shared_ptr<Pass>& pass)
{
    constexpr int kTickMilliseconds = 500;
    StopReadingRecords();
    const auto read = std::make_shared<RecordsRead>();
    m_recordsRead = read;
    m_ticker.Start(kTickMilliseconds);
    InBackground(
        m_life,
        [pass, stop = read->stop.get_token(), howFar = read->howFar, &knowledge = m_words.From()] {
            return ReadRecords(pass->View(stop, howFar), knowledge);
        },
        [this, read](Records records) {
            if (m_recordsRead != read)
            {
                return;
            }
            StopReadingRecords();
            m_records = std::move(records);
            Tell(&SessionObserver::OnRecords);
        });
}

void WizardSession::StopReadingRecords()
{
    if (m_recordsRead)
    {
        m_recordsRead->stop.request_stop();
        m_recordsRead.reset();
    }
    m_ticker.Stop();
}

const RepairProposal* WizardSession::OfferFor(const RootCause& cause) const
{
    const auto found = m_offers.find(&cause);
    return found == m_offers.end() ? nullptr : &found->second;
}

void WizardSession::SetCredentialsFile(const std::string& path)
{
    m_subject.given.credentialsFile = path;
    // Chosen here, so it is this person's own act.
    m_subject.notOpened.clear();
    m_options.credentials = path;
    // Also where it is the same file as before: what is in it may be new.
    CheckSections({"credentials"});
}

void WizardSession::SetDataBytes(std::optional<std::uint64_t> bytes)
{
    const Given before = m_subject.given;
    m_subject.given.dataBytes = bytes;
    CheckSections(SectionsThatAskFor(before, m_subject.given));
}

void WizardSession::SetOfflineSeeding(bool onDisks)
{
    const Given before = m_subject.given;
    m_subject.given.offlineSeeding = onDisks;
    CheckSections(SectionsThatAskFor(before, m_subject.given));
}

void WizardSession::SetAgentProxy(const std::string& proxy)
{
    const Given before = m_subject.given;
    m_subject.given.agentProxy = proxy;
    CheckSections(SectionsThatAskFor(before, m_subject.given));
}

void WizardSession::CheckSections(const std::vector<std::string_view>& ids)
{
    Tell(&SessionObserver::OnServer);
    std::vector<const RootCause*> causes;
    for (const std::string_view id : ids)
    {
        const auto more = m_model.RootCausesOf(*FindSection(id));
        causes.insert(causes.end(), more.begin(), more.end());
    }
    if (!causes.empty())
    {
        const auto pass = NewPass();
        m_passesOfAnswers.push_back(pass);
        RunChecks(std::move(causes), pass);
    }
}

RepairKind WizardSession::OfferedRepair(const CheckResult& result) const
{
    const RepairProposal* offer = OfferFor(*result.cause);
    const bool planned = offer != nullptr && offer->kind == RepairProposal::Kind::kPlanned;
    const bool open = result.outcome.IsProblem() || result.outcome.kind == OutcomeKind::kManual;
    return !open  ? RepairKind::kNone
        : planned ? RepairKind::kOneClick
                  : std::min(result.cause->repairKind, RepairKind::kGuided);
}

void WizardSession::SetSymptom(const SymptomChoice& symptom)
{
    const auto place = m_pages.begin() + static_cast<std::ptrdiff_t>(SymptomPlace());
    auto page = std::make_unique<const SymptomPage>(symptom);
    if (m_symptom != nullptr)
    {
        *place = &page->AsSection();
    }
    else
    {
        m_pages.insert(place, &page->AsSection());
    }
    m_symptom = std::move(page);
}

RunReport WizardSession::Report() const
{
    RunReport report = m_server;
    report.records = m_records;
    report.atFirst = m_model.AtFirst();
    report.changes = m_journal;
    report.changesFailure = m_journalFailure;
    for (const RootCause* cause : AllRootCauses())
    {
        if (const CheckResult* result = m_model.ResultOf(*cause))
        {
            report.checks.push_back({*result, OfferedRepair(*result)});
            report.duration += result->duration;
        }
    }
    const bool isWhole = report.checks.size() == AllRootCauses().size();
    report.code = isWhole ? ResultCode(report.Results(), AllRootCauses()) : std::string();
    return report;
}

void WizardSession::OnChanged(const RootCause& cause)
{
    if (const Section* section = FindSection(cause.SectionId()))
    {
        Check(m_model.RootCausesOf(*section));
    }
    ReadServer(NewPass());
    ReadJournal();
}

void WizardSession::MarkSeen(const std::string& entry)
{
    Change(
        m_life, [engine = m_engine, entry](const std::stop_token&) { return engine->MarkSeen(entry); },
        // Where it could not be written, the entry is shown again.
        [this](const Status&) { ReadJournal(); });
}

void WizardSession::ReadJournal()
{
    if (IsRecording())
    {
        return;
    }
    InBackground(
        m_life, [engine = m_engine, machine = m_subject.machine] { return LookAtJournal(*engine, *machine); },
        [this](JournalLook look) {
            m_journal = look.items.ValueOr({});
            m_journalToday = std::move(look.today);
            m_journalFailure = look.items.HasFailed() ? std::optional(look.items.Error()) : std::nullopt;
            Tell(&SessionObserver::OnJournal);
        });
}

} // namespace mars
