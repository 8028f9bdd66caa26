// SPDX-License-Identifier: MIT
#pragma once

#include "changes/making.h"

/// Start types and run states of services. See all.h.
namespace mars::changes
{

Answer<ChangeState> State(const SetServiceStartType& change, const Machine& machine, const Wait& wait);
Status Make(const SetServiceStartType& change, const ChangeContext& context);
Status TakeBack(const SetServiceStartType& change, const ChangeContext& context);
/// Asked again after a call that said "done".
Status MustBe(ServiceState state, const std::string& service, const Machine& machine, const Wait& wait);
/// Nobody can take a stop back that was asked for: a service that is stopping is as good as stopped.
bool IsDown(const ServiceStatus& service);
Answer<ChangeState> State(const StartService& change, const Machine& machine, const Wait& wait);
Status Make(const StartService& change, const ChangeContext& context);
Answer<ChangeState> State(const StopService& change, const Machine& machine, const Wait& wait);
Status Make(const StopService& change, const ChangeContext& context);
/// A restart is always still to be made.
Answer<ChangeState> State(const RestartService& change, const Machine& machine, const Wait& wait);
Status Make(const RestartService& change, const ChangeContext& context);

} // namespace mars::changes
