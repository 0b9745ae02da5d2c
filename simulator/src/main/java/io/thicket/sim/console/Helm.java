package io.thicket.sim.console;

import java.util.OptionalDouble;

/** Where the run goes: what commands ask of the session. */
interface Helm {
    void pause();

    /** With another factor, or as before. */
    void run(OptionalDouble factor);

    void step(long events);

    /** Stops before anything happens at {@code ms}; if that is past, at once. */
    void until(long ms);

    void stop();

    /** A console that stands goes on until {@code errand} is done. */
    void await(Errand errand);
}
