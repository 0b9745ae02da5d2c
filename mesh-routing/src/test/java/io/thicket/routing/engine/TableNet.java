package io.thicket.routing.engine;

import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.check.HeldRoute;
import io.thicket.routing.check.Invariant;
import io.thicket.routing.check.Judge;
import io.thicket.routing.check.RouterView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A few routing tables with letters for names, for stories told advert by advert. D is the destination; a hop costs 10.
 * Judged after every step.
 */
final class TableNet {
    static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);

    /** An advert on its way. */
    record Advert(char from, int boot, Seq seq, long metric) {}

    private final class Node implements RouterView {
        final char name;
        final Map<Character, FixedHop> sessions = new LinkedHashMap<>();
        RoutingTable table;
        int boot = 1;
        Seq ownSeq = new Seq(1, 1);

        Node(char name) {
            this.name = name;
            this.table = newTable();
        }

        private RoutingTable newTable() {
            return new RoutingTable(idOf(name), 8, rules, (entry, reason, lost) -> changes++);
        }

        @Override
        public NodeId self() {
            return idOf(name);
        }

        @Override
        public Seq ownSeq() {
            return ownSeq;
        }

        @Override
        public int bootTag() {
            return boot;
        }

        @Override
        public List<HeldRoute> routes() {
            return EngineView.routesOf(table);
        }

        @Override
        public int queued() {
            return 0;
        }

        @Override
        public int neighbors() {
            return 0;
        }

        @Override
        public long counter(RoutingCounter counter) {
            return 0;
        }
    }

    private final RuleSwitches rules;
    private final String names;
    private final Map<Character, Node> nodes = new LinkedHashMap<>();
    private final Judge judge;

    /** What the memory of an announcement lasts for; another value shortens H. */
    RoutingParameters holds = WIFI;

    long now = 1_000;
    int changes;

    TableNet(String names, RuleSwitches rules) {
        this(names, rules, Judge.safety());
    }

    TableNet(String names, RuleSwitches rules, List<Invariant> invariants) {
        this.rules = rules;
        this.names = names;
        this.judge = new Judge(names.length(), invariants);
        for (char name : names.toCharArray()) {
            nodes.put(name, new Node(name));
        }
        for (Node node : nodes.values()) {
            judge(node);
        }
    }

    private static NodeId idOf(char name) {
        return new NodeId(name);
    }

    static NodeId destination() {
        return idOf('D');
    }

    Node node(char name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return node;
    }

    /** D, then each next letter learns from the one before: a chain of routes to D. */
    TableNet chain(String way) {
        for (int i = 0; i + 1 < way.length(); i++) {
            tell(way.charAt(i), way.charAt(i + 1));
        }
        return this;
    }

    /** What {@code from} would announce now; null if it has no route. Announcing is remembered (U3). */
    @Nullable
    Advert say(char from) {
        Node node = node(from);
        if (from == 'D') {
            return new Advert(from, node.boot, node.ownSeq, 0);
        }
        RoutingTable.Advert advert = node.table.advertise(now, destination(), holds);
        judge(node);
        return advert == null ? null : new Advert(from, node.boot, advert.seq(), advert.metric());
    }

    /** {@code to} hears it, however late, if its session is with that boot. */
    void hear(char to, @Nullable Advert advert) {
        if (advert == null) {
            return;
        }
        Node node = node(to);
        FixedHop session = session(node, advert.from());
        if (session.bootTag() == advert.boot()) {
            node.table.advert(now, destination(), session, advert.seq(), advert.metric(), 1);
            judge(node);
        }
    }

    void tell(char from, char to) {
        hear(to, say(from));
    }

    private FixedHop session(Node node, char peer) {
        return node.sessions.computeIfAbsent(peer, key -> new FixedHop(idOf(peer), node(peer).boot));
    }

    /** The link fails in {@code at}'s eyes. */
    void breakLink(char at, char to) {
        Node node = node(at);
        FixedHop session = session(node, to);
        session.usable = false;
        node.table.linkUnusable(now, session, Reason.LINK_DOWN);
        judge(node);
    }

    /** {@code at} hears from {@code from} that it has no route. */
    void refuse(char at, char from) {
        Node node = node(at);
        node.table.withdrawn(now, destination(), session(node, from), Reason.REFUSED);
        judge(node);
    }

    void newSeq() {
        node('D').ownSeq = node('D').ownSeq.next();
        judge(node('D'));
    }

    void reboot(char name) {
        Node node = node(name);
        node.boot++;
        node.ownSeq = new Seq(node.ownSeq.epoch() + 1, 1);
        node.table = node.newTable();
        node.sessions.clear();
        judge(node);
    }

    /** {@code at} finds out that {@code peer} restarted (after the challenge). */
    void meet(char at, char peer) {
        Node node = node(at);
        FixedHop old = node.sessions.remove(peer);
        if (old != null) {
            old.usable = false;
            node.table.sessionEnded(now, old, Reason.NEIGHBOR_REBOOTED);
        }
        judge(node);
    }

    void passMs(long ms) {
        now += ms;
        for (char name : names.toCharArray()) {
            node(name).table.sweep(now, any -> false);
            judge(node(name));
        }
    }

    /** Who the route leads to, '-' if there is none. */
    char nextHop(char name) {
        RouteEntry entry = node(name).table.get(destination());
        NextHop hop = entry == null ? null : entry.nextHop();
        return hop == null ? '-' : (char) hop.id().value();
    }

    @Nullable
    RouteEntry entry(char name) {
        return node(name).table.get(destination());
    }

    private void judge(Node node) {
        String problem = judge.afterEvent(now, names.indexOf(node.name), node);
        if (!problem.isEmpty()) {
            throw new AssertionError(problem);
        }
    }
}
