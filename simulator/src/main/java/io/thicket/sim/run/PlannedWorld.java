package io.thicket.sim.run;

import io.thicket.agent.config.NodeConfig;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.lab.LabWorld;
import io.thicket.sim.lab.Measured;
import io.thicket.sim.lab.Mishap;
import io.thicket.sim.medium.wifi.Nearby;
import io.thicket.sim.medium.wifi.Positions;
import io.thicket.sim.medium.wifi.Propagation;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.scenario.BrokerPlan;
import io.thicket.sim.scenario.file.EnergyPlan;
import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The world of a scenario: its radio, and what its faults do to nodes and links. */
final class PlannedWorld implements LabWorld {
    /** Two nodes count as connected if this share of frames arrives in each direction; the MAC repeats the rest. */
    private static final double USABLE_DELIVERY = 0.1;

    private record Down(long fromUs, long untilUs, boolean dry) {}

    private final Signals signals;
    private final LinkFaults faults;
    private final FrameFaults frames;
    private final Positions positions;
    private @Nullable Nearby nearby;
    private final ClockFaults clocks;
    private final HandFaults hand = new HandFaults();
    private final List<FaultPlan> all;
    private final List<FaultPlan> silences;
    private final SensorValues values;
    private final BrokerPlan broker;
    private final PerNode<Down> downs;
    private final SortedSet<Long> changes;
    private final int[] willingness;
    private long revision;
    private final long horizonUs;
    private final double loss;
    private final boolean judged;
    private LongSupplier clock = () -> 0;

    PlannedWorld(Scenario scenario) {
        signals = new Signals(scenario.radio(), scenario.nodes(), new Seeds(scenario.seed()));
        positions = scenario.nodes().positions();
        faults = new LinkFaults(scenario.faults(), scenario.nodes().count(), scenario.durationMs());
        frames = new FrameFaults(scenario.faults(), scenario.nodes().count(), new Seeds(scenario.seed()));
        clocks = new ClockFaults(scenario.faults(), scenario.nodes().count());
        values = new SensorValues(scenario);
        broker = scenario.world().broker();
        all = scenario.faults();
        silences = scenario.faults().stream()
                .filter(fault -> fault.kind() == FaultPlan.Kind.SENSOR
                        && fault.misbehaviour().equals("silent"))
                .toList();
        horizonUs = scenario.durationMs() * 1_000;
        loss = scenario.radio().loss();
        judged = scenario.invariants();
        changes = faults.changesUs();
        downs = new PerNode<>(scenario.nodes().count());
        for (FaultPlan fault : scenario.faults()) {
            if (fault.kind() == FaultPlan.Kind.CRASH) {
                for (int node : fault.nodes()) {
                    long untilMs = startsAtMs(scenario.faults(), node, fault.untilMs());
                    long untilUs = untilMs == FaultPlan.NEVER ? Long.MAX_VALUE : untilMs * 1_000;
                    downs.add(node, new Down(fault.atMs() * 1_000, untilUs, false));
                    changes.add(Math.min(untilUs, horizonUs));
                }
                changes.add(fault.atMs() * 1_000);
            }
        }
        willingness = new int[scenario.nodes().count()];
        Arrays.fill(willingness, MAINS);
        for (EnergyPlan plan : scenario.world().energy()) {
            int its = NodeConfig.Energy.valueOf(plan.announced().name()).willingness();
            plan.nodes().forEach(node -> willingness[node] = its);
        }
    }

    /** When a node that gets power back at that time does start: an agent that cannot write the number of its boot ends. */
    private static long startsAtMs(List<FaultPlan> faults, int node, long powerMs) {
        long atMs = powerMs;
        boolean waits = true;
        while (waits && atMs != FaultPlan.NEVER) {
            waits = false;
            for (FaultPlan fault : faults) {
                boolean its = fault.kind() == FaultPlan.Kind.DISK_FULL
                        && fault.nodes().contains(node);
                if (its && atMs >= fault.atMs() && atMs < fault.untilMs()) {
                    atMs = fault.untilMs();
                    waits = true;
                }
            }
        }
        return atMs;
    }

    /** The medium asks in the present of this clock. */
    void useClock(LongSupplier nowUs) {
        clock = nowUs;
    }

    Radio radio() {
        return signals.radio();
    }

    /** All nodes that may hear {@code node} at the start, and some more, itself included; ascending. */
    int[] near(int node) {
        Nearby known = nearby;
        if (known == null) {
            known = new Nearby(positions, signals.reachM());
            nearby = known;
        }
        return known.around(node);
    }

    /** Share of frames that arrive at the start if nothing interferes and nothing goes wrong. */
    double delivery(int from, int to) {
        return signals.delivery(from, to, 0);
    }

    /** Whether {@code to} can read frames of {@code from} at the start if nothing goes wrong. */
    boolean isUsable(int from, int to) {
        return delivery(from, to) * (1 - loss) >= USABLE_DELIVERY;
    }

    /** When the medium must ask anew. */
    SortedSet<Long> linkChangesUs() {
        return faults.changesUs();
    }

    @Override
    public Propagation propagation() {
        return new Propagation() {
            @Override
            public double power(int from, int to, double squaredM) {
                return isCut(from, to, clock.getAsLong()) ? 0 : signals.power(from, to, squaredM);
            }

            @Override
            public double loss(int from, int to) {
                long nowUs = clock.getAsLong();
                double own = signals.loss(from, to, nowUs);
                double fault = faultLoss(from, to, nowUs);
                return own + fault - own * fault;
            }

            @Override
            public double reachM() {
                return signals.reachM();
            }

            @Override
            public double faintPower(int from, int to, double squaredM) {
                return isCut(from, to, clock.getAsLong()) ? 0 : signals.faintPower(from, to, squaredM);
            }

            @Override
            public double faintReachM() {
                return signals.faintReachM();
            }
        };
    }

    @Override
    public boolean connects(int one, int other, long atUs) {
        return hears(one, other, atUs) && hears(other, one, atUs);
    }

    private boolean isCut(int from, int to, long atUs) {
        return faults.isCut(from, to, atUs) || hand.isCut(from, to, atUs);
    }

    private double faultLoss(int from, int to, long atUs) {
        return hand.lossWith(faults.loss(from, to, atUs), from, to, atUs);
    }

    /** Whether {@code to} can read frames of {@code from}, interference aside. */
    boolean hears(int from, int to, long atUs) {
        if (isCut(from, to, atUs)) {
            return false;
        }
        double kept = signals.delivery(from, to, atUs) * (1 - loss);
        return kept >= USABLE_DELIVERY && kept * (1 - faultLoss(from, to, atUs)) >= USABLE_DELIVERY;
    }

    @Override
    public boolean isUp(int node, long atUs) {
        for (Down down : downs.of(node)) {
            if (atUs >= down.fromUs && atUs < down.untilUs) {
                return false;
            }
        }
        return !hand.isDown(node, atUs);
    }

    @Override
    public long[] changesUs() {
        return changes.stream().mapToLong(Long::longValue).toArray();
    }

    /** What somebody does by hand; {@link #changedByHand} must follow each change. */
    HandFaults hand() {
        return hand;
    }

    /** Who hears whom, or who runs, is another since then. */
    void changedByHand(long atUs) {
        changes.add(Math.min(atUs, horizonUs));
        revision++;
    }

    /** Whether nothing else than {@link HandFaults} takes the power of {@code node}. */
    boolean isDownByHandAlone(int node, long atUs) {
        return hand.isDown(node, atUs)
                && downs.of(node).stream().noneMatch(down -> atUs >= down.fromUs && atUs < down.untilUs);
    }

    /** Why the node has no power, for people; empty if it has. */
    String whyDown(int node, long atUs) {
        for (Down down : downs.of(node)) {
            if (atUs >= down.fromUs && atUs < down.untilUs) {
                String until =
                        down.untilUs == Long.MAX_VALUE ? "" : " until " + Numbers.text(down.untilUs / 1e6) + " s";
                return (down.dry ? "its battery is empty" : "a fault of the scenario") + until;
            }
        }
        return hand.isDown(node, atUs) ? "killed by hand" : "";
    }

    /** When {@code node}, which gets power at that time, does start: later if its disk is full. */
    long startsAtMs(int node, long powerMs) {
        return startsAtMs(all, node, powerMs);
    }

    /** With a full disk it waits until that has room. */
    @Override
    public boolean startsFirst(int node, long nowUs) {
        if (!isUp(node, nowUs)) {
            return false;
        }
        long nowMs = nowUs / 1_000;
        long startsMs = startsAtMs(all, node, nowMs);
        if (startsMs == nowMs) {
            return true;
        }
        long upUs = startsMs == FaultPlan.NEVER ? Long.MAX_VALUE : startsMs * 1_000;
        downs.add(node, new Down(0, upUs, false)); // it did not run before, either
        changes.add(Math.min(upUs, horizonUs));
        revision++;
        return false;
    }

    /** The battery of {@code node} is empty. */
    void ranDry(int node, long nowUs) {
        downs.add(node, new Down(nowUs, Long.MAX_VALUE, true));
        changes.add(nowUs);
        revision++;
    }

    /** The battery of {@code node}, which ran dry, has enough again. With a full disk it stays down. */
    void refilled(int node, long nowUs) {
        long nowMs = nowUs / 1_000;
        long startsMs = startsAtMs(all, node, nowMs);
        long upUs = startsMs == FaultPlan.NEVER ? Long.MAX_VALUE : startsMs == nowMs ? nowUs : startsMs * 1_000;
        List<Down> its = downs.of(node);
        for (int i = its.size() - 1; i >= 0; i--) {
            if (its.get(i).dry && its.get(i).untilUs == Long.MAX_VALUE) {
                its.set(i, new Down(its.get(i).fromUs, upUs, true));
            }
        }
        changes.add(Math.min(upUs, horizonUs));
        revision++;
    }

    @Override
    public boolean hasMishaps() {
        return frames.any();
    }

    @Override
    public Mishap mishap(int from, int to, int bytes, long nowUs) {
        return frames.mishap(from, to, bytes, nowUs);
    }

    @Override
    public long clockAheadMs(int node, long simulatedMs) {
        return clocks.aheadMs(node, simulatedMs);
    }

    @Override
    public boolean hasTrueClock(int node) {
        return !clocks.drifts(node);
    }

    @Override
    public boolean hasTrueTimeOfDay(int node) {
        return clocks.keepsTimeOfDay(node);
    }

    @Override
    public long wallOffsetMs(int node, long simulatedMs) {
        return clocks.wallOffsetMs(node, simulatedMs);
    }

    @Override
    public List<Measured> measure(int node, long nowUs) {
        return values.at(node, nowUs);
    }

    @Override
    public boolean isSilent(int node, long atUs) {
        for (FaultPlan fault : silences) {
            if (LinkFaults.isActive(fault, atUs) && fault.nodes().contains(node)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public int willingness(int node) {
        return willingness[node];
    }

    @Override
    public BrokerPlan broker() {
        return broker;
    }

    @Override
    public boolean isJudged() {
        return judged;
    }

    /** So far: a run may be stopped before a fault that its scenario ends is over. */
    @Override
    public long horizonUs() {
        return clock.getAsLong();
    }
}
