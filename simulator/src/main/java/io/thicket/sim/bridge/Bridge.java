package io.thicket.sim.bridge;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.gateway.GatewayConfig;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.lab.Lab;
import io.thicket.sim.lab.Outside;
import io.thicket.sim.scenario.file.BridgePlan;
import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.RoutingPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one run has beside its simulation: {@link #open}, then {@link #attach} to the network that was made with {@link
 * #outside}, then {@link #runUntil} again and again, then {@link #close}. All on one thread, but {@link #stop} and {@link #lagMs}.
 */
public final class Bridge implements AutoCloseable {
    private final Scenario scenario;
    private final BridgePlan plan;
    private final SimNetworkKey key;
    private final Addresses addresses;
    private final Posts posts = new Posts();
    private final RealTime time;
    private final BridgedNodes nodes;
    private @Nullable Lab lab;
    private @Nullable BrokerWitness witness;
    private boolean begun;
    private boolean closed;

    private Bridge(Scenario scenario, SimNetworkKey key, Addresses addresses) {
        this.scenario = scenario;
        this.plan = scenario.world().bridge();
        this.key = key;
        this.addresses = addresses;
        this.time = new RealTime(System::nanoTime, new RealTime.Waiting() {
            @Override
            public @Nullable Runnable poll() {
                return posts.poll();
            }

            @Override
            public @Nullable Runnable await(long ns) {
                return posts.await(ns);
            }
        });
        this.nodes = new BridgedNodes(scenario, key, addresses, posts, System.currentTimeMillis());
    }

    /** The bridge of a scenario; a {@link Failure} says why it cannot be bridged, or what is missing on this machine. */
    public static Bridge open(Scenario scenario) throws Failure {
        RoutingPlan routing = scenario.routing();
        if (routing.code() != RoutingPlan.Code.AGENT) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--bridge is of whole nodes, which have CoAP and links: [routing] must have protocol = \"thicket\" and code ="
                            + " \"agent\"");
        }
        BridgePlan plan = scenario.world().bridge();
        boolean breaksBroker = scenario.faults().stream().anyMatch(fault -> fault.kind() == FaultPlan.Kind.BROKER);
        if (plan.broker().isPresent() && breaksBroker) {
            throw new Failure(
                    ExitCode.USAGE,
                    "[[fault]] kind = \"broker\" is of the simulated broker, and [bridge] has a real one: leave the fault out and"
                            + " stop the broker itself");
        }
        Addresses addresses = new Addresses(plan);
        addresses.tryAll();
        return new Bridge(scenario, SimNetworkKey.of(scenario), addresses);
    }

    /** What the nodes are made with. */
    public Outside outside() {
        return nodes;
    }

    /** Connects to the broker, if there is one, before the run begins; without it no reading could be counted. */
    public void attach(Lab newLab) throws Failure {
        lab = newLab;
        Optional<GatewayConfig> broker = plan.broker();
        if (broker.isPresent()) {
            try {
                witness = BrokerWitness.open(broker.get(), plan.site(), posts, newLab);
            } catch (IOException e) {
                throw new Failure(ExitCode.UNAVAILABLE, e.getMessage());
            }
        }
    }

    /** Runs to {@code untilUs} in real time, with what comes from outside meanwhile; false if it was stopped. */
    public boolean runUntil(Simulation simulation, long untilUs) {
        posts.own();
        if (!begun) {
            begun = true;
            nodes.begin(System.currentTimeMillis() - simulation.nowMs());
        }
        return time.runUntil(simulation, untilUs);
    }

    /** Ends the run soon. Any thread. */
    public void stop() {
        time.stop();
        posts.post(() -> {}); // wakes the loop; if the queue is full, it is awake
    }

    /** How far the simulation is behind the clock now. Any thread. */
    public long lagMs() {
        return time.lagMs();
    }

    /** Why readings are not counted now, empty if they are. */
    public String problem() {
        return witness == null ? "" : witness.problem();
    }

    /** Who can be reached where, for people. */
    public List<String> lines() {
        return BridgeText.running(scenario, key, addresses);
    }

    /** What came of it so far. */
    public BridgeFigures figures() {
        return new BridgeFigures(
                time.mostLagMs(),
                time.lateSeconds(),
                posts.refused(),
                lab == null ? 0 : lab.foreignReadings(),
                problem(),
                BridgeText.places(scenario, key, addresses));
    }

    @Override
    public void close() {
        end();
    }

    /** Closes all ports and connections; gateways take leave of their broker. Harmless when repeated. */
    public void end() {
        if (closed) {
            return;
        }
        closed = true;
        if (lab != null) {
            lab.end();
        }
        if (witness != null) {
            witness.close();
        }
    }
}
