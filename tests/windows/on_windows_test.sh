#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What is to be tried on a real Windows (on_windows.py), tried under Wine: without a demonstration agent, and without what
# the tests have only under Wine. And it keeps away from a computer that has an agent.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source=../demo/server.sh
source "$here/../demo/server.sh"
build="${MARS_WINDOWS_BUILD:?the folder of the Windows build}"

folder="$(mktemp -d "$(memory_folder)/mars-wizard.XXXXXX")"
prefix="$folder/server"
trap 'stop_server "$prefix"; rm -rf "$folder"' EXIT

"$here/pack_for_windows" "$build" "$build/wine" "$folder/pack"

"$here/../demo/make_server" "$prefix" "$build" --healthy
start_server "$prefix"
if python3 -B "$folder/pack/on_windows.py" --wine "$prefix" "$folder/results" > "$folder/refused" 2>&1; then
    echo "FAILED  it ran where an agent is"
    exit 1
fi
grep -q "is on this computer; nothing was done" "$folder/refused"
grep -q "obengine" "$prefix/system.reg"
stop_server "$prefix"

"$here/../demo/make_server" "$prefix" "$build" --healthy --set agent_installed=false
start_server "$prefix"
python3 -B "$folder/pack/on_windows.py" --wine "$prefix" "$folder/results"
