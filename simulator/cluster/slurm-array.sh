#!/bin/sh
# A sweep as a Slurm array: each task does one shard, all write into one directory that every machine sees.
#
#   export SCENARIO=$PWD/greenhouse.toml OUT=$PWD/greenhouse.sweep THICKET=$PWD/thicket
#   job=$(sbatch --parsable --array=1-8 simulator/cluster/slurm-array.sh)
#   sbatch --dependency=afterany:$job --wrap "$THICKET sim merge $OUT --out $OUT"
#
# A task that is put back into the queue goes on where it was. Build once before, so that the tasks do not all do it: $THICKET --help
#
#SBATCH --job-name=thicket-sweep
#SBATCH --array=1-8
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=08:00:00
#SBATCH --requeue
set -eu
: "${SCENARIO:?is the scenario file}" "${OUT:?is the directory of the results}"

exec "${THICKET:-thicket}" sim sweep "$SCENARIO" \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
    --out "$OUT" --resume --ignore-checks --quiet \
    --jobs "${SLURM_CPUS_PER_TASK:-1}"
