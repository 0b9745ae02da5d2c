#!/bin/sh
# Whether a live run waits for those who look at it: watched.sh [NODES [CLIENTS]] (default: 5000 6). Prints the events in a second of a
# run as fast as it goes, alone, with clients that ask for its last block without pause, and alone again. Needs curl.
#   SECONDS_EACH=15   how long each
#   THICKET=PATH      the command to measure, instead of this tree's
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
thicket=${THICKET:-$here/../../thicket}
nodes=${1:-5000}
clients=${2:-6}
each=${SECONDS_EACH:-15}
port=8794
work=$(mktemp -d)
running=
trap 'for its in $running; do kill "$its" 2>/dev/null || true; done; wait; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$thicket" --version >/dev/null # builds what is missing
THICKET_JAVA_OPTS="-Xmx4g ${THICKET_JAVA_OPTS:-}" "$thicket" sim view "$here/speed-1000.toml" --nodes "$nodes" --set scenario.duration=1h \
    --port $port --no-browser --speed max >"$work/out" 2>"$work/progress" &
running=$!

client() {
    while :; do
        count=$(curl -s "http://127.0.0.1:$port/api/live" | sed 's/.*"blocks":\([0-9]*\).*/\1/')
        curl -s -o /dev/null "http://127.0.0.1:$port/api/blocks/$((count - 1))"
    done
}
said() { tr '\r' '\n' <"$work/progress" | sed -n 's/.* \([0-9]*\) events\/s.*/\1/p'; }
measure() { # WHAT
    before=$(said | wc -l)
    sleep "$each"
    said | tail -n "+$((before + 1))" | awk -v what="$1" '{ sum += $1 } END { printf "%-16s %8.0f events/s\n", what, NR ? sum / NR : 0 }'
}
sleep 10 # the JVM warms up
measure alone
its=
i=0
while [ $i -lt "$clients" ]; do
    client 2>/dev/null &
    its="$its $!"
    i=$((i + 1))
done
running="$running $its"
measure "$clients clients"
for one in $its; do kill "$one"; done
measure "alone again"
