package io.thicket.sim.run;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.TraceReport;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.lab.Lab;
import io.thicket.sim.scenario.file.RoutingPlan;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.WholeNodes;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run in somebody's hands: looks at nodes, and does by hand what faults of a scenario do. Everything here is called between two
 * events, by the simulation's own thread; nodes are numbers from 0, and what is no node of the scenario is the caller's mistake.
 * What acts does so now, and now is a whole ms at which nothing has happened yet ({@link Simulation#runBefore}); then it
 * is the same as a {@code [[fault]]} of that time.
 */
public final class RunControl {
    /** How long a node that runs is without power when it is rebooted. */
    public static final long REBOOT_MS = 1_000;

    /** What a node finds on its disk after a reboot by hand. */
    public enum Storage {
        KEPT,
        TORN,
        LOST
    }

    private final Scenario scenario;
    private final ScenarioRun run;
    private final Lab lab;
    private final PlannedWorld world;

    RunControl(Scenario scenario, ScenarioRun run, Lab lab, PlannedWorld world) {
        this.scenario = scenario;
        this.run = run;
        this.lab = lab;
        this.world = world;
    }

    /** The names of all nodes. */
    public List<String> names() {
        return scenario.nodes().names();
    }

    public boolean isGateway(int node) {
        return scenario.nodes().gateways().contains(node);
    }

    public boolean isSensor(int node) {
        return scenario.nodes().isSensor(node);
    }

    /** When the run ends. */
    public long durationMs() {
        return scenario.durationMs();
    }

    /** Where the run is. */
    public long nowUs() {
        return lab.simulation().nowUs();
    }

    public long events() {
        return lab.simulation().executedEvents();
    }

    /** Whether the node runs. */
    public boolean isUp(int node) {
        return lab.isUp(node);
    }

    /** Why a node does not run; empty if it does. */
    public String whyDown(int node) {
        if (lab.isUp(node)) {
            return "";
        }
        return world.isUp(node, nowUs()) ? "not powered up yet" : world.whyDown(node, nowUs());
    }

    /** The node as it is now; empty while it does not run. Of a router alone, what a router knows. */
    public Optional<NodeSnapshot> node(int node) {
        if (!lab.isUp(node)) {
            return Optional.empty();
        }
        return Optional.ofNullable(lab.nodeSnapshot(node)).or(() -> Optional.ofNullable(lab.routing(node))
                .map(routing -> BareNode.of(lab, scenario, node, routing)));
    }

    /** The same, of a node that must run. */
    public NodeSnapshot nodeThatRuns(int node) throws RefusedException {
        Optional<NodeSnapshot> now = node(node);
        if (now.isEmpty()) {
            throw new RefusedException(name(node) + " has no power: " + whyDown(node));
        }
        return now.get();
    }

    /** Refuses a question that a reference protocol has no answer to: it would be that there is no way, and packets arrive all the same. */
    public void requireThicket(String what) throws RefusedException {
        RoutingPlan.Protocol protocol = scenario.routing().protocol();
        if (protocol != RoutingPlan.Protocol.THICKET) {
            throw new RefusedException(what + " is of protocol thicket, and not of "
                    + protocol.name().toLowerCase(Locale.ROOT) + ": 'routes' and 'send' are of all");
        }
    }

    /** What the node holds about its way to another, and why. */
    public Optional<RouteExplanation> explain(int node, int to) {
        return lab.explain(node, to);
    }

    /** Who the node is in the mesh. */
    public NodeId id(int node) {
        return lab.nodeId(node);
    }

    /** Packets made so far, after the warm-up. */
    public long offered() {
        return run.figures().offered();
    }

    /** Of these, packets that arrived. */
    public long delivered() {
        return run.figures().delivered();
    }

    /** What the scenario's checks say so far. */
    public List<CheckResult> checks() {
        return RunSummary.of(scenario, run, "", 0, 0, 0).checks();
    }

    /** Runs {@code task} so many ms from now, as an event of {@code node}. */
    public void in(int node, long ms, Runnable task) {
        lab.simulation().schedule(node, nowUs() + ms * 1_000, task);
    }

    /** Cuts the power of a node. */
    public void kill(int node) throws RefusedException {
        refuseIfDown(node);
        world.hand().down(node, nowUs(), Long.MAX_VALUE);
        world.changedByHand(nowUs());
        lab.crash(node);
    }

    /**
     * Starts a node that was killed by hand, or takes the power of one that runs for {@link #REBOOT_MS}; one that was not powered up
     * yet does not start before it would have.
     *
     * @return when it starts, in us
     */
    public long reboot(int node, Storage storage) throws RefusedException {
        long nowUs = nowUs();
        refuseStorage(storage);
        if (world.isUp(node, nowUs)) {
            long startsUs = nowUs + REBOOT_MS * 1_000;
            refuseFullDisk(node, startsUs / 1_000);
            world.hand().down(node, nowUs, startsUs);
            world.changedByHand(nowUs);
            world.changedByHand(startsUs);
            lab.crash(node);
            loseStorage(node, storage);
            lab.simulation().schedule(node, startsUs, () -> run.reboot(node));
            return Math.max(startsUs, lab.powerUpUs(node));
        }
        refuseFullDisk(node, nowUs / 1_000);
        if (!world.isDownByHandAlone(node, nowUs)) {
            throw new RefusedException(name(node) + " cannot start: " + world.whyDown(node, nowUs));
        }
        loseStorage(node, storage);
        world.hand().up(node, nowUs);
        world.changedByHand(nowUs);
        run.reboot(node);
        return Math.max(nowUs, lab.powerUpUs(node));
    }

    /** From now on nothing that {@code from} sends reaches {@code to}. */
    public void cut(int from, int to) {
        world.hand().change(from, to, nowUs(), 0, true);
        linksChanged();
    }

    /** From now on {@code to} loses this share of what it would get of {@code from}. */
    public void lose(int from, int to, double loss) {
        world.hand().change(from, to, nowUs(), loss, false);
        linksChanged();
    }

    /** From now on the link is as the scenario has it; whether it was not. */
    public boolean restore(int from, int to) {
        boolean changed = world.hand().restore(from, to, nowUs());
        linksChanged();
        return changed;
    }

    /** Whether frames of {@code from} can reach {@code to} as things are, interference aside. */
    public boolean hears(int from, int to) {
        return world.hears(from, to, nowUs());
    }

    /**
     * Traces the way from {@code node} to {@code to}; {@code done} hears of it once, in a few seconds, if the node lives so long.
     *
     * @return {@link MeshRouter#trace}'s number or refusal
     */
    public long trace(int node, int to, Consumer<TraceReport> done) {
        return lab.trace(node, to, done);
    }

    /**
     * A node makes one packet more, which counts as the scenario's own do.
     *
     * @param to {@link Flow#ANY_GATEWAY} for a reading
     * @param bytes of its payload
     * @return the packet's number at its source
     */
    public long send(int from, int to, int bytes) throws RefusedException {
        if (!lab.isUp(from)) {
            throw new RefusedException(name(from) + " has no power: " + whyDown(from));
        }
        if (to == Flow.ANY_GATEWAY && isGateway(from)) {
            throw new RefusedException(name(from) + " is a gateway itself");
        }
        if (to == Flow.ANY_GATEWAY && scenario.nodes().gateways().isEmpty()) {
            throw new RefusedException("this scenario has no gateway");
        }
        if (to != Flow.ANY_GATEWAY && !lab.sendsToNodes()) {
            throw new RefusedException("routers alone send readings only; " + WholeNodes.advice(scenario.routing()));
        }
        long number = lab.send(from, to, bytes);
        if (number == 0) {
            throw new RefusedException("the sensors of " + name(from) + " are silent");
        }
        return number;
    }

    /** When a packet arrived, -1 if it did not yet. */
    public long deliveredUs(int from, long number) {
        return lab.deliveredUs(from, number);
    }

    /** Over how many hops it came. */
    public int deliveredHops(int from, long number) {
        return lab.deliveredHops(from, number);
    }

    private void linksChanged() {
        world.changedByHand(nowUs());
        lab.propagationChanged();
    }

    private void loseStorage(int node, Storage storage) {
        if (storage != Storage.KEPT) {
            lab.loseStorage(node, storage == Storage.TORN);
        }
    }

    /** Refuses a node that has no power, with the reason why. */
    public void refuseIfDown(int node) throws RefusedException {
        if (!world.isUp(node, nowUs())) {
            throw new RefusedException(name(node) + " has no power already: " + world.whyDown(node, nowUs()));
        }
    }

    private void refuseStorage(Storage storage) throws RefusedException {
        if (storage != Storage.KEPT && !WholeNodes.areRunBy(scenario.routing())) {
            throw new RefusedException("a router alone has no disk; " + WholeNodes.advice(scenario.routing()));
        }
    }

    private void refuseFullDisk(int node, long atMs) throws RefusedException {
        if (world.startsAtMs(node, atMs) != atMs) {
            throw new RefusedException(
                    name(node) + " cannot start: its disk is full, and it could not write the number of its boot");
        }
    }

    private String name(int node) {
        return names().get(node);
    }
}
