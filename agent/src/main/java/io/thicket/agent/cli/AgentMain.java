package io.thicket.agent.cli;

import java.util.List;

/** {@code thicket agent}: a sensor node or a relay, in the foreground. */
public final class AgentMain {
    private AgentMain() {}

    public static void main(String[] args) {
        System.exit(new Daemon("agent", List.of(), (config, self, timers, wallClock, random) -> null).run(args));
    }
}
