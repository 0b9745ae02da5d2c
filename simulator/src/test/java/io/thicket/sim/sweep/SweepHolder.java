package io.thicket.sim.sweep;

import java.io.IOException;
import java.nio.file.Path;

/** A process that has a sweep's results open until its standard input ends. */
public final class SweepHolder {
    private SweepHolder() {}

    public static void main(String[] args) throws IOException, SweepException {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..2"));
        try (SweepOutput output = SweepOutput.open(Path.of(args[0]), header, true)) {
            System.out.println("open " + output.outcomes().size());
            while (System.in.read() >= 0) {
                // It waits.
            }
        }
    }
}
