package io.thicket.sim.console;

import io.thicket.sim.run.RunControl;
import java.util.Locale;
import java.util.function.Consumer;

/** A packet that a command made, until it has arrived. */
final class SendErrand implements Errand {
    /** How long a console waits for it. The packet itself may well arrive later: a reading lives for a day. */
    static final long PATIENCE_US = 60_000_000;

    private final RunControl control;
    private final Consumer<String> out;
    private final int from;
    private final long number;
    private final long startedUs;
    private boolean done;

    SendErrand(RunControl control, Consumer<String> out, int from, long number) {
        this.control = control;
        this.out = out;
        this.from = from;
        this.number = number;
        this.startedUs = control.nowUs();
    }

    @Override
    public void look() {
        if (done) {
            return;
        }
        long deliveredUs = control.deliveredUs(from, number);
        if (deliveredUs >= 0) {
            int hops = control.deliveredHops(from, number);
            out.accept(String.format(
                    Locale.ROOT,
                    "%s arrived after %.1f ms, %d %s",
                    packet(),
                    (deliveredUs - startedUs) / 1e3,
                    hops,
                    hops == 1 ? "hop" : "hops"));
            done = true;
        } else if (control.nowUs() - startedUs >= PATIENCE_US) {
            out.accept(packet() + " has not arrived in a minute");
            done = true;
        }
    }

    private String packet() {
        return "packet " + number + " of " + control.names().get(from);
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void cut() {
        out.accept(packet() + " had not arrived when the run ended");
    }
}
