// SPDX-License-Identifier: MIT
#include "windows_machine.h"

#include "certificates.h"
#include "change_journal.h"
#include "computer.h"
#include "credentials.h"
#include "defender.h"
#include "devices.h"
#include "events.h"
#include "file_content.h"
#include "files.h"
#include "filter_drivers.h"
#include "firewall.h"
#include "firmware.h"
#include "folder_access.h"
#include "folder_survey.h"
#include "http_probe.h"
#include "iscsi.h"
#include "local_volumes.h"
#include "logs.h"
#include "name_resolution.h"
#include "network_adapters.h"
#include "probe.h"
#include "programs.h"
#include "proxy_script.h"
#include "questions/all.h"
#include "registry.h"
#include "service_images.h"
#include "services.h"
#include "signatures.h"
#include "storage.h"
#include "tasks.h"
#include "temp_count.h"
#include "updates.h"
#include "versions.h"
#include "volumes.h"
#include "windows_proxy.h"

namespace mars
{

namespace
{

class WindowsMachine final : public Machine
{
public:
    explicit WindowsMachine(WindowsMachineOptions options) : m_options(std::move(options)) {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        if (wait.IsOver())
        {
            exchange.Fail(wait.WhyOver(std::string(exchange.Name())));
            return;
        }
        RespondToOneOf(AllQuestions{}, exchange, wait);
    }

private:
    /// A question without an AskWindows does not compile.
    template <class... Questions>
    void RespondToOneOf(QuestionList<Questions...>, Exchange& exchange, const Wait& wait) const
    {
        static_cast<void>((RespondTo(As<Questions>(exchange), wait) || ...));
    }

    template <class Question>
    bool RespondTo(ExchangeOf<Question>* exchange, const Wait& wait) const
    {
        if (exchange != nullptr)
        {
            exchange->answer = AskWindows(exchange->question, m_options, wait);
        }
        return exchange != nullptr;
    }

    WindowsMachineOptions m_options;
};

} // namespace

std::shared_ptr<const Machine> MakeWindowsMachine(WindowsMachineOptions options)
{
    if (options.evidenceSid.empty())
    {
        options.evidenceSid = CurrentUserSid();
    }
    return std::make_shared<WindowsMachine>(std::move(options));
}

} // namespace mars
