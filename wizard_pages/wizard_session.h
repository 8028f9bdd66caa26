// SPDX-License-Identifier: MIT
#pragma once

#include "background.h"
#include "model/changes_today.h"
#include "model/changes_under_way.h"
#include "model/opened_file.h"
#include "model/options.h"
#include "model/plan_page.h"
#include "model/restart_advice.h"
#include "model/symptom_page.h"
#include "model/wizard_model.h"
#include "pass.h"
#include "questions/computer.h"
#include "records.h"
#include "repair.h"
#include "run_report.h"
#include "texts.h"
#include "wizard_host.h"

#include <wx/timer.h>

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace mars
{

/// What the windows show changed. Called on the UI thread, several results at a time.
class SessionObserver
{
public:
    virtual ~SessionObserver() = default;
    /// Results, or what is being checked.
    virtual void OnResults() {}
    /// Server facts, who asks, or the credentials file.
    virtual void OnServer() {}
    /// What was changed and can be undone.
    virtual void OnJournal() {}
    /// What the server's own records say, or how far reading them is.
    virtual void OnRecords() {}
    /// A repair or an undo begins, or has ended.
    virtual void OnChanging() {}
};

/// What is looked at: this computer, or one in a recording.
struct WizardSubject
{
    WizardSubject() = default;
    explicit WizardSubject(const OpenedRecording& recording)
        : machine(recording.machine), given(recording.given), recorded(recording.origin)
    {}

    std::shared_ptr<const Machine> machine;
    Given given;
    /// Empty: this computer.
    std::optional<RecordingOrigin> recorded;
    /// A credentials file that came along when the program was started and is not opened until the person
    /// chooses it here; mostly empty. See WizardHost::MayOpenAtStart.
    std::string notOpened;
    /// What somebody asks this person to look at; mostly null.
    std::shared_ptr<const PlanPage> plan;
};

/// One run of the wizard: asks the machine in the background and keeps what it said. Lives on the UI thread.
class WizardSession
{
public:
    WizardSession(
        std::shared_ptr<WizardHost> host, WizardSubject subject, WizardOptions options, Words words);
    ~WizardSession();

    const Words& InWords() const
    {
        return m_words;
    }
    const WizardOptions& Options() const
    {
        return m_options;
    }
    const WizardModel& Model() const
    {
        return m_model;
    }
    WizardHost& Host()
    {
        return *m_host;
    }
    std::shared_ptr<WizardHost> SharedHost()
    {
        return m_host;
    }
    const Given& WhatWasGiven() const
    {
        return m_subject.given;
    }
    const std::string& NotOpened() const
    {
        return m_subject.notOpened;
    }
    bool IsRecording() const
    {
        return m_subject.recorded.has_value();
    }
    const std::optional<RecordingOrigin>& Recorded() const
    {
        return m_subject.recorded;
    }
    /// Null: there is no plan.
    const PlanPage* Plan() const
    {
        return m_subject.plan.get();
    }
    /// The page of the plan, where there is one, and those of the catalogue.
    const std::vector<const Section*>& Pages() const
    {
        return m_pages;
    }

    /// Null: none was chosen.
    const SymptomPage* Symptom() const
    {
        return m_symptom.get();
    }
    /// Its place in Pages(), whether or not it is there yet.
    std::size_t SymptomPlace() const
    {
        return Plan() == nullptr ? 0 : 1;
    }
    /// Puts it there, in the place of the one that was there. Nobody may show that one any more.
    void SetSymptom(const SymptomChoice& symptom);

    void Observe(SessionObserver* observer)
    {
        m_observers.push_back(observer);
    }
    void Forget(SessionObserver* observer)
    {
        std::erase(m_observers, observer);
    }

    /// Facts, journal, and all checks.
    void Start();
    /// With fresh answers of the machine.
    void Check(std::vector<const RootCause*> causes);
    void CheckEverything();
    /// At once; checks that still run are left to themselves and not listened to.
    void Stop();
    bool IsChecking() const
    {
        return m_model.Checking() > 0;
    }

    /// What the server wrote down itself; nothing until it was read.
    const std::optional<Records>& WhatRecordsSay() const
    {
        return m_records;
    }
    bool IsReadingRecords() const
    {
        return m_recordsRead != nullptr;
    }
    /// 0..100, while they are being read.
    unsigned RecordsPercent() const
    {
        return m_recordsRead ? m_recordsRead->howFar->Percent() : 0;
    }

    /// Nothing until it was asked.
    const std::optional<ProcessContext>& Context() const
    {
        return m_context;
    }
    bool IsElevated() const
    {
        return m_context && m_context->elevated;
    }
    /// Only once it is known.
    bool LacksRights() const
    {
        return m_context && !m_context->elevated;
    }
    /// As the machine calls itself; empty until it said so.
    const std::string& ServerName() const
    {
        return m_server.machine.name;
    }
    /// Of the newest result; of a recording: when it was taken.
    Timestamp LookedAt() const
    {
        return IsRecording() ? m_subject.recorded->taken : m_lookedAt;
    }
    const ServerFacts& Facts() const
    {
        return m_server.facts;
    }
    ToolPlaces Places() const
    {
        return m_places;
    }

    /// The kind of repair that there is for it now.
    RepairKind OfferedRepair(const CheckResult& result) const;
    /// What the repair of a root cause would be now; nothing until it was asked.
    const RepairProposal* OfferFor(const RootCause& cause) const;

    void SetCredentialsFile(const std::string& path);
    /// What only the person knows: the checks that judge by it are made again.
    void SetDataBytes(std::optional<std::uint64_t> bytes);
    void SetOfflineSeeding(bool onDisks);
    void SetAgentProxy(const std::string& proxy);
    /// For repairs that copy from a folder; no check is made anew.
    void SetFromFolder(const std::string& path)
    {
        m_subject.given.fromFolder = path;
    }

    /// The results as they stand, for the report.
    RunReport Report() const;
    /// The answers of the last look at everything, for a bundle; null before the first.
    std::shared_ptr<const Pass> LastPass() const
    {
        return m_lastPass;
    }
    /// What was asked since then because of what the person said.
    const std::vector<std::shared_ptr<const Pass>>& PassesOfAnswers() const
    {
        return m_passesOfAnswers;
    }
    /// What was repaired and takes effect only when the server is restarted, which has not happened.
    std::vector<const RootCause*> RepairsThatWaitForRestart() const
    {
        return WaitingForRestart(m_journal, m_booted);
    }
    const WizardSubject& WhatIsLookedAt() const
    {
        return m_subject;
    }

    /// For a recording it only makes plans: it has nothing to change and no journal.
    std::shared_ptr<RepairEngine> Engine() const
    {
        return m_engine;
    }
    /// Runs `work(stop)`, which changes this server, in the background, and then `done` with what it returns
    /// if `owner` is still there. Nothing that ends the program cuts it in two: the session waits for it.
    template <class Work, class Done>
    void Change(const Lifeline& owner, Work work, Done done);
    bool IsChanging() const
    {
        return m_changes->Any();
    }
    /// Asks what is being changed to end with nothing half done.
    void StopChanging()
    {
        m_changes->RequestStop();
    }
    /// They were asked, and have not ended yet.
    bool IsStopping() const
    {
        return m_changes->IsStopping();
    }
    /// Writes into an entry that the person knows how it ended.
    void MarkSeen(const std::string& entry);
    /// After a repair or an undo: everything on the root cause's page is checked again, and what can be
    /// undone is read.
    void OnChanged(const RootCause& cause);
    const std::vector<UndoItem>& Journal() const
    {
        return m_journal;
    }
    /// How the changes of the journal's entries stand now, one for each of Journal().
    const std::vector<std::vector<ChangeToday>>& JournalToday() const
    {
        return m_journalToday;
    }
    /// Why the journal could not be read.
    const std::optional<Failure>& JournalFailure() const
    {
        return m_journalFailure;
    }
    void ReadJournal();

private:
    struct Inbox;

    /// One reading of the records. UI thread only, but for what it shares.
    struct RecordsRead
    {
        std::stop_source stop;
        std::shared_ptr<HowFar> howFar = std::make_shared<HowFar>();
    };

    /// While the records are being read it tells how far that is.
    class Ticker : public wxTimer
    {
    public:
        explicit Ticker(WizardSession& session) : m_session(session) {}
        void Notify() override
        {
            m_session.Tell(&SessionObserver::OnRecords);
        }

    private:
        WizardSession& m_session;
    };

    void Collect(const std::shared_ptr<Inbox>& inbox);
    void RunChecks(std::vector<const RootCause*> causes, const std::shared_ptr<Pass>& pass);
    std::shared_ptr<Pass> NewPass() const;
    /// After something that was given has changed.
    void CheckSections(const std::vector<std::string_view>& ids);
    void ReadServer(const std::shared_ptr<Pass>& pass);
    void ReadTheRecords(const std::shared_ptr<Pass>& pass);
    void StopReadingRecords();
    void Tell(void (SessionObserver::*what)());

    std::shared_ptr<WizardHost> m_host;
    WizardSubject m_subject;
    WizardOptions m_options;
    Words m_words;
    WizardModel m_model;
    std::vector<const Section*> m_pages;
    std::unique_ptr<const SymptomPage> m_symptom;
    std::vector<SessionObserver*> m_observers;
    std::vector<std::shared_ptr<Inbox>> m_runs;
    std::shared_ptr<const Pass> m_lastPass;
    std::vector<std::shared_ptr<const Pass>> m_passesOfAnswers;
    std::optional<Timestamp> m_booted;
    std::map<const RootCause*, RepairProposal> m_offers;
    std::optional<ProcessContext> m_context;
    RunReport m_server;
    Timestamp m_lookedAt;
    ToolPlaces m_places;
    std::optional<Records> m_records;
    /// Null: nothing is being read.
    std::shared_ptr<RecordsRead> m_recordsRead;
    Ticker m_ticker{*this};
    std::shared_ptr<RepairEngine> m_engine;
    std::vector<UndoItem> m_journal;
    std::vector<std::vector<ChangeToday>> m_journalToday;
    std::optional<Failure> m_journalFailure;
    std::shared_ptr<ChangesUnderWay> m_changes = std::make_shared<ChangesUnderWay>();
    Lifeline m_life;
};

template <class Work, class Done>
void WizardSession::Change(const Lifeline& owner, Work work, Done done)
{
    using Result = decltype(work(std::stop_token()));
    auto finish = owner.WhileAlive(std::function<void(Result)>(std::move(done)));
    const std::stop_token stop = m_changes->Begin();
    Tell(&SessionObserver::OnChanging);
    InBackground(
        m_life,
        [changes = m_changes, stop, work = std::move(work)] {
            struct End
            {
                ChangesUnderWay& changes;
                ~End()
                {
                    changes.End();
                }
            };
            const End end{*changes};
            return work(stop);
        },
        [this, finish = std::move(finish)](Result result) {
            finish(std::move(result));
            Tell(&SessionObserver::OnChanging);
        });
}

} // namespace mars
