#!/bin/sh
# How fast the simulator is, and how much memory a node takes: speed.sh [SIZE ...], of 100, 1000, 10000 and 100000 nodes
# (default: 100 1000). Prints a table; docs/bench/simulator.md has figures.
#   UNTIL=10s      end the runs there, instead of at the end of their scenarios
#   DURATION=1h    what they last, traffic and all, instead of five minutes, in which much is start; 10 000 nodes: 3000s at most
#   HEAP=9g        Java's heap
#   THICKET=PATH   the command to measure, instead of this tree's
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
thicket=${THICKET:-$here/../../thicket}
export THICKET_JAVA_OPTS="-Xmx${HEAP:-5g} ${THICKET_JAVA_OPTS:-}"

number() { printf '%s' "$2" | sed -n "s/.*\"$1\":\\([0-9.]*\\).*/\\1/p" | head -n 1; }

[ $# -gt 0 ] || set -- 100 1000
for size in "$@"; do
    [ -f "$here/speed-$size.toml" ] || { echo "speed.sh: there is no speed-$size.toml; sizes are 100, 1000, 10000 and 100000" >&2; exit 2; }
done
printf '| %7s | %10s | %10s | %10s | %11s | %9s | %9s | %9s |\n' nodes simulated 'CPU s' 's per CPU s' events delivered 'p95 ms' 'RSS MiB'
printf '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n'
for size in "$@"; do
    # A check that failed makes no exit here: what was delivered, and how fast, is in the table.
    summary=$("$thicket" sim run "$here/speed-$size.toml" ${UNTIL:+--until "$UNTIL"} ${DURATION:+--set "scenario.duration=$DURATION"} --quiet --json - | tail -n 1)
    simulated=$(number simulatedSeconds "$summary")
    [ -n "$simulated" ] || { echo "speed.sh: the run of $size nodes made no summary" >&2; exit 1; }
    cpu=$(number cpuSeconds "$summary")
    rss=$(number peakRssBytes "$summary")
    printf '| %7s | %10s | %10s | %10s | %11s | %9s | %9s | %9s |\n' "$size" "$simulated" "$cpu" \
        "$(awk "BEGIN { printf \"%.1f\", $simulated / $cpu }")" "$(number events "$summary")" \
        "$(number pdr "$summary")" "$(number p95 "$summary")" "$(awk "BEGIN { printf \"%.0f\", $rss / 1048576 }")"
done
