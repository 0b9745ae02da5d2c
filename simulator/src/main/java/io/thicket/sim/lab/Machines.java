package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The machine of each node: which boot of it runs now, what number its disk has for that, and whether it has power. What the boots
 * before did is added up here, too, since they are gone.
 */
final class Machines {
    /** Makes the machine of a boot of a node; the first boot is 1. */
    interface Maker {
        LabMachine make(int node, int boot);
    }

    private final Simulation simulation;
    private final Maker maker;
    private final Channel channel;
    private final Ledger ledger;
    private final RunTrace trace;
    private final Circumstances circumstances;
    private final List<LabMachine> running = new ArrayList<>();
    private final int[] boots;

    /** As the disks have them. */
    private final long[] epochs;

    /** When each is powered up for the first time, unless something holds it up; nothing starts it before. */
    private final long[] powerUpUs;

    private final BitSet started = new BitSet();

    private @Nullable LabMeter meter;
    private long pastRepeats;
    private long pastGivenUp;

    /** {@code epochBefore} is the number of a boot before the first one. */
    Machines(
            int nodes,
            long epochBefore,
            Simulation simulation,
            Maker maker,
            Channel channel,
            Ledger ledger,
            RunTrace trace,
            Circumstances circumstances) {
        this.simulation = simulation;
        this.maker = maker;
        this.channel = channel;
        this.ledger = ledger;
        this.trace = trace;
        this.circumstances = circumstances;
        this.boots = new int[nodes];
        this.epochs = new long[nodes];
        this.powerUpUs = new long[nodes];
        Arrays.fill(epochs, epochBefore);
    }

    /** Makes the first boot of each; once, when all that machines ask for is there. */
    void make() {
        for (int i = 0; i < boots.length; i++) {
            running.add(boot(i));
        }
    }

    private LabMachine boot(int node) {
        boots[node]++;
        epochs[node]++;
        LabMachine machine = maker.make(node, boots[node]);
        channel.listen(node, boots[node], machine.radio());
        return machine;
    }

    /** From now on it hears who has power, and when the warm-up is over. */
    void meter(LabMeter newMeter) {
        meter = newMeter;
    }

    /** The warm-up is over: what was sent anew and given up before is not counted, and the meter hears of it. */
    void warmedUp() {
        pastRepeats -= repeats();
        pastGivenUp -= givenUp();
        if (meter != null) {
            meter.warmedUp(simulation.nowUs());
        }
    }

    /** Powers each up at a time of its own within {@code withinS}. */
    void start(Seeds seeds, double withinS) {
        RandomGenerator starts = seeds.generator("power-up");
        for (int i = 0; i < running.size(); i++) {
            int node = i;
            powerUpUs[node] = LabScenario.us(starts.nextDouble() * withinS);
            simulation.schedule(node, powerUpUs[node], () -> startFirst(node));
        }
    }

    private void startFirst(int node) {
        if (started.get(node)) {
            return; // at the same time already, by what held it up
        }
        if (circumstances.startsFirst(node, simulation.nowUs())) {
            powerUp(node);
        } else {
            channel.switchOff(node);
        }
    }

    private void powerUp(int node) {
        LabMachine machine = running.get(node);
        machine.powerUp();
        if (machine.isUp()) {
            started.set(node);
            powered(node, true);
        }
    }

    /** When {@code node} is powered up for the first time at the earliest. */
    long powerUpUs(int node) {
        return powerUpUs[node];
    }

    private void powered(int node, boolean up) {
        if (meter != null) {
            meter.powered(simulation.nowUs(), node, up);
        }
        trace.power(node, up);
    }

    /** Cuts the power of {@code node}. */
    void crash(int node) {
        channel.switchOff(node);
        running.get(node).vanish();
        ledger.died(node);
        powered(node, false);
    }

    /**
     * Starts {@code node} again, with nothing in its memory, or for the first time if something held it up; nothing happens if it is
     * up, or if its first time is still to come.
     */
    void reboot(int node) {
        LabMachine before = running.get(node);
        if (before.isUp() || simulation.nowUs() < powerUpUs[node]) {
            return;
        }
        channel.switchOn(node);
        if (started.get(node)) {
            pastRepeats += before.repeats();
            pastGivenUp += before.givenUp();
            running.set(node, boot(node));
        }
        powerUp(node);
    }

    /** What {@code node}, which is down, has on its disk is gone, or what it wrote last is; before its first boot there is nothing. */
    void loseStorage(int node, boolean onlyTheLastWrite) {
        if (!started.get(node)) {
            return;
        }
        epochs[node] = onlyTheLastWrite ? Math.max(0, epochs[node] - 1) : 0;
    }

    /** The number of the boot of {@code node}, as its disk has it. */
    long epochOf(int node) {
        return epochs[node];
    }

    /** The node keeps a later number of its boot. */
    void storeEpoch(int node, long epoch) {
        epochs[node] = epoch;
    }

    /** The boot of {@code node} that runs, or ran last. */
    LabMachine of(int node) {
        return running.get(node);
    }

    /** Of each node. */
    List<LabMachine> all() {
        return running;
    }

    /** The routing state of a node, null if it is down. */
    @Nullable
    RoutingSnapshot picture(int node) {
        LabMachine machine = running.get(node);
        return machine.isUp() ? machine.snapshot() : null;
    }

    /** Tells each destination that a way of {@code node} leads to, and its next hop; none if it is down. */
    void ways(int node, BiConsumer<NodeId, NodeId> to) {
        LabMachine machine = running.get(node);
        if (machine.isUp()) {
            machine.nextHops(to);
        }
    }

    /** Packets sent anew from end to end, of all boots; since the warm-up once it is over. */
    long repeats() {
        return pastRepeats + running.stream().mapToLong(LabMachine::repeats).sum();
    }

    /** Packets given up, and said so, of all boots; since the warm-up once it is over. */
    long givenUp() {
        return pastGivenUp + running.stream().mapToLong(LabMachine::givenUp).sum();
    }

    /** The run is over: what nodes have outside of the simulation is closed. */
    void end() {
        running.forEach(LabMachine::end);
    }
}
