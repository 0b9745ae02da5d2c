package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.check.HeldRoute;
import io.thicket.routing.check.Invariant;
import io.thicket.routing.check.Judge;
import io.thicket.routing.check.RouterView;
import io.thicket.routing.engine.RuleSwitches.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A random walk over several real {@link RoutingTable}s and one destination (node 0), without frames: adverts, DATA,
 * acknowledgements and refusals float in a soup that loses, doubles and reorders them within D; links, costs, boots and
 * clocks change at random. Lives are a few ticks, so that every expiry meets every race. Judged after every step.
 */
final class TableWalk {
    /** What happens, with how many of about 100 steps. */
    enum Step {
        TICK(12),
        ADVERTISE(24),
        DELIVER(36),
        NEWER_SEQ(2),
        LINK(5),
        COST(3),
        REPAIR(3),
        DATA(8),
        REPEAT(2),
        HINT(2),
        REBOOT(1),
        MEET(8),
        STALL(1);

        private final int weight;

        Step(int weight) {
            this.weight = weight;
        }
    }

    /** L 24, A 8, D 6 ticks: H = 39. */
    static final long LIFE = 24;

    static final long ALTERNATE = 8;
    static final long MESSAGE = 6;
    static final RoutingParameters TIMES = times(LIFE, ALTERNATE, MESSAGE);

    private static final int SOUP = 24;
    private static final int EXCHANGES = 6;
    private static final long GIVE_UP = 5;
    private static final long SETTLE = 3;
    private static final NodeId TARGET = new NodeId(1_000);

    private enum Kind {
        ADVERT,
        DATA,
        ACK,
        REFUSAL
    }

    private record Message(
            Kind kind,
            int from,
            int fromBoot,
            int to,
            int toBoot,
            @Nullable Seq seq,
            long metric,
            long sentAt,
            @Nullable Exchange exchange) {}

    /** A message of {@code from} on its way to {@code hop}, repeated until acknowledged or given up. */
    private static final class Exchange {
        final int from;
        final int boot;
        final Session hop;
        final long firstSentAt;
        boolean over;

        Exchange(int from, int boot, Session hop, long firstSentAt) {
            this.from = from;
            this.boot = boot;
            this.hop = hop;
            this.firstSentAt = firstSentAt;
        }
    }

    /** What one node knows of a neighbour: one boot of it. */
    private static final class Session implements NextHop {
        final int peer;
        int boot;
        boolean usable = true;
        boolean ended;
        long cost;

        Session(int peer, int boot, long cost) {
            this.peer = peer;
            this.boot = boot;
            this.cost = cost;
        }

        @Override
        public NodeId id() {
            return idOf(peer);
        }

        @Override
        public int bootTag() {
            return boot;
        }

        @Override
        public boolean isUsable() {
            return usable && !ended;
        }

        @Override
        public long cost() {
            return cost;
        }

        @Override
        public RoutingParameters parameters() {
            return TIMES;
        }

        @Override
        public long settleMs() {
            return SETTLE;
        }
    }

    private final class Node implements RouterView {
        final int number;
        final @Nullable Session[] sessions;
        RoutingTable table;
        int boot = 1;
        Seq ownSeq = new Seq(1, 1);
        long alarms;

        Node(int number) {
            this.number = number;
            this.sessions = new Session[size];
            this.table = newTable();
        }

        private RoutingTable newTable() {
            return new RoutingTable(idOf(number), 4, rules, (entry, reason, lost) -> {
                changes++;
                reasons.merge(lost ? reason + " lost" : reason.toString(), 1L, Long::sum);
            });
        }

        @Override
        public NodeId self() {
            return idOf(number);
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
            return counter == RoutingCounter.DESCENT_ALARMS ? alarms : 0;
        }
    }

    private final int size;
    private final RuleSwitches rules;
    private final RoutingParameters holds;
    private final SplittableRandom random;
    private final Judge judge;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Message> soup = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Step[] wheel;
    final Map<String, Long> reasons = new java.util.TreeMap<>();
    final Map<Step, Long> steps = new EnumMap<>(Step.class);
    long changes;
    private long now;
    private String problem = "";

    /** {@code holdTicks} stands for H; the rules that are on decide the rest. */
    TableWalk(long seed, RuleSwitches rules, long holdTicks, List<Invariant> invariants) {
        this.random = new SplittableRandom(seed);
        this.size = 3 + random.nextInt(3);
        this.rules = rules;
        this.holds = times(holdTicks - 3, 1, 1);
        this.judge = new Judge(size, invariants);
        for (int i = 0; i < size; i++) {
            nodes.add(new Node(i));
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                if (i != j && (size < 5 || (i + j) % 4 != 0)) {
                    nodes.get(i).sessions[j] = new Session(j, 1, 1 + random.nextInt(6));
                }
            }
            judge(i);
        }
        wheel = wheel();
    }

    /** Each seed has a temper of its own: some steps often, some never. What no mix of all shows, an extreme may. */
    private Step[] wheel() {
        List<Step> all = new ArrayList<>();
        for (Step step : Step.values()) {
            boolean needed = step == Step.TICK || step == Step.ADVERTISE || step == Step.DELIVER;
            int temper = random.nextInt(4);
            int quarters = temper == 0 ? needed ? 1 : 0 : temper == 3 ? 12 : 4;
            for (int i = 0; i < step.weight * quarters; i++) {
                all.add(step);
            }
        }
        return all.toArray(new Step[0]);
    }

    private static NodeId idOf(int node) {
        return node == 0 ? TARGET : new NodeId(node);
    }

    /** H = sum + 1 for sums up to 50 ticks. */
    private static RoutingParameters times(long life, long alternate, long message) {
        return RoutingParametersForTests.lives(Math.max(1, life), alternate, message);
    }

    /** Walks; the step at which something was broken and what, or an empty text after {@code limit} steps. */
    String walk(long limit) {
        for (long step = 0; step < limit && problem.isEmpty(); step++) {
            Step next = wheel[random.nextInt(wheel.length)];
            steps.merge(next, 1L, Long::sum);
            step(next);
            if (!problem.isEmpty()) {
                return "step " + step + " (" + next + "): " + problem;
            }
        }
        return problem;
    }

    private void step(Step step) {
        int i = random.nextInt(size);
        int j = random.nextInt(size);
        switch (step) {
            case TICK -> tick();
            case ADVERTISE -> advertise(i, j);
            case DELIVER -> deliver();
            case NEWER_SEQ -> {
                nodes.get(0).ownSeq = nodes.get(0).ownSeq.next();
                judge(0);
            }
            case LINK -> link(i, j);
            case COST -> cost(i, j);
            case REPAIR -> repair(i);
            case DATA -> data(i);
            case REPEAT -> repeat();
            case HINT -> hint(i, j);
            case REBOOT -> reboot(i);
            case MEET -> meet(i, j);
            case STALL -> stall(i);
        }
    }

    private void judge(int node) {
        if (problem.isEmpty()) {
            problem = judge.afterEvent(now, node, nodes.get(node));
        }
    }

    private void tick() {
        now += 1 + random.nextInt(3);
        soup.removeIf(message -> now - message.sentAt > MESSAGE);
        exchanges.removeIf(exchange -> exchange.over || now - exchange.firstSentAt > GIVE_UP);
        for (int i = 1; i < size; i++) {
            nodes.get(i).table.sweep(now, destination -> false);
            judge(i);
        }
    }

    private void advertise(int i, int j) {
        Node node = nodes.get(i);
        if (i == 0) {
            say(Kind.ADVERT, i, j, node.ownSeq, 0, null);
            return;
        }
        RoutingTable.Advert advert = node.table.advertise(now, TARGET, holds);
        judge(i);
        if (advert != null) {
            say(Kind.ADVERT, i, j, advert.seq(), advert.metric(), null);
        }
    }

    /** Only to a boot that the sender knows; dropped if the receiver is another one by then (U7). */
    private void say(Kind kind, int from, int to, @Nullable Seq seq, long metric, @Nullable Exchange exchange) {
        Session session = nodes.get(from).sessions[to];
        if (session == null) {
            return;
        }
        if (soup.size() >= SOUP) {
            soup.remove(random.nextInt(soup.size()));
        }
        soup.add(new Message(kind, from, nodes.get(from).boot, to, session.boot, seq, metric, now, exchange));
    }

    private void deliver() {
        if (soup.isEmpty()) {
            return;
        }
        int index = random.nextInt(soup.size());
        Message message = soup.get(index);
        if (random.nextInt(10) >= 3) {
            soup.remove(index); // else a copy stays
        }
        Node to = nodes.get(message.to);
        Session session = to.sessions[message.from];
        if (random.nextInt(10) == 0
                || session == null
                || session.boot != message.fromBoot
                || to.boot != message.toBoot) {
            return;
        }
        switch (message.kind) {
            case ADVERT -> {
                Seq seq = message.seq;
                if (seq != null) {
                    to.table.advert(now, TARGET, session, seq, message.metric, 1);
                }
            }
            case DATA -> onData(to, message);
            case ACK -> {
                Exchange exchange = message.exchange;
                if (exchange != null && !exchange.over && exchange.boot == to.boot) {
                    exchange.over = true;
                    boolean fromFirst = rules.isOn(Rule.U9_FIRST_SENT);
                    to.table.acknowledged(TARGET, exchange.hop, fromFirst ? exchange.firstSentAt : now);
                }
            }
            case REFUSAL -> {
                Exchange exchange = message.exchange;
                if (exchange != null && !exchange.over && exchange.boot == to.boot) {
                    exchange.over = true;
                    to.table.withdrawn(now, TARGET, exchange.hop, Reason.REFUSED);
                }
            }
        }
        judge(message.to);
    }

    /** U8 and custody, as DataPlane does it. */
    private void onData(Node to, Message message) {
        if (to.number == 0) {
            say(Kind.ACK, to.number, message.from, null, 0, message.exchange);
            return;
        }
        RouteEntry entry = to.table.get(TARGET);
        FeasibilityDistance mine = entry == null ? null : entry.feasibility();
        Seq seq = message.seq;
        if (entry == null || mine == null || seq == null) {
            say(Kind.REFUSAL, to.number, message.from, null, 0, message.exchange);
            return;
        }
        boolean descends = FeasibilityDistance.isBetter(mine.seq(), mine.metric(), seq, message.metric);
        if (!descends && rules.isOn(Rule.U8_DESCENT)) {
            to.alarms++;
            return;
        }
        if (entry.nextHop() == null) {
            say(Kind.REFUSAL, to.number, message.from, null, 0, message.exchange);
            return;
        }
        to.table.acknowledging(now, TARGET, holds);
        say(Kind.ACK, to.number, message.from, null, 0, message.exchange);
    }

    private void data(int i) {
        RouteEntry entry = i == 0 ? null : nodes.get(i).table.get(TARGET);
        if (entry != null && entry.nextHop() instanceof Session hop && exchanges.size() < EXCHANGES) {
            Exchange exchange = new Exchange(i, nodes.get(i).boot, hop, now);
            exchanges.add(exchange);
            transmit(exchange);
        }
    }

    private void repeat() {
        if (!exchanges.isEmpty()) {
            Exchange exchange = exchanges.get(random.nextInt(exchanges.size()));
            RouteEntry entry = nodes.get(exchange.from).table.get(TARGET);
            // As Forwarder.isElsewhere: what goes over another way now is not repeated here.
            if (entry != null && entry.nextHop() == exchange.hop && !exchange.over) {
                transmit(exchange);
            }
        }
    }

    private void transmit(Exchange exchange) {
        Node from = nodes.get(exchange.from);
        RouteEntry entry = from.table.get(TARGET);
        FeasibilityDistance fd = entry == null ? null : entry.feasibility();
        if (from.boot == exchange.boot && fd != null && exchange.hop == from.sessions[exchange.hop.peer]) {
            say(Kind.DATA, exchange.from, exchange.hop.peer, fd.seq(), fd.metric(), exchange);
        }
    }

    private void link(int i, int j) {
        Session session = nodes.get(i).sessions[j];
        if (session == null || i == 0) {
            return;
        }
        session.usable = !session.usable || random.nextBoolean();
        if (session.usable) {
            nodes.get(i).table.linkUsable(now, session);
        } else {
            nodes.get(i).table.linkUnusable(now, session, Reason.LINK_DOWN);
        }
        judge(i);
    }

    private void cost(int i, int j) {
        Session session = nodes.get(i).sessions[j];
        if (session != null) {
            session.cost = 1 + random.nextInt(12);
            judge(i);
        }
    }

    private void repair(int i) {
        RouteEntry entry = i == 0 ? null : nodes.get(i).table.get(TARGET);
        NextHop hop = entry == null ? null : entry.nextHop();
        if (hop != null) {
            nodes.get(i).table.useAlternate(now, TARGET, hop);
            judge(i);
        }
    }

    /** j, which need not be the next hop, says that it leads nowhere. */
    private void hint(int i, int j) {
        Session session = nodes.get(i).sessions[j];
        RouteEntry theirs = j == 0 ? null : nodes.get(j).table.get(TARGET);
        if (i != 0 && session != null && (j != 0 && (theirs == null || theirs.nextHop() == null))) {
            nodes.get(i).table.withdrawn(now, TARGET, session, Reason.RERR);
            judge(i);
        }
    }

    private void reboot(int i) {
        Node node = nodes.get(i);
        if (random.nextInt(i == 0 ? 8 : 3) != 0) {
            return; // everything begins anew then, so not too often
        }
        node.boot++;
        node.ownSeq = new Seq(node.ownSeq.epoch() + 1, 1);
        node.table = node.newTable();
        node.alarms = 0;
        for (int j = 0; j < size; j++) {
            Session old = node.sessions[j];
            if (old != null) {
                old.ended = true;
                node.sessions[j] = new Session(j, nodes.get(j).boot, old.cost);
            }
        }
        judge(i);
    }

    /** i finds out which boot j runs now. */
    private void meet(int i, int j) {
        Node node = nodes.get(i);
        Session old = node.sessions[j];
        int boot = nodes.get(j).boot;
        if (old == null || old.boot == boot) {
            return;
        }
        if (rules.isOn(Rule.U7_INCARNATION)) {
            old.ended = true;
            node.sessions[j] = new Session(j, boot, old.cost);
            node.table.sessionEnded(now, old, Reason.NEIGHBOR_REBOOTED);
        } else {
            old.boot = boot;
        }
        judge(i);
    }

    private void stall(int i) {
        if (i != 0 && random.nextInt(3) == 0) {
            nodes.get(i).table.stalled(now);
            exchanges.removeIf(exchange -> exchange.from == i);
            judge(i);
        }
    }
}
