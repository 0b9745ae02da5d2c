#!/bin/sh
# A sweep as a Slurm array: each task does one shard, all write into one directory that every machine sees.
#
#   export SHARDS=8 SCENARIO=$PWD/greenhouse.toml OUT=$PWD/greenhouse.sweep THICKET=$PWD/thicket
#   job=$(sbatch --parsable --array=1-$SHARDS simulator/cluster/slurm-array.sh)
#   sbatch --dependency=afterany:$job --wrap "$THICKET sim merge $OUT --out $OUT"
#
# Build once before, so that the tasks do not all do it: $THICKET --help. Machines with fewer processors or less memory than is asked for
# below leave the tasks pending without a word: --cpus-per-task=2 --mem=4G, between sbatch and the script, asks for less.
#
# A task that is put back into the queue goes on where it was. After a task was cancelled or ran out of time, submit the whole array again, or
# that task alone (--array=3) with the same SHARDS: what is done stays, what is missing is run.
#
#SBATCH --job-name=thicket-sweep
#SBATCH --array=1-8
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=08:00:00
#SBATCH --requeue
set -eu
: "${SCENARIO:?is the scenario file}" "${OUT:?is the directory of the results}"
# Slurm knows how many tasks were submitted together, which is another number if some are submitted again.
: "${SHARDS:?is how many shards there are, as many as the array 1-SHARDS has tasks}"

exec "${THICKET:-thicket}" sim sweep "$SCENARIO" \
    --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" \
    --out "$OUT" --resume --ignore-checks --quiet \
    --jobs "${SLURM_CPUS_PER_TASK:-1}"
