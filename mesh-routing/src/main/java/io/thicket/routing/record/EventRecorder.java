package io.thicket.routing.record;

import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.security.Signer;
import java.nio.ByteBuffer;

/** Writes a log up to a largest size. What is in it can be replayed, also if the power was cut while it was written. */
public final class EventRecorder {
    /** A log begins with these bytes. */
    static final byte[] MAGIC = {'T', 'H', 'K', 'T', 'L', 'O', 'G', '1'};

    /** The smallest limit that leaves room for a header and an end. */
    public static final long MIN_BYTES = 4_096;

    /** An END record, and what the last call returned, or what it failed with. */
    private static final int RESERVED_BYTES = 512;

    /** A SIGNATURE record. */
    private static final int SIGNATURE_BYTES = 128;

    /** Where a log goes. */
    public interface Sink {
        /** Takes all bytes from position to limit; false if that is impossible, and then there is no next call. */
        boolean write(ByteBuffer record);
    }

    /** Ends that are no accidents. */
    enum End {
        /** The largest size was reached. */
        FULL,
        /** The node stopped. */
        STOPPED
    }

    private final Sink sink;
    private final long maxBytes;
    private final LogWriter writer = new LogWriter();
    private long written;
    private boolean ended;

    /** Begins nothing yet. */
    public EventRecorder(Sink sink, long maxBytes) {
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException("a log of " + maxBytes + " bytes");
        }
        this.sink = sink;
        this.maxBytes = maxBytes;
    }

    /** What every log begins with. */
    public static byte[] firstBytes() {
        return MAGIC.clone();
    }

    /**
     * Begins the log of a router that is to be made from {@code config}, whose random numbers are those of
     * {@code new ChaChaRandom(seed)} and are drawn by nobody else.
     */
    public void begin(String version, RouterConfig config, byte[] seed, byte[] networkId) {
        put(ByteBuffer.wrap(MAGIC));
        LogWriter out = writer.begin(RecordType.HEADER);
        LogHeader.of(version, config, seed, networkId).write(out);
        put(out.end());
    }

    /** {@code signer}, whose signatures are written down, since its key is not. */
    public Signer recording(Signer signer) {
        return new Signer() {
            @Override
            public byte[] publicKey() {
                return signer.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                byte[] signature = signer.sign(message);
                if (!ended && isFull(SIGNATURE_BYTES)) {
                    ended = true; // nobody knows how often a call signs; as if the power had been cut in it
                }
                if (!ended) {
                    put(writer.begin(RecordType.SIGNATURE).bytes(signature).end());
                }
                return signature;
            }
        };
    }

    /** Whether anything is still written. */
    boolean hasEnded() {
        return ended;
    }

    LogWriter call(RecordType type, long nowMs) {
        return writer.begin(type).number(nowMs);
    }

    void put(LogWriter record) {
        put(record.end());
    }

    void result(long value, long shortHash) {
        if (!ended) {
            put(writer.begin(RecordType.RESULT).number(value).number(shortHash).end());
        }
    }

    void failed(Throwable problem) {
        if (!ended) {
            put(writer.begin(RecordType.FAILED)
                    .text(problem.getClass().getName())
                    .end());
            ended = true;
        }
    }

    void end(End why, long calls, byte[] hash) {
        if (!ended) {
            put(writer.begin(RecordType.END)
                    .number(why == End.FULL ? 0 : 1)
                    .number(calls)
                    .bytes(hash)
                    .end());
            ended = true;
        }
    }

    /** Whether another call of {@code bytes} would leave no room for an orderly end. */
    boolean isFull(int bytes) {
        return written + bytes + RESERVED_BYTES > maxBytes;
    }

    private void put(ByteBuffer bytes) {
        written += bytes.remaining();
        if (!sink.write(bytes)) {
            ended = true;
        }
    }
}
