package io.thicket.sim.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of the console. Those that {@code thicket} has for a running agent, too, mean the same here. */
public enum Word {
    HELP(Kind.STEERS, "help [WORD]", "what there is, or about one word"),
    PAUSE(Kind.STEERS, "pause", "stop here; in a file of commands: stop there, if there is a console"),
    RUN(Kind.STEERS, "run [SPEED]", "go on to the end: as fast as it goes (max), or 1x as fast as life, 10x ..."),
    STEP(Kind.STEERS, "step [N|TIME]", "the next event, the next N, or so much simulated time (step 100ms), and stop"),
    UNTIL(Kind.STEERS, "until TIME", "go on to this time of the run, and stop before anything happens at it"),
    STATUS(Kind.ASKS, "status [NODE]", "how the run is, or a node: 'thicket status'"),
    NODES(Kind.ASKS, "nodes", "all nodes of the scenario"),
    NODE(Kind.ASKS, "node NODE", "everything about one: status, routes, neighbours"),
    ROUTES(Kind.ASKS, "routes NODE", "its routes: 'thicket routes'"),
    NEIGHBORS(Kind.ASKS, "neighbors NODE", "whom it hears: 'thicket neighbors'"),
    EXPLAIN(
            Kind.ASKS,
            "explain NODE [TO]",
            "why NODE reaches TO, or else its gateway, as it does: 'thicket explain TO --at NODE'"),
    TRACE(Kind.ACTS, "trace NODE TO", "the hops to TO and back: 'thicket trace TO --at NODE'. It is traffic"),
    PING(
            Kind.ACTS,
            "ping NODE TO [--count N] [--interval SECONDS]",
            "whether TO answers NODE: 'thicket ping TO'. It is traffic"),
    KILL(Kind.ACTS, "kill NODE...", "cut the power of nodes; what is on their disks stays"),
    REBOOT(
            Kind.ACTS,
            "reboot NODE [kept|torn|lost]",
            "start a node that was killed, or take the power of one that runs for a second; the last write to its disk is torn,"
                    + " or all of it lost"),
    LINK(
            Kind.ACTS,
            "link NODE TO loss SHARE|down|up [both|one-way]",
            "from now on a share of the frames between two nodes is lost (0.5 or 50%), all of them, or no more than in the scenario;"
                    + " one-way is of NODE's frames to TO only"),
    SEND(
            Kind.ACTS,
            "send NODE TO|gateway [BYTES]",
            "a packet more, which counts as those of the scenario; of 16 bytes unless said. Tells when it arrives, and says so if it has not"
                    + " arrived in a minute"),
    CHECKS(Kind.ASKS, "checks", "what the scenario's checks say so far"),
    STOP(Kind.ACTS, "stop", "end the run here, and judge it; also quit");

    /** What a word does. */
    enum Kind {
        /** Where the run stops: of a console only. */
        STEERS,
        /** Looks, and changes nothing. */
        ASKS,
        /** Changes what happens: at a whole ms. */
        ACTS
    }

    private final Kind kind;
    private final String usage;
    private final String help;

    Word(Kind kind, String usage, String help) {
        this.kind = kind;
        this.usage = usage;
        this.help = help;
    }

    Kind kind() {
        return kind;
    }

    String usage() {
        return usage;
    }

    String help() {
        return help;
    }

    /** As it is typed. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Word> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("quit") || lower.equals("exit")) {
            return Optional.of(STOP);
        }
        return Arrays.stream(values()).filter(word -> word.text().equals(lower)).findFirst();
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(Word::text).toList();
    }
}
