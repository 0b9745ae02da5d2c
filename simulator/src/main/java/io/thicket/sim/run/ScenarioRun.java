package io.thicket.sim.run;

import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.bridge.Bridge;
import io.thicket.sim.check.InvariantViolation;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.lab.AgentProtocol;
import io.thicket.sim.lab.Insider;
import io.thicket.sim.lab.Lab;
import io.thicket.sim.lab.LabScenario;
import io.thicket.sim.lab.Outside;
import io.thicket.sim.lab.ProtocolFactory;
import io.thicket.sim.lab.Protocols;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.RoutingPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a scenario, from power-up to the end or to the first broken invariant. */
public final class ScenarioRun {
    /** How far the simulation goes between two looks at the clock on the wall. */
    private static final long SLICE_US = 100_000;

    private final Scenario scenario;
    private final Lab lab;
    private final PlannedWorld world;
    private final List<TraceMark> marks = new ArrayList<>();
    private final Batteries batteries;
    private Steering steering = Steering.NONE;
    private final @Nullable Bridge bridge;
    private String violation = "";

    /** Hears how far a run is. */
    @FunctionalInterface
    public interface Progress {
        /** Everything up to {@code simulatedUs} has happened, in so many events; false ends the run here. */
        boolean at(long simulatedUs, long events);
    }

    /** A network that is off. */
    public ScenarioRun(Scenario scenario) {
        this(scenario, null);
    }

    /** The same, in real time and reachable from outside, if there is a bridge. */
    public ScenarioRun(Scenario scenario, @Nullable Bridge bridge) {
        this.bridge = bridge;
        this.scenario = scenario;
        this.world = new PlannedWorld(scenario);
        this.lab = new Lab(labScenario(), protocolName(), factory(), new Seeds(scenario.seed()), world);
        world.useClock(lab.simulation()::nowUs);
        this.batteries = new Batteries(scenario, lab.simulation(), new Power());
        if (!batteries.isEmpty()) {
            lab.meter(batteries);
        }
    }

    /** Runs to the end, to a broken invariant, or until {@code progress} has enough. */
    public void run(Progress progress) {
        lab.start();
        batteries.start();
        schedule();
        Simulation simulation = lab.simulation();
        long endUs = scenario.durationMs() * 1_000;
        try {
            for (long atUs = SLICE_US; simulation.nowUs() < endUs; atUs += SLICE_US) {
                boolean goesOn = advance(simulation, Math.min(atUs, endUs));
                mark(simulation.nowUs(), endUs);
                if (!goesOn || !progress.at(simulation.nowUs(), simulation.executedEvents())) {
                    return;
                }
            }
        } catch (InvariantViolation broken) {
            violation = String.valueOf(broken.getMessage());
        }
    }

    /** From now on {@code its} takes the run from slice to slice; before {@link #run}, and not of a bridged run. */
    public void steer(Steering its) {
        steering = its;
    }

    /** What was done by hand so far, each as a line of a file of commands. */
    List<String> acted() {
        return steering.acted();
    }

    /** What somebody may look at and do while the run stands. */
    public RunControl control() {
        return new RunControl(scenario, this, lab, world);
    }

    private boolean advance(Simulation simulation, long untilUs) {
        return bridge != null ? bridge.runUntil(simulation, untilUs) : steering.advance(simulation, untilUs);
    }

    /** What lies outside of the simulation, empty if nothing does. */
    public Optional<Bridge> bridge() {
        return Optional.ofNullable(bridge);
    }

    private void mark(long nowUs, long endUs) {
        if (nowUs * TraceMark.COUNT >= endUs * (marks.size() + 1)) {
            marks.add(new TraceMark(nowUs, lab.simulation().executedEvents(), lab.traceHash()));
        }
    }

    /** The trace's hash now and then, up to where the run is. */
    public List<TraceMark> marks() {
        return List.copyOf(marks);
    }

    /** What became of the batteries so far. */
    EnergyFigures energy() {
        return batteries.figures();
    }

    /** Which batteries ran dry so far, and when. */
    List<Batteries.Death> batteryDeaths() {
        return batteries.deaths();
    }

    private final class Power implements Batteries.Power {
        @Override
        public void emptied(int node) {
            world.ranDry(node, lab.simulation().nowUs());
            lab.crash(node);
        }

        @Override
        public void filled(int node) {
            world.refilled(node, lab.simulation().nowUs());
            reboot(node);
        }
    }

    /** The network. */
    public Lab lab() {
        return lab;
    }

    /** What came of it so far. */
    public RunFigures figures() {
        return RunFigures.of(lab);
    }

    /** The broken invariant, empty if all held. */
    public String violation() {
        return violation;
    }

    /** Whether the engine's invariants were judged. */
    public boolean isJudged() {
        return lab.isJudged();
    }

    /** How far it came. */
    public double simulatedSeconds() {
        return lab.simulation().nowUs() / 1e6;
    }

    /** When faults struck somebody so far, by plan or by hand, in us, each time once; insiders, there from the start, not. */
    public List<Long> faultTimesUs() {
        long nowUs = lab.simulation().nowUs();
        Stream<Long> planned = scenario.faults().stream()
                .filter(fault -> fault.kind() != FaultPlan.Kind.INSIDER && !fault.strikesNobody())
                .map(fault -> fault.atMs() * 1_000)
                .filter(atUs -> atUs < nowUs);
        return Stream.concat(planned, world.hand().struckUs().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private LabScenario labScenario() {
        List<Insider> insiders = new ArrayList<>();
        for (FaultPlan fault : scenario.faults()) {
            if (fault.kind() == FaultPlan.Kind.INSIDER) {
                Insider.Kind kind = Insider.Kind.valueOf(fault.misbehaviour().toUpperCase(Locale.ROOT));
                fault.nodes().forEach(node -> insiders.add(new Insider(node, kind)));
            }
        }
        return new LabScenario(
                scenario.name(),
                scenario.nodes().positions(),
                scenario.nodes().gateways(),
                new PlannedFlows(scenario.traffic()),
                List.of(),
                insiders,
                world.radio(),
                scenario.radio().loss(),
                scenario.radio().datagramLoss(),
                scenario.powerUpMs() / 1e3,
                scenario.warmUpMs() / 1e3,
                scenario.durationMs() / 1e3);
    }

    private String protocolName() {
        return scenario.routing().protocol().name().toLowerCase(Locale.ROOT);
    }

    private ProtocolFactory factory() {
        RoutingPlan routing = scenario.routing();
        return switch (routing.protocol()) {
            case THICKET -> {
                RoutingParameters usual =
                        RoutingParameters.of(scenario.radio().phy().linkClass());
                RoutingParameters its = usual.withHello(routing.helloMinMs(), routing.helloMaxMs())
                        .withPeriods(routing.gatewayIntervalMs(), usual.registerPeriodMs());
                yield routing.code() == RoutingPlan.Code.AGENT
                        ? new AgentProtocol(its, bridge == null ? Outside.NONE : bridge.outside())
                        : Protocols.thicket(its);
            }
            case AODV -> Protocols.aodv(routing.routeLifetimeMs());
            case BABEL -> Protocols.named("babel");
            case FLOODING -> Protocols.flooding(routing.hopLimit());
        };
    }

    private void schedule() {
        Simulation simulation = lab.simulation();
        for (long changeUs : world.linkChangesUs()) {
            simulation.schedule(Simulation.NOBODY, changeUs, lab::propagationChanged);
        }
        for (FaultPlan fault : scenario.faults()) {
            for (int node : fault.nodes()) {
                switch (fault.kind()) {
                    case CRASH -> {
                        simulation.schedule(node, fault.atMs() * 1_000, () -> crash(node, fault));
                        at(fault.untilMs(), node, () -> reboot(node));
                    }
                    case BROKER -> {
                        simulation.schedule(node, fault.atMs() * 1_000, () -> tellBroker(node));
                        at(fault.untilMs(), node, () -> tellBroker(node));
                    }
                    case DISK_FULL -> at(fault.untilMs(), node, () -> reboot(node));
                    default -> {} // of the world, or of the laboratory's scenario
                }
            }
        }
    }

    private void crash(int node, FaultPlan fault) {
        boolean ran = lab.isUp(node);
        lab.crash(node);
        boolean torn = fault.misbehaviour().equals("torn");
        // A node without power writes nothing that could be torn.
        if (fault.misbehaviour().equals("lost") || torn && ran) {
            lab.loseStorage(node, torn);
        }
    }

    private void at(long ms, int node, Runnable task) {
        if (ms <= scenario.durationMs()) {
            lab.simulation().schedule(node, ms * 1_000, task);
        }
    }

    /** Starts a node, unless something holds it down. */
    void reboot(int node) {
        if (!world.isUp(node, lab.simulation().nowUs())) {
            return; // another fault still holds it down
        }
        lab.reboot(node);
        tellBroker(node);
    }

    /** The broker of a node is away as long as any of its faults holds. */
    private void tellBroker(int node) {
        long nowUs = lab.simulation().nowUs();
        boolean away = scenario.faults().stream()
                .filter(fault -> fault.kind() == FaultPlan.Kind.BROKER && LinkFaults.isActive(fault, nowUs))
                .anyMatch(fault -> fault.nodes().contains(node));
        lab.setBroker(node, !away);
    }
}
