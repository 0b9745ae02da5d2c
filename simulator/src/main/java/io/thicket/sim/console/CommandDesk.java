package io.thicket.sim.console;

import io.thicket.agent.cli.Failure;
import io.thicket.agent.cli.PageText;
import io.thicket.agent.coap.NodePages;
import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.NodeId;
import io.thicket.sim.run.CheckResult;
import io.thicket.sim.run.RefusedException;
import io.thicket.sim.run.RunControl;
import io.thicket.sim.scenario.ns3.Flow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/** Does what commands say, and prints what there is to say about it. Everything about a node is its own pages. */
final class CommandDesk implements Commands {
    private final RunControl control;
    private final Helm helm;
    private final Consumer<String> out;

    /** @param out takes texts of one or more lines without the last line's end */
    CommandDesk(RunControl control, Helm helm, Consumer<String> out) {
        this.control = control;
        this.helm = helm;
        this.out = out;
    }

    @Override
    public void help(Optional<Word> about) {
        if (about.isPresent()) {
            out.accept(about.get().usage() + "\n  " + about.get().help());
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Word word : Word.values()) {
            text.append(word.usage()).append("\n  ").append(word.help()).append('\n');
        }
        out.accept(text + "NODE is a number or a name. The end of the input is 'run'. docs/cli.md tells more.");
    }

    @Override
    public void pause() {
        helm.pause();
    }

    @Override
    public void run(OptionalDouble factor) {
        helm.run(factor);
    }

    @Override
    public void step(long events) {
        helm.step(events);
    }

    @Override
    public void stepFor(long ms) {
        helm.until(control.nowUs() / 1_000 + ms);
    }

    @Override
    public void until(long ms) throws RefusedException {
        if (ms * 1_000 < control.nowUs()) {
            throw new RefusedException("that is past: it is " + seconds() + " s");
        }
        helm.until(ms);
    }

    private String seconds() {
        return ConsoleSession.seconds(control.nowUs());
    }

    @Override
    public void status() {
        int up = 0;
        for (int i = 0; i < control.names().size(); i++) {
            up += control.isUp(i) ? 1 : 0;
        }
        out.accept("time     " + seconds() + " of " + ConsoleSession.seconds(control.durationMs() * 1_000) + " s, "
                + control.events() + " events\nnodes    " + up + " of "
                + control.names().size()
                + " run\npackets  " + control.delivered() + " of " + control.offered()
                + " arrived (made since the warm-up)");
    }

    @Override
    public void nodes() {
        List<String> heads = List.of("NODE", "NAME", "ROLE", "STATE", "GATEWAY", "HOPS", "QUEUED", "NEIGHBORS", "ID");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < control.names().size(); i++) {
            rows.add(row(i));
        }
        out.accept(PageText.table(heads, rows).stripTrailing());
    }

    private List<String> row(int node) {
        String role = control.isGateway(node) ? "gateway" : control.isSensor(node) ? "sensor" : "relay";
        String name = control.names().get(node);
        Optional<NodeSnapshot> now = control.node(node);
        if (now.isEmpty()) {
            String why = "down: " + control.whyDown(node);
            String id = control.id(node).toString();
            return List.of(String.valueOf(node), name, role, why, "-", "-", "-", "-", id);
        }
        NodeId gateway = now.get().routing().pinnedGateway();
        String hops = now.get().routing().gateways().stream()
                .filter(its -> its.id().equals(gateway) && its.hops() >= 0)
                .map(its -> String.valueOf(its.hops()))
                .findFirst()
                .orElse(control.isGateway(node) ? "0" : "-");
        return List.of(
                String.valueOf(node),
                name,
                role,
                "up",
                gateway == null ? "-" : name(gateway),
                hops,
                String.valueOf(now.get().routing().queued()),
                String.valueOf(now.get().routing().neighbors().size()),
                control.id(node).toString());
    }

    private String name(NodeId id) {
        return number(id).map(node -> control.names().get(node)).orElse(id.toString());
    }

    private Optional<Integer> number(NodeId id) {
        for (int i = 0; i < control.names().size(); i++) {
            if (control.id(i).equals(id)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private NodeSnapshot node(int node) throws RefusedException {
        return control.nodeThatRuns(node);
    }

    @Override
    public void page(Word word, int node, boolean json) throws RefusedException {
        NodeSnapshot now = node(node);
        try {
            out.accept(
                    switch (word) {
                        case STATUS -> one(NodePages.status(now), PageText::status, json);
                        case ROUTES -> one(NodePages.routes(now), PageText::routes, json);
                        case NEIGHBORS -> one(NodePages.neighbors(now), PageText::neighbors, json);
                        default -> whole(now, json);
                    });
        } catch (Failure e) {
            throw own(e);
        }
    }

    /** All that the separate pages have; as JSON one object with a field for each. */
    private static String whole(NodeSnapshot now, boolean json) throws Failure {
        String status = one(NodePages.status(now), PageText::status, json);
        String neighbors = one(NodePages.neighbors(now), PageText::neighbors, json);
        String routes = one(NodePages.routes(now), PageText::routes, json);
        return json
                ? "{\"status\":" + status + ",\"neighbors\":" + neighbors + ",\"routes\":" + routes + "}"
                : status + "\n\n" + neighbors + "\n\n" + routes;
    }

    private static String one(byte[] page, PingErrand.Printer people, boolean json) throws Failure {
        return json
                ? new String(page, StandardCharsets.UTF_8)
                : people.text(page).stripTrailing();
    }

    private static AssertionError own(Failure e) {
        return new AssertionError("a node's own page cannot be read", e);
    }

    @Override
    public void explain(int node, Optional<Integer> to, boolean json) throws RefusedException {
        control.requireThicket("'explain'");
        NodeSnapshot now = node(node);
        NodeId gateway = now.routing().pinnedGateway();
        Optional<Integer> whom = to.isPresent() || gateway == null ? to : number(gateway);
        if (whom.isEmpty()) {
            out.accept(control.names().get(node) + " knows no gateway; name a node: explain "
                    + control.names().get(node) + " TO");
            return;
        }
        byte[] page = NodePages.explain(now, control.id(whom.get()), control.explain(node, whom.get()));
        try {
            out.accept(one(page, PageText::explain, json));
        } catch (Failure e) {
            throw own(e);
        }
    }

    @Override
    public void trace(int node, int to, boolean json) throws RefusedException {
        control.requireThicket("'trace'");
        node(node);
        helm.await(PingErrand.trace(
                control,
                out,
                node,
                to,
                page -> page.length == 0
                        ? "not sent, " + control.names().get(node) + " has too many traces to do"
                        : one(page, PageText::trace, json)));
    }

    @Override
    public void ping(int node, int to, int count, int intervalS) throws RefusedException {
        control.requireThicket("'ping'");
        node(node);
        helm.await(PingErrand.pings(control, out, node, to, count, intervalS));
    }

    @Override
    public void kill(List<Integer> nodes) throws RefusedException {
        // All or none: of a command that is refused nothing must have happened.
        Set<Integer> victims = new LinkedHashSet<>(nodes);
        for (int node : victims) {
            control.refuseIfDown(node);
        }
        for (int node : victims) {
            control.kill(node);
            out.accept(control.names().get(node) + " has no power");
        }
    }

    @Override
    public void reboot(int node, RunControl.Storage storage) throws RefusedException {
        long startsUs = control.reboot(node, storage);
        String disk = storage == RunControl.Storage.KEPT
                ? ""
                : storage == RunControl.Storage.LOST ? ", its disk empty" : ", the last write to its disk torn";
        out.accept(control.names().get(node)
                + (startsUs == control.nowUs()
                        ? " starts" + disk
                        : " has no power, and starts at " + ConsoleSession.seconds(startsUs) + " s" + disk));
    }

    @Override
    public void link(int from, int to, LinkOrder order) {
        change(from, to, order);
        if (!order.oneWay()) {
            change(to, from, order);
        }
    }

    private void change(int from, int to, LinkOrder order) {
        String way = control.names().get(from) + " to " + control.names().get(to) + ": ";
        boolean heard = control.hears(from, to);
        switch (order.state()) {
            case UP -> {
                boolean changed = control.restore(from, to);
                String now = control.hears(from, to)
                        ? "as in the scenario"
                        : "as in the scenario, which is out of reach now";
                out.accept(way + (changed ? now : "was " + now));
            }
            case DOWN -> {
                control.cut(from, to);
                out.accept(way + (heard ? "nothing arrives" : "nothing arrived before, either"));
            }
            case LOSS -> {
                control.lose(from, to, order.loss());
                String percent =
                        String.format(Locale.ROOT, "%.4g", order.loss() * 100).replaceAll("\\.?0+$", "");
                out.accept(way
                        + (control.hears(from, to) || heard
                                ? percent + " % of the frames are lost"
                                : "out of reach: nothing arrives"));
            }
        }
    }

    @Override
    public void send(int from, Optional<Integer> to, int bytes) throws RefusedException {
        long number = control.send(from, to.orElse(Flow.ANY_GATEWAY), bytes);
        helm.await(new SendErrand(control, out, from, number));
    }

    @Override
    public void checks() {
        List<CheckResult> checks = control.checks();
        if (checks.isEmpty()) {
            out.accept("this scenario has no checks");
            return;
        }
        StringBuilder text = new StringBuilder();
        for (CheckResult check : checks) {
            text.append(check.holds() ? "holds so far  " : "FAILS so far  ")
                    .append(check.name())
                    .append(": ")
                    .append(check.text())
                    .append('\n');
        }
        out.accept(text.toString().stripTrailing());
    }

    @Override
    public void stop() {
        helm.stop();
    }
}
