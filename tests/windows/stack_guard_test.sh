#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A program that writes over the end of an array on its stack ends there, with STATUS_STACK_BUFFER_OVERRUN.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
program="${MARS_WINDOWS_BUILD:?the folder of the Windows build}/stand_in/overflow.exe"
long="$(printf 'x%.0s' {1..100})"

"$here/run_under_wine" "$program" short
code=0
"$here/run_under_wine" "$program" "$long" || code=$?
# Wine hands on the lowest byte of 0xC0000409.
[[ $code == 9 ]] || { echo "ended with $code" >&2; exit 1; }
