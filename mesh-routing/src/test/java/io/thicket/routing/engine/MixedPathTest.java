package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sequence 46, the whole way: gateway 0 - Ethernet - 1 - Wi-Fi - 2 - LoRa - 3 - Wi-Fi - 4. The medium refuses frames above a
 * link's MTU or beyond the LoRa duty, and safety is judged after every event.
 */
class MixedPathTest {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final int LORA_LINK = 2;

    @Test
    @Tag("4.2-46")
    void sequence_46_a_day_of_readings_over_ethernet_wifi_and_lora() {
        MixedMesh mesh = path(31, 250);
        MixedMesh.Node sensor = mesh.node(4);
        mesh.start(0);
        assertTrue(mesh.runUntil(() -> sensor.snapshot().pinnedGateway() != null, 2 * MINUTE_MS));
        mesh.runFor(MINUTE_MS);
        int fits = sensor.router.maxPayloadBytes(Destination.GATEWAY);
        assertTrue(fits > 100 && fits < 220, "cut to the LoRa hop: " + fits);
        int without = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            if (minute % 20 == 0) {
                sensor.offer("reading " + minute + " ".repeat(fits - 20));
            }
            mesh.runFor(MINUTE_MS);
            without += sensor.snapshot().pinnedGateway() == null ? 1 : 0;
        }
        mesh.runFor(30 * MINUTE_MS);

        RoutingSnapshot.Airtime used = mesh.node(3).snapshot().airtime().get(0);
        System.out.printf(
                "Mixed path, 3 readings of %d bytes an hour: %d of 72 delivered, %d minutes without gateway, %s%n",
                fits, mesh.delivered(0).size(), without, used);
        assertEquals(72, mesh.delivered(0).size());
        assertEquals(72, sensor.settled);
        assertEquals(0, without, "an entry lives as long as the rarest HELLOs on its way need");
        assertEquals(5 - 1, mesh.node(0).deliveries.get(0).hops());
    }

    /** A message that was cut for another way: refused at the LoRa hop, told, and the next one fits. */
    @Test
    @Tag("4.2-46")
    void sequence_46_a_reading_too_large_for_the_lora_hop_is_told_and_the_room_is_learnt() {
        MixedMesh mesh = path(32, 250);
        MixedMesh.Node sensor = mesh.node(4);
        mesh.start(0);
        byte[] large = new byte[sensor.router.maxPayloadBytes(Destination.GATEWAY)]; // no gateway is known yet
        assertTrue(large.length > 1_000);
        assertTrue(sensor.send(Destination.GATEWAY, large, 0, 0, HOUR_MS, true) > 0);

        assertTrue(mesh.runUntil(() -> sensor.drops.contains(DropReason.TOO_LARGE), 5 * MINUTE_MS));
        int fits = sensor.router.maxPayloadBytes(Destination.GATEWAY);
        assertTrue(fits < 220, "room for " + fits);
        sensor.offer("x".repeat(fits));
        assertTrue(mesh.runUntil(() -> mesh.delivered(0).contains("x".repeat(fits)), 5 * MINUTE_MS));
    }

    /** The MTU of the LoRa hop changes while readings flow. */
    @Test
    @Tag("4.2-46")
    void sequence_46_the_mtu_of_the_lora_hop_shrinks_and_grows() {
        MixedMesh mesh = path(33, 250);
        MixedMesh.Node sensor = mesh.node(4);
        mesh.start(0);
        mesh.runUntil(() -> sensor.snapshot().pinnedGateway() != null, 2 * MINUTE_MS);
        mesh.runFor(10 * MINUTE_MS);
        int before = sensor.router.maxPayloadBytes(Destination.GATEWAY);
        LinkInfo narrow = lora(170);
        mesh.node(2).change(LORA_LINK, narrow);
        mesh.node(3).change(LORA_LINK, narrow);

        // The sensor does not know yet: the first one is refused, and no more than that.
        assertTrue(sensor.send(Destination.GATEWAY, new byte[before], 0, 0, HOUR_MS, true) > 0);
        assertTrue(mesh.runUntil(() -> sensor.drops.contains(DropReason.TOO_LARGE), MINUTE_MS));
        int after = sensor.router.maxPayloadBytes(Destination.GATEWAY);
        assertTrue(before - after >= 80, before + " and then " + after);
        sensor.offer("y".repeat(after));
        assertTrue(mesh.runUntil(() -> mesh.delivered(0).contains("y".repeat(after)), 5 * MINUTE_MS));
        assertEquals(1, mesh.node(3).count(RoutingCounter.HOP_REFUSALS_SENT));

        mesh.node(2).change(LORA_LINK, lora(250));
        mesh.node(3).change(LORA_LINK, lora(250));
        mesh.runFor(HOUR_MS);
        assertEquals(before, sensor.router.maxPayloadBytes(Destination.GATEWAY), 12);
    }

    /** An RREP carries the path's MTU back, and a request for the node and its answer fit small frames. */
    @ParameterizedTest
    @ValueSource(ints = {128, 160, 200, 255})
    @Tag("4.2-46")
    void sequence_46_discovery_hellos_and_data_over_small_frames(int mtuBytes) {
        MixedMesh mesh = path(34, mtuBytes);
        MixedMesh.Node sensor = mesh.node(4);
        mesh.start();
        mesh.runFor(15 * MINUTE_MS);
        Destination far = Destination.node(mesh.node(1).id());
        int before = sensor.router.maxPayloadBytes(far);
        assertTrue(sensor.send(far, bytes("hi"), 0, 0, HOUR_MS, false) > 0);

        boolean got = mesh.runUntil(() -> mesh.delivered(1).contains("hi"), 2 * MINUTE_MS);
        assertTrue(got, "drops " + sensor.drops);
        int after = sensor.router.maxPayloadBytes(far);
        assertTrue(before > 1_000 && after < mtuBytes - 60, before + " and then " + after);
        assertTrue(after > 0, "room for " + after);
        String full = "z".repeat(after);
        assertTrue(sensor.send(far, bytes(full), 0, 0, HOUR_MS, false) > 0);
        assertTrue(mesh.runUntil(() -> mesh.delivered(1).contains(full), 2 * MINUTE_MS));
        // And back, over the route that the messages left behind.
        assertTrue(mesh.node(1).send(Destination.node(sensor.id()), bytes("back"), 0, 0, HOUR_MS, false) > 0);
        assertTrue(mesh.runUntil(() -> mesh.delivered(4).contains("back"), 2 * MINUTE_MS));
    }

    /** The gateway dies: behind the LoRa hop that is known as soon as the relay there knows it, not when a long life ends. */
    @Test
    @Tag("4.2-46")
    void sequence_46_a_lost_gateway_is_withdrawn_over_the_lora_hop() {
        MixedMesh mesh = path(35, 250);
        MixedMesh.Node sensor = mesh.node(4);
        mesh.start(0);
        mesh.runUntil(() -> sensor.snapshot().pinnedGateway() != null, 2 * MINUTE_MS);
        mesh.runFor(2 * HOUR_MS);
        assertNotNull(sensor.snapshot().pinnedGateway());

        mesh.node(0).up = false;

        assertTrue(mesh.runUntil(() -> sensor.snapshot().pinnedGateway() == null, 10 * MINUTE_MS));
    }

    /** Six LoRa hops in the middle: a settlement takes longer than Wi-Fi's patience, and that is no reason to doubt the way. */
    @Test
    @Tag("4.2-46")
    void sequence_46_a_slow_way_is_not_taken_for_a_black_hole() {
        MixedMesh mesh = new MixedMesh(36, 9);
        mesh.connect(0, MixedMesh.WIFI, 0, 1);
        for (int i = 1; i < 7; i++) {
            mesh.connect(LORA_LINK, lora(250), i, i + 1);
        }
        mesh.connect(3, MixedMesh.WIFI, 7, 8);
        MixedMesh.Node sensor = mesh.node(8);
        mesh.start(0);
        assertTrue(mesh.runUntil(() -> sensor.snapshot().pinnedGateway() != null, 5 * MINUTE_MS));
        mesh.runFor(10 * MINUTE_MS);
        for (int i = 0; i < 36; i++) {
            sensor.offer("reading " + i);
            String text = "reading " + i;
            assertTrue(mesh.runUntil(() -> mesh.delivered(0).contains(text), 5 * MINUTE_MS), text);
            mesh.runFor(20 * MINUTE_MS);
        }

        assertEquals(36, mesh.delivered(0).size());
        assertEquals(36, sensor.settled);
        assertEquals(0, sensor.count(RoutingCounter.PATHS_DEMOTED));
        assertTrue(sensor.alarms.isEmpty(), sensor.alarms.toString());
    }

    private static MixedMesh path(long seed, int loraMtuBytes) {
        MixedMesh mesh = new MixedMesh(seed, 5);
        mesh.connect(0, MixedMesh.ETHERNET, 0, 1);
        mesh.connect(1, MixedMesh.WIFI, 1, 2);
        mesh.connect(LORA_LINK, lora(loraMtuBytes), 2, 3);
        mesh.connect(3, MixedMesh.WIFI, 3, 4);
        return mesh;
    }

    private static LinkInfo lora(int mtuBytes) {
        return new LinkInfo(MixedMesh.LORA.linkClass(), 2, mtuBytes, true, LoraRadio.sf9());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
