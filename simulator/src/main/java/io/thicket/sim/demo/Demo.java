package io.thicket.sim.demo;

import io.thicket.sim.kernel.Seeds;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of the demo, on the thread that calls {@link #run}: broker, judge, network, then a loop that looks at the
 * network, answers keys, and kills and revives relays.
 */
final class Demo {
    /** A reading this old must have arrived. */
    static final long OVERDUE_MS = 10_000;

    /** A run that was broken off before this is not asked for hops. */
    private static final long JUDGED_AFTER_MS = 30_000;

    private static final long HEAL_POLL_MS = 25;
    private static final long DRAW_MS = 500;
    private static final long LINE_MS = 5_000;
    private static final int MAX_EVENTS = 100;

    private final DemoOptions options;
    private final PrintStream lines;
    private final Map<String, String> environment;
    private final long startedAtNs = System.nanoTime();
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final ReadingBook book = new ReadingBook();
    private final List<String> events = new ArrayList<>();
    private String killed = "";
    private long killedAtMs;
    private long healMs = -1;
    private boolean healing;
    private boolean plain;
    private long startedRunningMs;

    /** {@code lines}: where plain lines go, and the view if there is a terminal. */
    Demo(DemoOptions options, PrintStream lines, Map<String, String> environment) {
        this.options = options;
        this.lines = lines;
        this.environment = environment;
    }

    /** Ends the run soon; from any thread. */
    void requestStop() {
        stopRequested.countDown();
    }

    /**
     * Runs to the end.
     *
     * @throws IOException if it cannot start; the message is a sentence
     */
    DemoReport run() throws IOException {
        Optional<Terminal> terminal =
                options.headless() || options.json() ? Optional.empty() : Terminal.open(lines, environment);
        try {
            terminal.ifPresent(open -> open.draw(
                    List.of("Thicket demo  " + options.nodes() + " nodes", "", "starting the broker and the nodes")));
            return run(terminal);
        } finally {
            terminal.ifPresent(Terminal::close);
        }
    }

    private DemoReport run(Optional<Terminal> terminal) throws IOException {
        try (Broker broker = Broker.of(options);
                DemoSubscriber judge = DemoSubscriber.connect(broker.url(), DemoNode.NETWORK, book, this::nowMs);
                DemoNetwork network =
                        new DemoNetwork(options.nodes(), new Seeds(options.seed()), broker.url(), book, this::nowMs)) {
            startedRunningMs = nowMs();
            if (terminal.isPresent()) {
                network.start();
                interactive(network, broker, terminal.get());
            } else {
                plain = true;
                say("broker " + broker.url() + (broker.isOwn() ? " (built in)" : "") + ", CoAP " + coapUrl(network)
                        + ", seed " + new Seeds(options.seed()));
                network.start();
                headless(network);
            }
            return report(network, judge);
        }
    }

    private void headless(DemoNetwork network) throws IOException {
        long endMs = nowMs() + (options.forMs() > 0 ? options.forMs() : DemoOptions.DEFAULT_HEADLESS_MS);
        long killMs = nowMs() + (endMs - nowMs()) / 3;
        long lineMs = nowMs() + LINE_MS;
        while (nowMs() < endMs && !pause(healing ? HEAL_POLL_MS : DRAW_MS / 5)) {
            if (killed.isEmpty() && nowMs() >= killMs) {
                kill(network);
            }
            look(network);
            if (nowMs() >= lineMs) {
                lineMs += LINE_MS;
                say(String.format(
                        Locale.ROOT,
                        "%d of %d readings, up to %d hops, p50 %d ms, p95 %d ms",
                        book.delivered(),
                        book.offered(),
                        book.maxHops(),
                        book.latencyMs(50),
                        book.latencyMs(95)));
            }
        }
    }

    private void interactive(DemoNetwork network, Broker broker, Terminal terminal) throws IOException {
        DemoScreen screen = new DemoScreen(!environment.containsKey("NO_COLOR"), Terminal.showsUnicode(environment));
        long endMs = options.forMs() > 0 ? nowMs() + options.forMs() : Long.MAX_VALUE;
        long drawMs = 0;
        while (nowMs() < endMs && stopRequested.getCount() > 0) {
            int key = terminal.readKey();
            if (key == 'q' || key == 'Q') {
                return;
            } else if (key == 'k' || key == 'K') {
                kill(network);
            } else if (key == 'r' || key == 'R') {
                revive(network);
            }
            List<DemoNetwork.Way> ways = look(network);
            if (nowMs() >= drawMs || key != Terminal.NO_KEY) {
                drawMs = nowMs() + DRAW_MS;
                Terminal.Size size = terminal.size();
                terminal.draw(screen.lines(picture(network, broker, ways), size.rows(), size.columns()));
            }
            if (healing) {
                pause(1);
            }
        }
    }

    /** Looks whether the network has healed. */
    private List<DemoNetwork.Way> look(DemoNetwork network) {
        List<DemoNetwork.Way> ways = network.ways();
        if (healing && DemoNetwork.isHealed(ways)) {
            healing = false;
            healMs = nowMs() - killedAtMs;
            event("healed in " + healMs + " ms: " + wayOf(network.farthest(), ways));
        }
        return ways;
    }

    private void kill(DemoNetwork network) {
        List<DemoNetwork.Way> ways = network.ways();
        Optional<DemoNode> relay = network.busiestRelay(ways);
        if (relay.isEmpty()) {
            event("no relay is in use that the others could do without");
            return;
        }
        String before = wayOf(network.farthest(), ways);
        relay.get().kill();
        killed = relay.get().name();
        killedAtMs = nowMs();
        healMs = -1;
        healing = true;
        event("killed " + killed + "; the way was " + before);
    }

    private void revive(DemoNetwork network) throws IOException {
        for (DemoNode node : network.nodes()) {
            if (!node.isUp()) {
                network.start(node);
                event("revived " + node.name());
                return;
            }
        }
        event("nobody is dead");
    }

    private DemoReport report(DemoNetwork network, DemoSubscriber judge) {
        Map<String, DemoNode> byName = new LinkedHashMap<>();
        network.nodes().forEach(node -> byName.put(node.name(), node));
        List<String> lost = new ArrayList<>();
        long nowMs = nowMs();
        for (ReadingBook.Made reading : book.missing(network.living(), nowMs - OVERDUE_MS)) {
            DemoNode node = byName.get(reading.node());
            lost.add(String.format(
                    Locale.ROOT,
                    "%s reading %d, %.1f s old: %s",
                    reading.node(),
                    reading.serial(),
                    (nowMs - reading.atMs()) / 1000.0,
                    node == null ? "unknown node" : node.fateOf(reading.serial())));
        }
        if (!judge.problem().isEmpty()) {
            lost.add(judge.problem());
        }
        return new DemoReport(
                options.nodes(),
                book.maxHops(),
                book.offered(),
                book.delivered(),
                book.duplicates().size(),
                lost,
                healMs,
                book.latencyMs(50),
                book.latencyMs(95),
                options.seed(),
                killed,
                healing && nowMs - killedAtMs > OVERDUE_MS,
                nowMs - startedRunningMs >= JUDGED_AFTER_MS || stopRequested.getCount() > 0 && plain);
    }

    private DemoPicture picture(DemoNetwork network, Broker broker, List<DemoNetwork.Way> ways) {
        Map<DemoNode, DemoNetwork.Way> byNode = new LinkedHashMap<>();
        ways.forEach(way -> byNode.put(way.from(), way));
        List<DemoPicture.NodeLine> nodes = new ArrayList<>();
        for (DemoNode node : network.nodes()) {
            DemoNetwork.Way way = byNode.get(node);
            boolean routed = way != null && way.isWhole();
            nodes.add(new DemoPicture.NodeLine(
                    node.name(),
                    node.isUp(),
                    node.isGateway(),
                    way != null && routed ? way.nodes().get(1).name() : "",
                    way != null && routed ? way.hops() : -1));
        }
        return new DemoPicture(
                broker.url(),
                broker.isOwn(),
                new Seeds(options.seed()).toString(),
                nowMs(),
                nodes,
                book.newest(50),
                book.offered(),
                book.delivered(),
                book.duplicates().size(),
                book.missing(network.living(), nowMs() - OVERDUE_MS).size(),
                book.maxHops(),
                book.latencyMs(50),
                book.latencyMs(95),
                events,
                hints(network, broker));
    }

    private List<String> hints(DemoNetwork network, Broker broker) {
        String target = broker.url().substring("tcp://".length());
        int colon = target.lastIndexOf(':');
        String host = target.substring(0, colon);
        String port = target.substring(colon + 1);
        String coap = coapUrl(network);
        return List.of(
                "mosquitto_sub -V 5 -h " + host + (port.equals("1883") ? "" : " -p " + port)
                        + " -t 'thicket/v1/+/n/+/data' -v",
                "coap-client-notls -m get " + coap + "/nodes",
                "coap-client-notls -m get -P " + coap + " coap://"
                        + network.farthest().name() + "/sensors/" + DemoNode.SENSOR);
    }

    private static String coapUrl(DemoNetwork network) {
        return "coap://" + network.coap().getAddress().getHostAddress() + ":"
                + network.coap().getPort();
    }

    private static String wayOf(DemoNode node, List<DemoNetwork.Way> ways) {
        for (DemoNetwork.Way way : ways) {
            if (way.from() == node) {
                return String.join(
                        " > ", way.nodes().stream().map(DemoNode::name).toList());
            }
        }
        return node.name() + " is dead";
    }

    private void event(String text) {
        if (events.size() == MAX_EVENTS) {
            events.remove(0);
        }
        events.add(text);
        if (plain) {
            say(text);
        }
    }

    private void say(String text) {
        long ms = nowMs();
        lines.println(String.format(Locale.ROOT, "%02d:%02d  %s", ms / 60_000, ms / 1000 % 60, text));
    }

    private long nowMs() {
        return (System.nanoTime() - startedAtNs) / 1_000_000;
    }

    /** Waits; true if the run shall end. */
    private boolean pause(long ms) {
        try {
            return stopRequested.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The broker of a run: the user's, or an own one. */
    private record Broker(String url, @Nullable EmbeddedBroker own) implements AutoCloseable {
        static Broker of(DemoOptions options) throws IOException {
            if (!options.broker().isEmpty()) {
                return new Broker(options.broker(), null);
            }
            EmbeddedBroker embedded = EmbeddedBroker.start();
            return new Broker(embedded.url(), embedded);
        }

        boolean isOwn() {
            return own != null;
        }

        @Override
        public void close() {
            if (own != null) {
                own.close();
            }
        }
    }
}
