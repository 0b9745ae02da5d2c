package io.thicket.routing.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameGuardTest {
    private static final NodeId A = NodeId.parse("a1a2a3a4a5a6a7a8");
    private static final NodeId B = NodeId.parse("b1b2b3b4b5b6b7b8");
    private static final byte[] TEXT = "hello mesh".getBytes(StandardCharsets.US_ASCII);
    private static final int NONE = -1;

    private final FrameGuard a = guard(A, 1, 11);
    private final FrameGuard b = guard(B, 1, 22);

    @Test
    void introduced_frame_has_the_documented_header() {
        byte[] frame = sealed(a, FrameForm.UNICAST_INTRODUCED, b.bootTag(), 5);

        assertEquals(38 + TEXT.length + 16, frame.length);
        ByteBuffer in = ByteBuffer.wrap(frame);
        assertEquals(0x13, in.get());
        assertEquals(cipher().keyId(), in.get());
        assertEquals(A.prefix(), in.getInt());
        assertEquals(a.bootTag(), in.getInt());
        assertEquals(1, in.getInt());
        assertEquals(b.bootTag(), in.getInt());
        assertEquals(A.value(), in.getLong());
        assertEquals(1, in.getInt());
        assertEquals(11, in.getLong());
    }

    /** Computed from README.md "Envelope" with another language's libraries. */
    @Test
    void a_whole_frame_has_the_bytes_that_an_independent_implementation_makes() {
        String hex = HexFormat.of().formatHex(sealed(a, FrameForm.BROADCAST_INTRODUCED, 0, NONE));

        assertEquals(
                "12e2a1a2a3a4ea7083ce00000001a1a2a3a4a5a6a7a800000001000000000000000b"
                        + "90657b688d021443b729c5402fbb03be63edbfe1731455877ad1",
                hex);
    }

    @Test
    void guards_that_share_buffers_do_not_hear_each_other() {
        FrameBuffers shared = new FrameBuffers();
        FrameGuard one = new FrameGuard(cipher(), A, 1, 11, 348, shared);
        FrameGuard other = new FrameGuard(cipher(), B, 1, 22, 689, shared);
        byte[] fromOne = sealed(one, FrameForm.BROADCAST_INTRODUCED, 0, NONE);
        byte[] fromOther = sealed(other, FrameForm.BROADCAST_INTRODUCED, 0, NONE);

        assertArrayEquals(sealed(guard(A, 1, 11), FrameForm.BROADCAST_INTRODUCED, 0, NONE), fromOne);
        OpenResult opened = open(other, fromOne);
        byte[] sealedMeanwhile = sealed(other, FrameForm.BROADCAST, 0, NONE);

        assertArrayEquals(TEXT, bytes(opened.plaintext()));
        assertEquals(OpenStatus.NEW_NEEDS_CHALLENGE, status(one, fromOther));
        assertEquals(OpenStatus.NEW_NEEDS_CHALLENGE, status(one, sealedMeanwhile));
    }

    @Test
    void a_stranger_becomes_live_only_by_its_answer() {
        assertEquals(OpenStatus.UNKNOWN_SESSION, status(b, sealed(a, FrameForm.BROADCAST, 0, NONE)));
        OpenResult hello = open(b, sealed(a, FrameForm.BROADCAST_INTRODUCED, 0, NONE));
        assertEquals(OpenStatus.NEW_NEEDS_CHALLENGE, hello.status());
        assertEquals(A, hello.sender());
        long nonce = b.challengeNonce(0, A.prefix(), a.bootTag());
        byte[] before = sealed(a, FrameForm.BROADCAST, 0, NONE);
        byte[] answerFrame = sealed(a, FrameForm.UNICAST_INTRODUCED, b.bootTag(), 1);
        OpenResult answer = b.open(0, ByteBuffer.wrap(answerFrame), 1);

        assertFalse(b.accept(0, answer, nonce + 1));
        assertFalse(b.accept(30_000, answer, nonce));
        assertTrue(b.accept(15_000, answer, nonce));

        assertTrue(b.isLive(A, a.bootTag()));
        assertEquals(OpenStatus.REPLAY, status(b, before)); // at or below the answer's counter
        OpenResult live = open(b, sealed(a, FrameForm.BROADCAST, 0, NONE));
        assertEquals(OpenStatus.LIVE, live.status());
        assertArrayEquals(TEXT, bytes(live.plaintext()));
    }

    @Test
    void a_new_boot_ends_the_old_one_and_its_recorded_answer_is_void() {
        long nonce = introduce(a, b);
        byte[] hello = sealed(a, FrameForm.BROADCAST_INTRODUCED, 0, NONE);
        FrameGuard reborn = guard(A, 2, 12);
        introduce(reborn, b);

        assertFalse(b.isLive(A, a.bootTag()));
        OpenResult replayed = open(b, hello);
        assertEquals(OpenStatus.NEW_NEEDS_CHALLENGE, replayed.status());
        assertFalse(b.accept(0, replayed, nonce));
        assertEquals(1, b.liveSessions());
    }

    @Test
    void sealing_leaves_the_opened_text_alone() {
        OpenResult opened = open(b, sealed(a, FrameForm.BROADCAST_INTRODUCED, 0, NONE));

        sealed(b, FrameForm.BROADCAST_INTRODUCED, 0, NONE);

        assertArrayEquals(TEXT, bytes(opened.plaintext()));
    }

    @Test
    void frames_for_another_boot_and_other_networks_are_told_apart() {
        introduce(a, b);

        assertEquals(OpenStatus.OTHER_RECEIVER, status(b, sealed(a, FrameForm.UNICAST, b.bootTag() + 1, NONE)));
        byte[] otherKey = new byte[32];
        Arrays.fill(otherKey, (byte) 9);
        FrameGuard foreign = new FrameGuard(new ChaChaSealCipher(new byte[] {1}, otherKey), A, 1, 1, 1);
        assertNotEquals(cipher().keyId(), new ChaChaSealCipher(new byte[] {1}, otherKey).keyId());
        assertEquals(OpenStatus.FOREIGN_KEY_ID, status(b, sealed(foreign, FrameForm.BROADCAST, 0, NONE)));
    }

    @Test
    void a_reply_is_bound_to_its_exchange() {
        introduce(a, b);
        byte[] reply = sealed(a, FrameForm.REPLY, b.bootTag(), 77);

        assertEquals(OpenStatus.MALFORMED, b.open(0, ByteBuffer.wrap(reply), 77).status());
        assertEquals(
                OpenStatus.BAD_SEAL, b.openReply(0, ByteBuffer.wrap(reply), 78).status());
        assertEquals(OpenStatus.LIVE, b.openReply(0, ByteBuffer.wrap(reply), 77).status());
        assertEquals(
                OpenStatus.REPLAY, b.openReply(0, ByteBuffer.wrap(reply), 77).status());
    }

    @Test
    void a_forged_frame_before_each_genuine_one_loses_none() {
        introduce(a, b);
        for (int i = 0; i < 300; i++) {
            byte[] genuine = sealed(a, FrameForm.BROADCAST, 0, NONE);
            byte[] forged = genuine.clone();
            forged[14 + i % (forged.length - 14)] ^= 1;

            assertEquals(OpenStatus.BAD_SEAL, status(b, forged));
            assertEquals(OpenStatus.LIVE, status(b, genuine));
        }
    }

    @Test
    void no_changed_bit_passes() {
        introduce(a, b);
        byte[] genuine = sealed(a, FrameForm.UNICAST_INTRODUCED, b.bootTag(), 3);
        for (int bit = 0; bit < 8 * genuine.length; bit++) {
            byte[] changed = genuine.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(b.open(0, ByteBuffer.wrap(changed), 3).status().authentic(), "bit " + bit);
        }
        assertEquals(OpenStatus.LIVE, b.open(0, ByteBuffer.wrap(genuine), 3).status());
    }

    @Test
    void what_its_owner_keeps_of_a_boot_comes_with_each_of_its_frames_until_its_session_ends() {
        SessionPeer peer = new SessionPeer() {};
        OpenResult hello = open(b, sealed(a, FrameForm.BROADCAST_INTRODUCED, 0, NONE));
        assertNull(hello.peer());
        hello.setPeer(peer);
        assertSame(peer, open(b, sealed(a, FrameForm.BROADCAST, 0, NONE)).peer());

        OpenResult bad = open(b, new byte[3]);
        assertNull(bad.peer(), "a frame of nobody");
        assertThrows(IllegalStateException.class, () -> bad.setPeer(peer));

        b.forget(A, a.bootTag());
        assertNull(open(b, sealed(a, FrameForm.BROADCAST_INTRODUCED, 0, NONE)).peer());
    }

    @Test
    void strangers_never_evict_live_sessions() {
        introduce(a, b);
        for (int i = 0; i < 600; i++) {
            FrameGuard stranger = guard(new NodeId(1000L + i), 1, i);
            assertEquals(
                    OpenStatus.NEW_NEEDS_CHALLENGE,
                    status(b, sealed(stranger, FrameForm.BROADCAST_INTRODUCED, 0, NONE)));
        }

        assertTrue(b.isLive(A, a.bootTag()));
        assertEquals(1, b.liveSessions());
    }

    @Test
    void the_live_table_is_bounded_and_forgotten_frames_may_come_again() {
        for (int i = 0; i < FrameGuard.MAX_LIVE_SESSIONS + 10; i++) {
            introduce(guard(new NodeId((long) i << 32 | 7), 1, i), b);
        }
        assertEquals(FrameGuard.MAX_LIVE_SESSIONS, b.liveSessions());

        byte[] hello = sealed(a, FrameForm.BROADCAST_INTRODUCED, 0, NONE);
        assertEquals(OpenStatus.NEW_NEEDS_CHALLENGE, status(b, hello));
        b.forget(A, a.bootTag());
        assertEquals(OpenStatus.NEW_NEEDS_CHALLENGE, status(b, hello)); // JDK 17: the same key and nonce again
    }

    @Test
    void of_too_many_sessions_the_one_ends_that_was_used_longest_ago() {
        List<FrameGuard> others = new ArrayList<>();
        for (int i = 0; i < FrameGuard.MAX_LIVE_SESSIONS; i++) {
            others.add(guard(new NodeId((long) (i + 1) << 32), 1, i));
            introduce(others.get(i), b);
        }
        open(b, sealed(others.get(0), FrameForm.BROADCAST, 0, NONE));
        for (int i = 0; i < 3; i++) {
            introduce(guard(new NodeId((long) (i + 5000) << 32), 1, i), b);
        }
        for (int i = 0; i < others.size(); i++) {
            boolean gone = i >= 1 && i <= 3;
            assertEquals(!gone, b.isLive(others.get(i).self(), others.get(i).bootTag()), "session " + i);
        }
    }

    @Test
    void garbage_and_mutations_never_throw_and_never_pass() {
        introduce(a, b);
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(80)] : sealed(a, FrameForm.BROADCAST, 0, NONE);
            if (i % 2 == 0) {
                random.nextBytes(bytes);
            } else {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            assertFalse(status(b, bytes).authentic());
        }
    }

    /** Lets {@code newcomer} become live at {@code host}; returns the nonce it answered. */
    static long introduce(FrameGuard newcomer, FrameGuard host) {
        long nonce = host.challengeNonce(0, newcomer.self().prefix(), newcomer.bootTag());
        OpenResult answer = open(host, sealed(newcomer, FrameForm.UNICAST_INTRODUCED, host.bootTag(), NONE));
        assertTrue(host.accept(0, answer, nonce));
        return nonce;
    }

    static FrameGuard guard(NodeId id, long epoch, long salt) {
        return new FrameGuard(cipher(), id, epoch, salt, salt * 31 + 7);
    }

    private static ChaChaSealCipher cipher() {
        return new ChaChaSealCipher("test".getBytes(StandardCharsets.US_ASCII), new byte[32]);
    }

    private static byte[] sealed(FrameGuard guard, FrameForm form, int receiver, int exchange) {
        ByteBuffer out = ByteBuffer.allocate(200);
        guard.seal(form, receiver, exchange, ByteBuffer.wrap(TEXT), out);
        assertEquals(TEXT.length + form.overheadBytes(), out.position());
        return bytes(out.flip());
    }

    private static OpenResult open(FrameGuard guard, byte[] frame) {
        return guard.open(0, ByteBuffer.wrap(frame), NONE);
    }

    private static OpenStatus status(FrameGuard guard, byte[] frame) {
        return open(guard, frame).status();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
