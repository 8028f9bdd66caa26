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

class WindowsMachine final : public UniformMachine<WindowsMachine>
{
public:
    explicit WindowsMachine(WindowsMachineOptions options) : m_options(std::move(options)) {}

    template <class Question>
    Answer<typename Question::Value> AnswerTo(const Question& question, const Wait& wait) const
    {
        if (wait.IsOver())
        {
            return wait.WhyOver(std::string(Question::kName));
        }
        return AskWindows(question, m_options, wait);
    }

private:
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
