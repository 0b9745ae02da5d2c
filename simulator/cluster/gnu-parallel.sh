#!/bin/sh
# A sweep over one machine or several by GNU parallel, then put together:
#
#   SHARDS=8 simulator/cluster/gnu-parallel.sh greenhouse.toml greenhouse.sweep
#   SHARDS=8 simulator/cluster/gnu-parallel.sh greenhouse.toml greenhouse.sweep --sshloginfile machines.txt --workdir "$PWD"
#
# What follows the directory goes to parallel. On other machines the directory must be the same one, by a shared file system. Started
# again it goes on where it was.
set -eu
scenario=${1:?is the scenario file}
out=${2:?is the directory of the results}
shift 2
shards=${SHARDS:-$(nproc)}

seq "$shards" | parallel --will-cite --jobs "${PARALLEL_JOBS:-$(nproc)}" "$@" \
    "${THICKET:-thicket}" sim sweep "$scenario" \
    --shard "{}/$shards" \
    --out "$out" --resume --ignore-checks --quiet --jobs 1
exec "${THICKET:-thicket}" sim merge "$out" --out "$out"
