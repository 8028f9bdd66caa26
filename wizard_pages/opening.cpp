// SPDX-License-Identifier: MIT
#include "opening.h"

#include "catalogue.h"
#include "reading.h"
#include "recording.h"
#include "texts.h"

#include <wx/intl.h>
#include <wx/msgdlg.h>

namespace mars
{

namespace
{

struct FaultWords
{
    wxString what;
    wxString next;
};

FaultWords WordsFor(OpenFault fault)
{
    switch (fault)
    {
    case OpenFault::kUnreadable:
        return {_("{0} could not be read."),
            _("See whether the file is still there and whether you may read it. If it is on another "
              "computer, "
              "copy it to this one first.")};
    case OpenFault::kTooLarge:
        return {_("{0} is larger than any support bundle, so it was not read."),
            _("Ask for the file that \"Save a support bundle\" wrote. If it was packed, unpack it first.")};
    case OpenFault::kKeyToNames:
        return {_("{0} is the key to the names of a support bundle, not the bundle."),
            _("It belongs to the customer only. If it was sent to you, delete it, tell the sender, and open "
              "the "
              "file of the same name without \".names\".")};
    case OpenFault::kDamaged:
        return {_("{0} is damaged: it was cut off, or something in it was changed after it was written."),
            _("Ask for it once more, packed as a ZIP file, so that nothing changes it on the way.")};
    case OpenFault::kNewer:
        return {_("{0} was written by a newer version of this program."),
            _("Get the newest version of this program and open the file with that.")};
    case OpenFault::kSuspicious:
        return {
            _("{0} calls itself a file of this program and holds what this program never writes, so it was "
              "not opened."),
            _("Somebody may have prepared it. Ask the sender where it comes from before you open it with "
              "anything else.")};
    case OpenFault::kNotLocal:
        return {_("{0} is not on a drive of this server. The program was started with an administrator's "
                  "rights, so it was not opened."),
            _("Copy it to a local folder first, or start the program without the file and open it from the "
              "first page.")};
    case OpenFault::kNotOurs:
        break;
    }
    return {_("{0} is neither a support bundle nor a support plan."),
        _("Choose the file that \"Save a support bundle\" or \"Make a plan\" wrote. It ends in .xml. A "
          "report is "
          "opened with a browser instead.")};
}

} // namespace

OpenedFile ReadSupportFile(WizardHost& host, const std::string& path)
{
    const auto bytes = host.ReadFile(path, kLargestRecording);
    if (!bytes)
    {
        const bool tooLarge = bytes.HasFailed() && bytes.Error().code == code::kInvalidData;
        return tooLarge ? OpenFault::kTooLarge : OpenFault::kUnreadable;
    }
    return OpenSupportFile(*bytes, AllRootCauses());
}

void TellNotOpened(wxWindow* parent, const std::string& path, OpenFault fault)
{
    const FaultWords words = WordsFor(fault);
    wxMessageDialog message(parent, Fill(words.what, ForReading(path)),
        _("Azure Backup (MARS) Troubleshooter"), wxOK | wxICON_ERROR);
    message.SetExtendedMessage(words.next);
    message.ShowModal();
}

} // namespace mars
