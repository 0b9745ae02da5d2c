package io.thicket.agent.senml;

import io.thicket.routing.Identity;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch of readings in bytes: the CBOR array {@code [1, name, epoch, seq, sensor, pack, seq, sensor, pack, ...]} where
 * {@code pack} is a byte string with SenML in CBOR. Readings stand for themselves, so that a batch can be cut between any two.
 */
public final class ReadingBatchCodec {
    /** Largest batch in bytes, both ways. */
    public static final int MAX_BYTES = 16 * 1024;

    private static final int VERSION = 1;
    private static final int HEADER_ITEMS = 3;
    private static final int READING_ITEMS = 3;

    /** Enough for a batch of one reading, bytes. */
    private static final int FIRST_ROOM = 128;

    private ReadingBatchCodec() {}

    /** The batch in bytes; a batch larger than {@link #MAX_BYTES} is an {@link IllegalArgumentException}. */
    public static byte[] encode(ReadingBatch batch) {
        CborOutput out = new CborOutput(FIRST_ROOM);
        out.head(
                CborCursor.ARRAY,
                HEADER_ITEMS + READING_ITEMS * batch.readings().size());
        out.head(CborCursor.UNSIGNED, VERSION);
        out.text(batch.name());
        out.head(CborCursor.UNSIGNED, requireUnsigned(batch.epoch()));
        for (ReadingBatch.Reading reading : batch.readings()) {
            out.head(CborCursor.UNSIGNED, requireUnsigned(reading.seq()));
            out.text(reading.sensor());
            out.head(CborCursor.BYTES, SenmlCborCodec.encodedSize(reading.pack()));
            SenmlCborCodec.write(out, reading.pack());
        }
        if (out.size() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a batch of " + out.size() + " bytes where " + MAX_BYTES + " are allowed");
        }
        return out.toByteArray();
    }

    /** What a reading adds to a batch, in bytes, without encoding it. It changes with the reading's base time. */
    public static int encodedSize(ReadingBatch.Reading reading) {
        int pack = SenmlCborCodec.encodedSize(reading.pack());
        return CborSize.ofHead(reading.seq()) + CborSize.ofText(reading.sensor()) + CborSize.ofHead(pack) + pack;
    }

    /** What a batch has beside its readings, in bytes. */
    public static int headerSize(String name, long epoch, int readings) {
        return CborSize.ofHead(HEADER_ITEMS + (long) READING_ITEMS * readings)
                + CborSize.ofHead(VERSION)
                + CborSize.ofText(name)
                + CborSize.ofHead(epoch);
    }

    /**
     * How many of {@code readings}, from the first, fit into one batch of at most {@code maxBytes}; 0 if the first alone is
     * too large.
     */
    public static int fitting(String name, long epoch, List<ReadingBatch.Reading> readings, int maxBytes) {
        int limit = Math.min(maxBytes, MAX_BYTES);
        int count = 0;
        int bytes = 0;
        for (ReadingBatch.Reading reading : readings) {
            bytes += encodedSize(reading);
            if (count == ReadingBatch.MAX_READINGS || headerSize(name, epoch, count + 1) + bytes > limit) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Reads a batch. Names must be valid, seq must grow; anything else is refused. */
    public static ReadingBatch decode(byte[] bytes) throws SenmlFormatException {
        CborGate.check(bytes, MAX_BYTES);
        CborCursor cursor = new CborCursor(bytes);
        int items = begin(cursor);
        String name = name(cursor, "the node's name");
        long epoch = cursor.unsigned("the epoch");
        List<ReadingBatch.Reading> readings = new ArrayList<>();
        int written = headerSize(name, epoch, (items - HEADER_ITEMS) / READING_ITEMS);
        long seq = 0;
        for (int i = HEADER_ITEMS; i < items; i += READING_ITEMS) {
            seq = seqAfter(seq, cursor);
            String sensor = name(cursor, "the sensor's name");
            ReadingBatch.Reading reading =
                    new ReadingBatch.Reading(seq, sensor, SenmlCborCodec.decode(cursor.bytes("a pack")));
            written += encodedSize(reading);
            PackResolver.requireFits(written, MAX_BYTES);
            readings.add(reading);
        }
        return new ReadingBatch(name, epoch, readings);
    }

    /**
     * Which readings a batch has, without a look at what they say, which is most of the work of {@link #decode}: for who follows batches that a node wrote.
     * Packs that are none are not noticed.
     */
    public static ReadingNumbers numbersOf(byte[] bytes) throws SenmlFormatException {
        CborGate.check(bytes, MAX_BYTES);
        CborCursor cursor = new CborCursor(bytes);
        int items = begin(cursor);
        String name = name(cursor, "the node's name");
        long epoch = cursor.unsigned("the epoch");
        List<Long> seqs = new ArrayList<>((items - HEADER_ITEMS) / READING_ITEMS);
        long seq = 0;
        for (int i = HEADER_ITEMS; i < items; i += READING_ITEMS) {
            seq = seqAfter(seq, cursor);
            seqs.add(seq);
            cursor.skip(CborCursor.TEXT, "the sensor's name");
            cursor.skip(CborCursor.BYTES, "a pack");
        }
        return new ReadingNumbers(name, epoch, seqs);
    }

    /** The head and the version. Returns the number of items. */
    private static int begin(CborCursor cursor) throws SenmlFormatException {
        int items = cursor.array("a batch", HEADER_ITEMS + READING_ITEMS * ReadingBatch.MAX_READINGS);
        if (items < HEADER_ITEMS + READING_ITEMS || items % READING_ITEMS != 0) {
            throw new SenmlFormatException("a batch of " + items + " items");
        }
        long version = cursor.unsigned("the version");
        if (version != VERSION) {
            throw new SenmlFormatException("batch version " + version);
        }
        return items;
    }

    private static long seqAfter(long previous, CborCursor cursor) throws SenmlFormatException {
        long seq = cursor.unsigned("seq");
        if (seq <= previous) {
            throw new SenmlFormatException("seq does not grow");
        }
        return seq;
    }

    private static String name(CborCursor cursor, String what) throws SenmlFormatException {
        String name = cursor.text(what, Identity.MAX_NAME_LENGTH);
        if (!Identity.isValidName(name)) {
            throw new SenmlFormatException(what + " has characters that names do not have");
        }
        return name;
    }

    private static long requireUnsigned(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("a negative number in a batch: " + number);
        }
        return number;
    }
}
