// SPDX-License-Identifier: MIT
#pragma once

#include <wx/defs.h>

namespace mars
{

/// Fixed numbers of all controls. UI tests and the scripts of screen readers depend on them: never change or
/// reuse one.
enum ControlId : int
{
    // The frame
    kIdPages = 6001,
    kIdBook = 6002,
    kIdBack = 6003,
    kIdNext = 6004,
    kIdClose = 6005,
    kIdStop = 6006,
    kIdProgressText = 6007,
    kIdProgress = 6008,
    kIdGoToCode = 6009,
    kIdCheckAgainKey = 6010,

    // The first page
    kIdErrorText = 6101,
    kIdChoices = 6102,
    kIdServerFacts = 6103,
    kIdOpenFile = 6104,

    // The pages of the sections
    kIdRows = 6201,
    kIdHeading = 6202,
    kIdSummary = 6203,
    kIdChooseCredentials = 6204,
    kIdRowTitle = 6210,
    kIdMeaning = 6211,
    kIdEvidence = 6212,
    kIdRepairNote = 6213,
    kIdRepair = 6214,
    kIdCheckAgain = 6215,
    kIdCopyRow = 6216,
    kIdHandoff = 6217,
    kIdCopyHandoff = 6218,
    kIdTechnicalSwitch = 6219,
    kIdTechnical = 6220,
    kIdSource = 6221,
    kIdElevateRow = 6222,
    /// On the page of a plan: which step it is, and what its author says.
    kIdPlanStep = 6223,
    kIdPlanNote = 6224,
    /// What only the person knows.
    kIdDataSize = 6225,
    kIdOfflineSeeding = 6226,
    kIdOwnProxy = 6227,
    kIdProxyAddress = 6228,
    kIdAnswerNote = 6229,
    /// And the ten after it: the steps, and the tools that they open.
    kIdFirstStep = 6230,
    kIdFirstTool = 6250,
    kIdFirstLink = 6270,

    // Attention bars
    kIdBarText = 6301,
    kIdElevate = 6302,
    kIdRollBack = 6303,
    kIdRollBackText = 6304,
    kIdRecordingText = 6305,
    kIdRecordsText = 6306,
    kIdFollowRecords = 6307,
    kIdSeen = 6308,

    // The preview of a repair
    kIdPreviewHeading = 6401,
    kIdPreviewChanges = 6402,
    kIdPreviewNotes = 6403,
    kIdNoJobRuns = 6404,
    kIdApply = 6405,
    kIdCancel = 6406,
    kIdRepairStop = 6407,
    kIdRepairProgress = 6408,
    kIdRepairProgressText = 6409,
    kIdRepairClose = 6410,
    /// And the following, one for each choice.
    kIdFirstChoice = 6420,

    // The last page
    kIdComparison = 6501,
    kIdChanges = 6502,
    kIdUndo = 6503,
    kIdUndoAll = 6504,
    kIdSaveReport = 6505,
    kIdCopyReport = 6506,
    kIdSaveBundle = 6507,
    kIdJournalPath = 6508,
    kIdSupport = 6510,
    kIdCheckEverything = 6511,
    kIdBundleContent = 6512,
    kIdMakePlan = 6513,
    kIdShowChanges = 6514,

    // What was changed
    kIdChangeDetails = 6601,
    kIdCloseFolder = 6602,

    // A look at a support bundle
    kIdBundleParts = 6701,
    kIdBundleRemoved = 6702,
    kIdBundleRaw = 6703,

    // A support plan that is being made
    kIdPlanLines = 6801,
    kIdPlanUp = 6802,
    kIdPlanDown = 6803,
    kIdPlanAdd = 6804,
    kIdPlanLineNote = 6805,
};

} // namespace mars
