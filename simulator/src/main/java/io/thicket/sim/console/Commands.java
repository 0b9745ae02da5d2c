package io.thicket.sim.console;

import io.thicket.sim.run.RefusedException;
import io.thicket.sim.run.RunControl;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What commands do. Nodes are numbers that exist. */
interface Commands {
    void help(Optional<Word> word);

    void pause();

    /** So many simulated seconds a second, infinite for as fast as it goes; empty for as before. */
    void run(OptionalDouble factor);

    void step(long events);

    void stepFor(long ms);

    void until(long ms) throws RefusedException;

    void status();

    /** One of the pages about a node, STATUS, NODE, ROUTES or NEIGHBORS. */
    void page(Word word, int node, boolean json) throws RefusedException;

    void nodes();

    void explain(int node, Optional<Integer> to, boolean json) throws RefusedException;

    void trace(int node, int to, boolean json) throws RefusedException;

    void ping(int node, int to, int count, int intervalS) throws RefusedException;

    void kill(List<Integer> nodes) throws RefusedException;

    void reboot(int node, RunControl.Storage storage) throws RefusedException;

    void link(int from, int to, LinkOrder order) throws RefusedException;

    /** An empty {@code to} is any gateway. */
    void send(int from, Optional<Integer> to, int bytes) throws RefusedException;

    void checks();

    void stop();
}
