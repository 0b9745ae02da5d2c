#!/bin/sh
# A sweep over one machine or several by GNU parallel, then put together:
#
#   export THICKET=$PWD/thicket                    # unless thicket is on the PATH
#   SHARDS=8 simulator/cluster/gnu-parallel.sh greenhouse.toml greenhouse.sweep
#   SHARDS=8 simulator/cluster/gnu-parallel.sh greenhouse.toml greenhouse.sweep --sshloginfile machines.txt --workdir "$PWD"
#
# What follows the directory goes to parallel. On other machines the directory must be the same one, by a shared file system. Started
# again it goes on where it was. Shown is the table of the whole; the exit code is that of sim merge, and not 0
# if a shard did not end well.
set -eu
scenario=${1:?is the scenario file}
out=${2:?is the directory of the results}
shift 2
shards=${SHARDS:-$(nproc)}

status=0
# --quote: parallel hands its command to a shell, where a name with a space would be two.
seq "$shards" | parallel --will-cite --quote --jobs "${PARALLEL_JOBS:-$(nproc)}" "$@" \
    "${THICKET:-thicket}" sim sweep "$scenario" \
    --shard "{}/$shards" \
    --out "$out" --resume --ignore-checks --quiet --jobs 1 >/dev/null || status=1
[ "$status" -eq 0 ] || echo "$0: a shard did not end well; what there is is put together" >&2
"${THICKET:-thicket}" sim merge "$out" --out "$out" || status=$?
exit "$status"
