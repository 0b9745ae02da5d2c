package io.thicket.routing.record;

import io.thicket.routing.Destination;
import io.thicket.routing.GatewayState;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.engine.Router;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.security.ChaChaRandom;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.security.Signer;
import io.thicket.routing.security.Verifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Feeds a new router from a log and compares, call by call, all that comes out. Needs memory for one record and the router. */
public final class Replay {
    /** The largest frame or payload in a log; of longer ones, which every router refuses, the rest is left out. */
    static final int MAX_FRAME_BYTES = FrameGuard.MAX_FRAME_BYTES + 1;

    private static final int MAX_ADDRESS_BYTES = 18;
    private static final int MAX_LINKS = 256;
    private static final int MAX_CLASS_NAME = 256;
    private static final int SIGNATURE_BYTES = 64;

    /** Of one call: an RREQ for each of its searches, an RREP for each request that was due to be answered, and a few. */
    private static final int MAX_SIGNATURES = 1_024;

    private static final int HASH_BYTES = 32;

    /**
     * What a replay came to.
     *
     * @param calls replayed
     * @param effects that these had
     * @param hash of all effects, in hexadecimal
     * @param end how the log ends
     * @param difference the first one, a sentence with the call's number; null if everything is the same, bit for bit
     */
    public record Outcome(
            long calls,
            long effects,
            String hash,
            End end,
            @Nullable String difference) {}

    /** How a log ends. */
    public enum End {
        /** The node stopped. */
        STOPPED,
        /** The log's largest size was reached. */
        FULL,
        /** The router failed, and the replay shows the same failure. */
        FAILED,
        /** In the middle: the node is still running, or the power was cut. */
        OPEN
    }

    private final LogReader in;
    private final ArrayDeque<byte[]> signatures = new ArrayDeque<>();
    private final EffectDigest digest = new EffectDigest(Silence.EFFECTS);
    private final Router router;
    private long calls;
    private long lastMs = Long.MIN_VALUE;

    private Replay(LogReader in, byte[] networkKey, Verifier verifier) throws LogFormatException {
        this.in = in;
        if (in.peek() != RecordType.HEADER) {
            throw new LogFormatException("the log has no header");
        }
        in.next();
        LogHeader header = LogHeader.read(in);
        in.endOfRecord();
        readSignatures();
        byte[] publicKey = header.publicKey().bytes();
        Signer signer = new Signer() {
            @Override
            public byte[] publicKey() {
                return publicKey.clone();
            }

            @Override
            public byte[] sign(byte[] message) {
                byte[] recorded = signatures.poll();
                return recorded == null ? new byte[SIGNATURE_BYTES] : recorded;
            }
        };
        try {
            router = new Router(new RouterConfig(
                    signer,
                    verifier,
                    header.name(),
                    header.roles(),
                    header.epoch(),
                    header.salt(),
                    new ChaChaSealCipher(header.networkId().bytes(), networkKey),
                    new ChaChaRandom(header.seed().bytes()),
                    header.allParameters(),
                    header.maxDestinations(),
                    Set.copyOf(header.gateways()),
                    header.willingness()));
        } catch (IllegalArgumentException e) {
            throw new LogFormatException("the log's header is damaged: " + e.getMessage());
        }
    }

    /**
     * Replays {@code log} from its position.
     *
     * @param networkKey 32 bytes; with another key than the recorded network's nothing in the log can be opened
     * @param verifier the same kind as the node's
     */
    public static Outcome run(ByteBuffer log, byte[] networkKey, Verifier verifier) throws LogFormatException {
        ByteBuffer rest = log.slice();
        byte[] magic = new byte[EventRecorder.MAGIC.length];
        if (rest.remaining() < magic.length || !Arrays.equals(read(rest, magic), EventRecorder.MAGIC)) {
            throw new LogFormatException("this is no Thicket event log");
        }
        return new Replay(new LogReader(rest), networkKey, verifier).run();
    }

    private static byte[] read(ByteBuffer from, byte[] into) {
        from.get(into);
        return into;
    }

    private Outcome run() throws LogFormatException {
        for (RecordType type = in.peek(); type != null; type = in.peek()) {
            in.next();
            if (type == RecordType.END) {
                return end();
            }
            if (!type.isCall()) {
                throw in.damaged();
            }
            Call call = call(type);
            in.endOfRecord();
            readSignatures();
            RecordType expected = in.peek();
            if (expected == null) {
                return outcome(End.OPEN, null); // cut before the call had returned
            }
            Outcome stopped = compare(type, call, expected);
            if (stopped != null) {
                return stopped;
            }
        }
        return outcome(End.OPEN, null);
    }

    private @Nullable Outcome compare(RecordType type, Call call, RecordType expected) throws LogFormatException {
        in.next();
        long value;
        try {
            value = call.run();
        } catch (RuntimeException | AssertionError problem) {
            String name = problem.getClass().getName();
            boolean same =
                    expected == RecordType.FAILED && in.text(MAX_CLASS_NAME).equals(name);
            return outcome(
                    End.FAILED, same ? null : where(type) + " fails here with " + problem + " and did not there");
        }
        calls++;
        if (expected == RecordType.FAILED) {
            return outcome(
                    End.FAILED, where(type) + " failed there with " + in.text(MAX_CLASS_NAME) + " and does not here");
        }
        if (expected != RecordType.RESULT) {
            throw in.damaged();
        }
        long recordedValue = in.number(Long.MIN_VALUE, Long.MAX_VALUE);
        long recordedHash = in.number(Long.MIN_VALUE, Long.MAX_VALUE);
        in.endOfRecord();
        if (value != recordedValue) {
            return outcome(End.OPEN, where(type) + " returns " + value + ", there it was " + recordedValue);
        }
        return recordedHash == digest.shortHash() ? null : outcome(End.OPEN, where(type) + " has other effects");
    }

    private String where(RecordType type) {
        return "call " + Math.max(1, calls) + " (" + type + " at " + lastMs + " ms)";
    }

    private Outcome end() throws LogFormatException {
        End end = in.flag() ? End.STOPPED : End.FULL;
        long recordedCalls = in.number(0, Long.MAX_VALUE);
        byte[] recordedHash = in.bytes(HASH_BYTES, HASH_BYTES);
        in.endOfRecord();
        boolean same = recordedCalls == calls && Arrays.equals(recordedHash, digest.hash());
        return outcome(end, same ? null : "the log ends with the hash of other effects");
    }

    private Outcome outcome(End end, @Nullable String difference) {
        return new Outcome(calls, digest.effects(), digest.hex(), end, difference);
    }

    private void readSignatures() throws LogFormatException {
        while (in.peek() == RecordType.SIGNATURE) {
            in.next();
            if (signatures.size() >= MAX_SIGNATURES) {
                throw in.damaged();
            }
            signatures.add(in.bytes(SIGNATURE_BYTES, SIGNATURE_BYTES));
            in.endOfRecord();
        }
    }

    /** A call of the router, ready to be made. */
    private interface Call {
        long run();
    }

    private Call call(RecordType type) throws LogFormatException {
        long nowMs = in.number(lastMs, Long.MAX_VALUE / 4);
        lastMs = nowMs;
        return switch (type) {
            case LINK -> link(nowMs);
            case FRAME, REPLY -> frame(type, nowMs);
            case LINK_FAILURE -> {
                LinkId link = linkId();
                LinkAddress to = address();
                yield done(() -> router.onLinkFailure(nowMs, link, to, digest));
            }
            case SEND -> send(nowMs);
            case SETTLE -> {
                MessageId message = new MessageId(in.node(), in.number(0, 1L << 32), in.number(0, 1L << 32));
                SettleStatus status = in.choice(SettleStatus.values());
                yield done(() -> router.settle(nowMs, message, status, digest));
            }
            case GATEWAY_STATE -> {
                boolean uplink = in.flag();
                boolean accepting = in.flag();
                int load = (int) in.number(0, 100);
                GatewayState state = new GatewayState(uplink, accepting, load, (int) in.number(0, Integer.MAX_VALUE));
                yield done(() -> router.gatewayState(nowMs, state, digest));
            }
            case DEADLINE -> done(() -> router.onDeadline(nowMs, digest));
            case TRACE -> {
                NodeId target = in.node();
                yield () -> router.trace(nowMs, target, digest);
            }
            case HEADER, SIGNATURE, RESULT, FAILED, END -> throw in.damaged();
        };
    }

    private @Nullable LoraRadio radio() throws LogFormatException {
        int spreadingFactor = (int) in.number(0, 12);
        int bandwidthKhz = (int) in.number(0, 500);
        int codingRate = (int) in.number(0, 4);
        int dutyPerMille = (int) in.number(0, 1_000);
        return spreadingFactor == 0 ? null : new LoraRadio(spreadingFactor, bandwidthKhz, codingRate, dutyPerMille);
    }

    private Call link(long nowMs) throws LogFormatException {
        LinkId link = linkId();
        LinkClass linkClass = in.choice(LinkClass.values());
        int rate = (int) in.number(1, Integer.MAX_VALUE);
        int mtu = (int) in.number(LinkInfo.MIN_MTU_BYTES, LinkInfo.MAX_MTU_BYTES);
        boolean up = in.flag();
        LinkInfo info;
        try {
            info = new LinkInfo(linkClass, rate, mtu, up, radio());
        } catch (IllegalArgumentException e) {
            throw in.damaged();
        }
        return done(() -> router.onLink(nowMs, link, info, digest));
    }

    private Call frame(RecordType type, long nowMs) throws LogFormatException {
        LinkId link = linkId();
        LinkAddress from = address();
        int exchange = (int) in.number(-1, 0xffff);
        ByteBuffer sealed = ByteBuffer.wrap(in.bytes(0, MAX_FRAME_BYTES));
        return type == RecordType.FRAME
                ? done(() -> router.onFrame(nowMs, link, from, sealed, exchange, digest))
                : done(() -> router.onReply(nowMs, link, from, exchange, sealed, digest));
    }

    private Call send(long nowMs) throws LogFormatException {
        boolean anyGateway = in.flag();
        NodeId node = in.node();
        Destination destination = anyGateway ? Destination.GATEWAY : Destination.node(node);
        PayloadType type = in.choice(PayloadType.values());
        Priority priority = in.choice(Priority.values());
        long maxAgeMs = in.number(Long.MIN_VALUE / 4, Long.MAX_VALUE / 4);
        boolean wantsSettle = in.flag();
        long repeats = in.number(Long.MIN_VALUE, Long.MAX_VALUE);
        int turn = (int) in.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
        ByteBuffer payload = ByteBuffer.wrap(in.bytes(0, MAX_FRAME_BYTES));
        return () ->
                router.send(nowMs, destination, type, priority, maxAgeMs, wantsSettle, repeats, turn, payload, digest);
    }

    private LinkId linkId() throws LogFormatException {
        return new LinkId((int) in.number(0, MAX_LINKS - 1));
    }

    private LinkAddress address() throws LogFormatException {
        byte[] bytes = in.bytes(0, MAX_ADDRESS_BYTES);
        return bytes.length == 0 ? LinkAddress.ALL : LinkAddress.of(bytes);
    }

    private static Call done(Runnable call) {
        return () -> {
            call.run();
            return 0;
        };
    }
}
