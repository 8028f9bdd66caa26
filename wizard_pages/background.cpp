// SPDX-License-Identifier: MIT
#include "background.h"

#include "texts.h"

#include <wx/app.h>
#include <wx/intl.h>
#include <wx/msgdlg.h>

#include <mutex>

namespace mars
{

namespace
{

struct UiThread
{
    std::mutex mutex;
    bool closed = false;
};

UiThread& TheUiThread()
{
    // Never destroyed: threads that nobody waits for may still look at it while the process ends.
    static UiThread* const thread = new UiThread;
    return *thread;
}

} // namespace

void OnUiThread(std::function<void()> function)
{
    UiThread& thread = TheUiThread();
    const std::lock_guard lock(thread.mutex);
    if (!thread.closed && wxTheApp != nullptr)
    {
        wxTheApp->CallAfter(std::move(function));
    }
}

void CloseUiThread()
{
    UiThread& thread = TheUiThread();
    const std::lock_guard lock(thread.mutex);
    thread.closed = true;
}

void EndAfterInternalError(const std::string& what)
{
    OnUiThread([what] {
        wxMessageBox(Fill(_("An internal error occurred, and the program has to close: {0}"), what),
            _("Azure Backup (MARS) Troubleshooter"), wxOK | wxICON_ERROR);
        wxTheApp->ExitMainLoop();
    });
}

} // namespace mars
