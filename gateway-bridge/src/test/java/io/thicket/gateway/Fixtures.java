package io.thicket.gateway;

import io.thicket.agent.port.Uplink.Arrival;
import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatch.Reading;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.gateway.bridge.TopicScheme;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Nodes, readings and times that the tests talk about. */
public final class Fixtures {
    public static final NodeId N17 = new NodeId(0x17);
    public static final NodeId N18 = new NodeId(0x18);
    public static final NodeId GW1 = new NodeId(0x91);
    public static final TopicScheme TOPICS = new TopicScheme("thicket", "site1");
    public static final GatewayIdentity GATEWAY = new GatewayIdentity("gw1", GW1, "1.2.3");
    /** 2026-11-22T02:30:00.120Z. */
    public static final long WALL_MS = 1_795_314_600_120L;

    private Fixtures() {}

    /** A reading of temperature and humidity; {@code time} is the pack's base time. */
    public static Reading reading(long seq, String sensor, double time, double celsius) {
        return new Reading(
                seq,
                sensor,
                new SenmlPack(
                        "",
                        time,
                        List.of(
                                new SenmlRecord("temperature", "Cel", new SenmlValue.Numeric(celsius), null),
                                new SenmlRecord("humidity", "%RH", new SenmlValue.Numeric(44.7), null))));
    }

    /** Message {@code number} of {@code origin}, called {@code label}, with {@code readings} of boot 3. */
    public static Arrival arrival(NodeId origin, String label, long number, long atMs, Reading... readings) {
        return new Arrival(
                new MessageId(origin, 3, number),
                origin,
                label,
                2,
                atMs,
                new ReadingBatch(label, 3, List.of(readings)),
                false);
    }

    /** The same message, of an origin that has signed a later epoch meanwhile. */
    public static Arrival outdated(Arrival arrival) {
        return new Arrival(
                arrival.message(),
                arrival.origin(),
                arrival.label(),
                arrival.hops(),
                arrival.arrivedAtMs(),
                arrival.batch(),
                true);
    }

    /** A message with the readings {@code first} to {@code last} of the sensor {@code air}, just taken. */
    public static Arrival batch(NodeId origin, String label, long number, long atMs, long first, long last) {
        List<Reading> readings = new ArrayList<>();
        for (long seq = first; seq <= last; seq++) {
            readings.add(reading(seq, "air", -(last - seq), 20 + seq % 10));
        }
        return arrival(origin, label, number, atMs, readings.toArray(new Reading[0]));
    }

    /** A wall clock that stands still and is right. */
    public static WallClock wall() {
        return wall(true);
    }

    public static WallClock wall(boolean synchronised) {
        return new WallClock() {
            @Override
            public long nowMs() {
                return WALL_MS;
            }

            @Override
            public boolean isSynchronised() {
                return synchronised;
            }
        };
    }
}
