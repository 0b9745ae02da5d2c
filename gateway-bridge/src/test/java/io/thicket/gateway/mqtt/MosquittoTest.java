package io.thicket.gateway.mqtt;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.batch;
import static io.thicket.gateway.Fixtures.wall;
import static io.thicket.gateway.mqtt.TestHost.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.gateway.bridge.BridgeCounter;
import io.thicket.gateway.bridge.BridgeSettings;
import io.thicket.gateway.bridge.NoSubscribers;
import io.thicket.routing.MessageId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The uplink against a real mosquitto that goes away, refuses and dies. Skipped where mosquitto is not installed. */
class MosquittoTest {
    /** Held until the judge is back after a restart: then "nothing is missing" can be demanded of every id. */
    private static final BridgeSettings HOLD = new BridgeSettings(NoSubscribers.HOLD, 20, 10_000);

    private static final int UNHEARD = 2;

    /** How old a reading of before a connection is: the wall clock stands still, so however long connecting takes. */
    private static final long BEFORE_MS = 1000;

    private final TestHost host = new TestHost();
    private long readings;

    @TempDir
    Path directory;

    @AfterEach
    void stopLoop() {
        host.close();
    }

    private MqttUplink uplink(Mosquitto broker, String user, Path passwordFile) {
        return uplink(broker, user, passwordFile, HOLD);
    }

    private MqttUplink uplink(Mosquitto broker, String user, Path passwordFile, BridgeSettings bridgeSettings) {
        MqttSettings settings = new MqttSettings(
                broker.url(), user, passwordFile, "gw1", Duration.ofSeconds(30), Duration.ofSeconds(1));
        MqttUplink uplink = new MqttUplink(settings, bridgeSettings, TOPICS, GATEWAY, wall(), new Random(1));
        host.call(() -> {
            uplink.start(host);
            return true;
        });
        return uplink;
    }

    private boolean isConnected(MqttUplink uplink) {
        return host.call(uplink::statusLine).startsWith("connected");
    }

    private void close(MqttUplink uplink) {
        host.call(() -> {
            uplink.close();
            return true;
        });
    }

    /** Offers readings one by one, on the loop. */
    private void offer(MqttUplink uplink, long from, long to) {
        for (long seq = from; seq <= to; seq++) {
            long number = seq;
            host.post(() -> uplink.accept(batch(N17, "n17", number, host.nowMs(), number, number)));
        }
    }

    /**
     * The same, each when all before it but {@link #UNHEARD} were heard: what waits in a broker without persistence dies with
     * it, and is not the uplink's.
     */
    private void offerAsHeard(MqttUplink uplink, List<String> ids, long from, long to) {
        await("all before " + from, 90, () -> new TreeSet<>(ids).size() == from - 1);
        long before = ids.size();
        for (long seq = from; seq <= to; seq++) {
            long wanted = before + seq - from - UNHEARD;
            await("reading " + (seq - 1 - UNHEARD), 10, () -> ids.size() >= wanted);
            offer(uplink, seq, seq);
        }
    }

    private void assertNothingMissing(MqttUplink uplink, List<String> ids, int readings) {
        await("all settled", 90, () -> host.settled.size() == readings);
        await("all heard", 10, () -> new TreeSet<>(ids).size() == readings);
        int twice = ids.size() - readings;
        long repeats = host.call(uplink::counters).get(BridgeCounter.REPEATS);
        assertTrue(twice <= repeats, twice + " ids twice but only " + repeats + " repeats counted");
    }

    @Test
    void a_broker_that_is_away_loses_nothing() throws Exception {
        try (Mosquitto broker = new Mosquitto(directory)) {
            List<String> ids = broker.subscribeToIds();
            MqttUplink uplink = uplink(broker, "", null);
            await("connection", 15, () -> isConnected(uplink));

            offerAsHeard(uplink, ids, 1, 200);
            broker.stopBroker();
            offer(uplink, 201, 700);
            await("a vain attempt", 20, () -> host.call(uplink::statusLine).contains("no broker answers"));
            assertFalse(host.call(uplink::state).uplink());
            broker.startBroker();
            offer(uplink, 701, 900);

            assertNothingMissing(uplink, ids, 900);
            close(uplink);
        }
    }

    @Test
    void a_broker_killed_in_mid_flight_loses_nothing() throws Exception {
        try (Mosquitto broker = new Mosquitto(directory)) {
            List<String> ids = broker.subscribeToIds();
            MqttUplink uplink = uplink(broker, "", null);
            await("connection", 15, () -> isConnected(uplink));

            for (int round = 0; round < 2; round++) {
                offerAsHeard(uplink, ids, round * 1000L + 1, round * 1000L + 800);
                broker.killBroker();
                offer(uplink, round * 1000L + 801, round * 1000L + 1000);
                broker.startBroker();
                await("connection", 30, () -> isConnected(uplink));
            }

            assertNothingMissing(uplink, ids, 2000);
            close(uplink);
        }
    }

    /** Its session, which the broker keeps for days, was still subscribed to all readings. */
    @Test
    void a_gateway_that_is_told_to_hold_is_no_subscriber_of_its_own() throws Exception {
        try (Mosquitto broker = new Mosquitto(directory)) {
            connectAndVanish(broker, BridgeSettings.DEFAULT);

            MqttUplink uplink = uplink(broker, "", null, HOLD);
            await("connection", 15, () -> isConnected(uplink));
            offer(uplink, 1, 3);
            await(
                    "all published",
                    10,
                    () -> count(uplink, BridgeCounter.READINGS) == 3
                            && count(uplink, BridgeCounter.NO_SUBSCRIBERS) > 3);
            List<String> ids = broker.subscribeToIds();

            await("a subscriber to get them", 30, () -> ids.size() == 3);
            close(uplink);
        }
    }

    /** What was published last before may be in no page, and the session did not hear it. */
    @Test
    void one_that_no_longer_holds_does_not_take_its_session_for_one_that_heard_readings() throws Exception {
        try (Mosquitto broker = new Mosquitto(directory)) {
            connectAndVanish(broker, HOLD);
            assertEquals(1, doubtfulOfOne(broker), "it heard none before");
            assertEquals(0, doubtfulOfOne(broker), "this time it did");
        }
    }

    private void connectAndVanish(Mosquitto broker, BridgeSettings bridgeSettings) {
        MqttUplink uplink = uplink(broker, "", null, bridgeSettings);
        await("connection", 15, () -> isConnected(uplink));
        vanish(uplink);
    }

    private void vanish(MqttUplink uplink) {
        host.call(() -> {
            uplink.abandon();
            return true;
        });
    }

    /** A gateway that hears readings gets one from before its connection, and vanishes. How many it doubted. */
    private long doubtfulOfOne(Mosquitto broker) {
        MqttUplink uplink = uplink(broker, "", null, BridgeSettings.DEFAULT);
        readings++;
        host.post(() -> uplink.accept(batch(N17, "n17", readings, host.nowMs() - BEFORE_MS, readings, readings)));
        await("settled", 15, () -> host.settled.containsKey(new MessageId(N17, 3, readings)));
        long doubtful = count(uplink, BridgeCounter.READINGS_DOUBTFUL);
        vanish(uplink);
        return doubtful;
    }

    private long count(MqttUplink uplink, BridgeCounter counter) {
        return host.call(uplink::counters).get(counter);
    }

    @Test
    void a_wrong_password_is_one_clear_sentence() throws Exception {
        Path users = Files.writeString(directory.resolve("users"), "");
        try (Mosquitto broker =
                new Mosquitto(directory, "allow_anonymous false", "password_file " + users.toAbsolutePath())) {
            Path password = Files.writeString(directory.resolve("password"), "wrong");
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
            MqttUplink uplink = uplink(broker, "gw", password);

            await("a sentence", 20, () -> host.call(uplink::statusLine).contains("refuses user 'gw'"));
            String line = host.call(uplink::statusLine);
            assertTrue(line.contains("check username and password_file"), line);
            close(uplink);
        }
    }

    @Test
    void a_topic_that_the_broker_does_not_allow_is_kept_and_named() throws Exception {
        Path acl = Files.writeString(
                directory.resolve("acl"),
                "topic write thicket/v1/site1/n/n18/#\ntopic write thicket/v1/site1/gw/#\ntopic read #\n");
        Files.setPosixFilePermissions(acl, PosixFilePermissions.fromString("rw-------"));
        try (Mosquitto broker = new Mosquitto(directory, "allow_anonymous true", "acl_file " + acl.toAbsolutePath())) {
            List<String> ids = broker.subscribeToIds();
            MqttUplink uplink = uplink(broker, "", null);
            await("connection", 15, () -> isConnected(uplink));
            host.post(() -> uplink.accept(batch(N17, "n17", 1, host.nowMs(), 1, 3)));
            host.post(() -> uplink.accept(batch(N18, "n18", 1, host.nowMs(), 1, 3)));

            await("the allowed node", 15, () -> host.settled.containsKey(new MessageId(N18, 3, 1)));
            await("a sentence", 10, () -> host.call(uplink::statusLine).contains("not authorised"));
            assertFalse(host.settled.containsKey(new MessageId(N17, 3, 1)));
            assertEquals(3, host.call(uplink::state).backlog());
            // The broker acknowledges before the subscriber, another process, has printed what it was sent.
            await("what is allowed", 10, () -> ids.size() == 3);
            assertEquals(List.of("n18/3/1", "n18/3/2", "n18/3/3"), ids);
            close(uplink);
        }
    }
}
