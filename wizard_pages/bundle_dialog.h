// SPDX-License-Identifier: MIT
#pragma once

#include "support_bundle.h"
#include "texts.h"

#include <wx/dialog.h>

namespace mars
{

/// A look at what a support bundle holds, before it is saved.
class BundleDialog : public wxDialog
{
public:
    BundleDialog(wxWindow* parent, const SupportBundle& bundle, const Words& words);
};

} // namespace mars
