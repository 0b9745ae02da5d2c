package io.thicket.routing.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.engine.Router;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.security.ChaChaRandom;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.Signer;
import io.thicket.routing.security.Verifier;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** I19: a log replays to the same hash, or says where it does not. Whole networks are replayed in the simulator. */
class ReplayTest {
    private static final byte[] SEED = new byte[ChaChaRandom.SEED_BYTES];
    private static final byte[] NETWORK = "net".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = new byte[32];
    private static final LinkId LINK = new LinkId(0);
    private static final Verifier ANY = (key, message, signature) -> true;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private RecordingRouter router;
    private Signer signer;
    private long nowMs;

    private static final class Key implements Signer {
        @Override
        public byte[] publicKey() {
            return new byte[32];
        }

        @Override
        public byte[] sign(byte[] message) {
            byte[] signature = new byte[64];
            signature[0] = (byte) message.length;
            return signature;
        }
    }

    private void record(long maxBytes) {
        record(maxBytes, Set.of(), 7);
    }

    private void record(long maxBytes, Set<NodeId> gateways, int willingness) {
        EventRecorder recorder = new EventRecorder(
                bytes -> {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    log.writeBytes(copy);
                    return true;
                },
                maxBytes);
        signer = recorder.recording(new Key());
        RouterConfig config = new RouterConfig(
                signer,
                ANY,
                "one",
                Set.of(Identity.Role.RELAY),
                3,
                99,
                new ChaChaSealCipher(NETWORK, KEY),
                new ChaChaRandom(SEED),
                RouterConfig.defaultParameters(),
                RouterConfig.DEFAULT_MAX_DESTINATIONS,
                gateways,
                willingness);
        recorder.begin("1.0", config, SEED, NETWORK);
        router = new RecordingRouter(new Router(config), recorder);
    }

    private void runTo(long ms) {
        while (router.nextDeadlineMs() <= ms) {
            nowMs = Math.max(nowMs, router.nextDeadlineMs());
            router.onDeadline(nowMs, Silence.EFFECTS);
        }
        nowMs = ms;
    }

    /** A minute in the life of a lonely router. */
    private void live() {
        router.onLink(0, LINK, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), Silence.EFFECTS);
        runTo(5_000);
        router.gatewayState(nowMs, new GatewayState(true, true, 3, 0), Silence.EFFECTS);
        router.onFrame(nowMs, LINK, LinkAddress.of((byte) 1), ByteBuffer.wrap(new byte[70]), -1, Silence.EFFECTS);
        router.onReply(nowMs, LINK, LinkAddress.of((byte) 1), 7, ByteBuffer.wrap(new byte[3_000]), Silence.EFFECTS);
        router.send(
                nowMs,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                0,
                0,
                ByteBuffer.wrap(new byte[20]),
                Silence.EFFECTS);
        router.trace(nowMs, new NodeId(5), Silence.EFFECTS);
        router.onLinkFailure(nowMs, LINK, LinkAddress.of((byte) 1), Silence.EFFECTS);
        runTo(60_000);
    }

    private Replay.Outcome replay(byte[] bytes) throws LogFormatException {
        return Replay.run(ByteBuffer.wrap(bytes), KEY, ANY);
    }

    @Test
    void a_log_replays_to_the_same_hash() throws LogFormatException {
        record(1 << 20);
        live();
        router.close();

        Replay.Outcome outcome = replay(log.toByteArray());

        assertNull(outcome.difference());
        assertEquals(Replay.End.STOPPED, outcome.end());
        assertEquals(router.hash(), outcome.hash());
        assertTrue(outcome.calls() > 60 && outcome.effects() > 5, outcome::toString);
    }

    @Test
    void a_node_on_battery_in_a_network_that_lists_its_gateways_is_replayed() throws LogFormatException {
        record(1 << 20, Set.of(new NodeId(7), new NodeId(6)), 3);
        live();
        router.close();

        assertNull(replay(log.toByteArray()).difference());
    }

    /** With so little airtime its HELLOs wait, so a replay without the radio would go otherwise. */
    @Test
    void a_node_on_lora_is_replayed_with_its_radio() throws LogFormatException {
        record(1 << 20);
        LoraRadio radio = new LoraRadio(9, 125, 1, 2);
        router.onLink(0, LINK, new LinkInfo(LinkClass.LORA, 2, 130, true, radio), Silence.EFFECTS);
        runTo(3 * 3_600_000);
        assertTrue(router.snapshot(nowMs).counters().getOrDefault(RoutingCounter.AIRTIME_WAITS, 0L) > 0);
        router.close();

        assertNull(replay(log.toByteArray()).difference());
    }

    @Test
    void recording_hides_nothing_of_the_router() {
        record(1 << 20);
        live();

        assertFalse(router.hasRoute(new NodeId(5)));
        assertTrue(router.hasRoute(NodeId.ofPublicKey(new Key().publicKey())));
    }

    /** As ten searches do that begin in one call. */
    @Test
    void a_call_that_signs_often_is_replayed() throws LogFormatException {
        record(1 << 20);
        router.onLink(0, LINK, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), Silence.EFFECTS);
        runTo(5_000);
        RouterEffects whileTracing = (RouterEffects) Proxy.newProxyInstance(
                ReplayTest.class.getClassLoader(), new Class<?>[] {RouterEffects.class}, (proxy, effect, args) -> {
                    for (int i = 0; i < 10; i++) {
                        signer.sign(new byte[i]);
                    }
                    return null;
                });
        router.trace(nowMs, router.snapshot(nowMs).self(), whileTracing);
        router.close();

        Replay.Outcome outcome = replay(log.toByteArray());

        assertNull(outcome.difference());
        assertEquals(Replay.End.STOPPED, outcome.end());
    }

    @Test
    void a_call_that_signs_more_often_than_there_is_room_for_ends_the_log_within_its_limit() throws LogFormatException {
        record(EventRecorder.MIN_BYTES);
        router.onLink(0, LINK, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), Silence.EFFECTS);
        RouterEffects whileTracing = (RouterEffects) Proxy.newProxyInstance(
                ReplayTest.class.getClassLoader(), new Class<?>[] {RouterEffects.class}, (proxy, effect, args) -> {
                    for (int i = 0; i < 100; i++) {
                        signer.sign(new byte[i]);
                    }
                    return null;
                });
        router.trace(nowMs, router.snapshot(nowMs).self(), whileTracing);
        live();
        router.close();

        Replay.Outcome outcome = replay(log.toByteArray());

        assertTrue(log.size() <= EventRecorder.MIN_BYTES, "it has " + log.size() + " bytes");
        assertNull(outcome.difference());
        assertEquals(1, outcome.calls(), "the one that did not fit is as if the power had been cut in it");
    }

    @Test
    void a_log_that_is_cut_anywhere_replays_up_to_there() throws LogFormatException {
        record(1 << 20);
        live();
        router.close();
        byte[] whole = log.toByteArray();
        int headerEnds = 8 + LogWriter.HEAD_BYTES + (whole[9] << 8 | whole[10] & 0xff);

        for (int length = headerEnds + 200; length < whole.length; length += 37) {
            Replay.Outcome outcome = replay(Arrays.copyOf(whole, length));
            assertNull(outcome.difference(), "at " + length);
            assertEquals(Replay.End.OPEN, outcome.end(), "at " + length);
        }
    }

    @Test
    void a_full_log_ends_with_a_mark_within_its_limit_and_replays_up_to_there() throws LogFormatException {
        record(EventRecorder.MIN_BYTES);
        live();
        router.close();

        Replay.Outcome outcome = replay(log.toByteArray());

        assertNull(outcome.difference());
        assertEquals(Replay.End.FULL, outcome.end());
        assertTrue(log.size() <= EventRecorder.MIN_BYTES, "it has " + log.size() + " bytes");
    }

    @Test
    void another_network_key_is_a_difference_with_the_calls_number() throws LogFormatException {
        record(1 << 20);
        live();
        byte[] other = KEY.clone();
        other[0] = 1;

        Replay.Outcome outcome = Replay.run(ByteBuffer.wrap(log.toByteArray()), other, ANY);

        assertNotNull(outcome.difference());
        assertTrue(outcome.difference().startsWith("call "), outcome.difference());
        assertNotEquals(router.hash(), outcome.hash());
    }

    @Test
    void a_changed_byte_is_a_difference_or_a_sentence() {
        record(1 << 20);
        live();
        router.close();
        byte[] whole = log.toByteArray();

        for (int at = 8; at < whole.length; at += 11) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            ReplayChecks.replaysOrRefuses(changed);
            ReplayChecks.recordsReplayOrAreRefused(Arrays.copyOfRange(changed, at, changed.length));
        }
    }

    @Test
    void what_is_no_log_is_refused_with_a_sentence() {
        assertEquals(
                "this is no Thicket event log",
                assertThrows(LogFormatException.class, () -> replay(new byte[5]))
                        .getMessage());
        assertEquals(
                "the log has no header",
                assertThrows(LogFormatException.class, () -> replay(EventRecorder.MAGIC))
                        .getMessage());
        byte[] damaged = Arrays.copyOf(EventRecorder.MAGIC, 400);
        damaged[8] = 99;
        assertEquals(
                "the log is damaged at byte 8",
                assertThrows(LogFormatException.class, () -> replay(damaged)).getMessage());
    }

    @Test
    void a_failure_of_the_router_is_recorded_and_shows_again() throws LogFormatException {
        record(1 << 20);
        live();
        assertThrows(
                IllegalArgumentException.class,
                () -> router.send(
                        nowMs,
                        Destination.GATEWAY,
                        PayloadType.READINGS,
                        Priority.NORMAL,
                        1,
                        false,
                        -1,
                        0,
                        ByteBuffer.wrap(new byte[1]),
                        Silence.EFFECTS));

        Replay.Outcome outcome = replay(log.toByteArray());

        assertEquals(Replay.End.FAILED, outcome.end());
        assertNull(outcome.difference());
    }

    @Test
    void the_seed_alone_makes_the_random_numbers() {
        byte[] other = SEED.clone();
        other[31] = 1;
        ChaChaRandom one = new ChaChaRandom(SEED);
        ChaChaRandom same = new ChaChaRandom(SEED);
        ChaChaRandom another = new ChaChaRandom(other);
        boolean differs = false;
        for (int i = 0; i < 1_000; i++) {
            long value = one.nextLong();
            assertEquals(value, same.nextLong());
            differs |= value != another.nextLong();
        }
        assertTrue(differs);
        // RFC 8439 section 2.3.2 is for another nonce; appendix A.1, test vector 1: zero key, nonce and counter.
        assertEquals(0x76b8e0ada0f13d90L, new ChaChaRandom(SEED).nextLong());
    }
}
