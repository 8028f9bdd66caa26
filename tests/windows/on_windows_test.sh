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
if MARS_TESTS_AS_ON_WINDOWS=1 in_server "$prefix" timeout 60 wine "$folder/pack/mars_windows_tests.exe" > "$folder/refused"; then
    echo "FAILED  the Windows tests ran on a computer that was not given to them"
    exit 1
fi
grep -q "These tests change" "$folder/refused"
stop_server "$prefix"
grep -q "obengine" "$prefix/system.reg"

"$here/../demo/make_server" "$prefix" "$build" --healthy --set agent_installed=false
start_server "$prefix"
python3 -B "$folder/pack/on_windows.py" --wine "$prefix" "$folder/results"
