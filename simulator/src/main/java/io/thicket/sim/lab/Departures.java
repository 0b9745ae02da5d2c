package io.thicket.sim.lab;

import io.thicket.drivers.Observation;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.List;

/**
 * Where packets begin: those of the scenario's flows, those sent by hand, and readings of devices outside. Each is in the ledger, with
 * the way that there was for it, before its node is offered it.
 */
final class Departures {
    private final LabScenario scenario;
    private final Simulation simulation;
    private final Circumstances circumstances;
    private final Ways ways;
    private final Ledger ledger;
    private final RunTrace trace;
    private final Machines machines;
    private final ConstantReadings constants = new ConstantReadings();

    /** Of the reading that is offered just now; empty for the constant. */
    private List<Measured> measuring = List.of();

    Departures(
            LabScenario scenario,
            Simulation simulation,
            Circumstances circumstances,
            Ways ways,
            Ledger ledger,
            RunTrace trace,
            Machines machines) {
        this.scenario = scenario;
        this.simulation = simulation;
        this.circumstances = circumstances;
        this.ways = ways;
        this.ledger = ledger;
        this.trace = trace;
        this.machines = machines;
    }

    /** Starts all flows, each at its time. */
    void start() {
        FlowStarts.schedule(simulation, scenario.flows(), flow -> send(flow, 0));
    }

    /** Packet {@code number} of the flow, now. */
    private void send(Flow flow, int number) {
        create(flow);
        int next = number + 1;
        if (next < flow.packets()) {
            long atUs = LabScenario.us(flow.startS() + next * flow.intervalS());
            simulation.schedule(flow.source(), atUs, () -> send(flow, next));
        }
    }

    /** The number of the new packet at its source, 0 if none was made. */
    private long create(Flow flow) {
        long nowUs = simulation.nowUs();
        LabMachine source = machines.of(flow.source());
        boolean isReading = flow.destination() == Flow.ANY_GATEWAY;
        if (!source.isUp() || isReading && circumstances.isSilent(flow.source(), nowUs)) {
            return 0;
        }
        List<Measured> values = isReading ? circumstances.measure(flow.source(), nowUs) : List.of();
        long number = enter(flow.source(), flow.destination(), values);
        measuring = values;
        source.offer(flow.destination(), number, flow.payloadBytes());
        return number;
    }

    /** Enters a packet that is made now in the books; its number at its source. */
    private long enter(int source, int destination, List<Measured> values) {
        long nowUs = simulation.nowUs();
        int shortest = ways.hops(source, targets(destination), nowUs);
        long number = ledger.created(source, destination, nowUs, shortest, values);
        trace.created(source, number, destination);
        return number;
    }

    private List<Integer> targets(int destination) {
        return destination == Flow.ANY_GATEWAY ? scenario.gateways() : List.of(destination);
    }

    /** {@code source} makes a packet beside its flows now; its number there, 0 if it is down or its sensors are silent. */
    long send(int source, int destination, int payloadBytes) {
        double nowS = simulation.nowUs() / 1e6;
        return create(new Flow(source, destination, nowS, nowS + 0.5, 1, payloadBytes));
    }

    /** A device outside of the simulation spoke: its reading is a packet of {@code node} for any gateway, with this number. */
    long createdOutside(int node, List<Measured> values) {
        return enter(node, Flow.ANY_GATEWAY, values);
    }

    /** What the sensor of a node of that name says as the reading that is offered just now. */
    List<Observation> observations(String name, int payloadBytes) {
        return measuring.isEmpty()
                ? constants.of(name, payloadBytes)
                : ConstantReadings.observations(OutboxOrigin.records(name, payloadBytes, measuring));
    }

    /** Whether there was a way for the packet when it was made, or soon enough after. */
    boolean hadWayInTime(Ledger.Packet packet) {
        return packet.shortest() >= 0
                || ways.inTime(packet.source(), targets(packet.destination()), packet.createdUs());
    }
}
