package io.thicket.drivers.catalogue;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.LineAction;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.LineFramer;
import io.thicket.drivers.sdi12.Measurement;
import io.thicket.drivers.sdi12.Sdi12Decoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Each round asks for one measurement after the other: {@code aM!}, the time that the sensor wants or until it says that it is ready,
 * then {@code aD0!} and further ones until all values are there. Before each command the line is held low, which wakes the sensors.
 */
final class Sdi12Dialogue extends FramedDialogue {
    /** Specification 1.4, section 7: at least 12 ms, and 8.33 ms of rest after it. */
    private static final int BREAK_MS = 15;

    private static final long MARK_MS = 10;

    /** A sensor begins within 15 ms; 80 characters at 1200 baud take 0.7 s, and adapters collect before they pass on. */
    private static final long ANSWER_MS = 1000;

    private static final long ANSWER_AT_MOST_MS = 3000;
    private static final long LINE_SILENCE_MS = 500;

    /** Longer than the silence of a line, so that what an adapter says when it is opened is not taken for half an answer. */
    private static final long START_MS = 1000;

    private static final int TRIES = 3;
    private static final int MAX_DATA_COMMANDS = 10;

    /** What is asked for; each question is preceded by a break and a rest. */
    private enum Phase {
        START,
        IDLE,
        ADDRESS,
        MEASURE,
        READY,
        CONCURRENT,
        DATA
    }

    private final List<Measurement> measurements;
    private final long intervalMs;
    private final Sdi12Decoder decoder;

    private Phase phase = Phase.START;
    private int preparing;
    private int at;
    private int tries;
    private int dataAt;
    private char address = Measurement.ANY;
    private boolean awaiting;
    private long before;
    private long badBefore;
    private long roundAtMs;
    private long unanswered;

    Sdi12Dialogue(List<Measurement> measurements, long intervalMs, Set<String> wanted) {
        this(new Sdi12Decoder(measurements), measurements, intervalMs, wanted);
    }

    private Sdi12Dialogue(Sdi12Decoder decoder, List<Measurement> measurements, long intervalMs, Set<String> wanted) {
        super(new FrameSession(new LineFramer(Sdi12Decoder.MAX_LINE, LINE_SILENCE_MS), decoder, wanted));
        this.decoder = decoder;
        this.measurements = measurements;
        this.intervalMs = intervalMs;
    }

    @Override
    public Step next(long nowMs) {
        // A question is a break, a rest, and the question itself.
        if (preparing == 2) {
            preparing = 1;
            return new Step.Pause(MARK_MS);
        }
        if (preparing == 1) {
            preparing = 0;
            return ask();
        }
        boolean lost = takeFailed();
        awaiting = false;
        return switch (phase) {
            case START -> {
                phase = Phase.IDLE;
                yield new Step.Pause(START_MS);
            }
            case IDLE -> {
                roundAtMs = nowMs;
                at = 0;
                yield begin();
            }
            case ADDRESS -> {
                if (!lost) {
                    address = decoder.lastAddress();
                }
                yield lost ? again(nowMs) : prepare(Phase.MEASURE);
            }
            case MEASURE -> lost ? again(nowMs) : measuring(nowMs);
            // One that does not say that it is ready may be all the same.
            case READY, CONCURRENT -> prepare(Phase.DATA);
            case DATA -> lost ? again(nowMs) : read(nowMs);
        };
    }

    private Step begin() {
        tries = 0;
        dataAt = 0;
        decoder.expect(measurements.get(at));
        boolean isUnknown = measurements.get(at).address() == Measurement.ANY && address == Measurement.ANY;
        return prepare(isUnknown ? Phase.ADDRESS : Phase.MEASURE);
    }

    private Step measuring(long nowMs) {
        Measurement measurement = measurements.get(at);
        if (decoder.announced() < measurement.columns().size()) {
            return following(nowMs);
        }
        long waitMs = decoder.waitSeconds() * 1000L;
        if (waitMs == 0) {
            return prepare(Phase.DATA);
        }
        if (measurement.isConcurrent()) {
            phase = Phase.CONCURRENT;
            return new Step.Pause(waitMs);
        }
        phase = Phase.READY;
        awaitLine();
        return new Step.Say(Bytes.NONE, waitMs, waitMs);
    }

    private Step read(long nowMs) {
        if (decoder.isComplete()) {
            return following(nowMs);
        }
        dataAt++;
        tries = 0;
        if (dataAt == MAX_DATA_COMMANDS) {
            unanswered++;
            return following(nowMs);
        }
        return prepare(Phase.DATA);
    }

    /** The same question once more, or the next sensor. */
    private Step again(long nowMs) {
        tries++;
        if (tries < TRIES) {
            return prepare(phase);
        }
        unanswered++;
        // Another sensor may have been put in its place.
        address = Measurement.ANY;
        return following(nowMs);
    }

    private Step following(long nowMs) {
        at++;
        if (at < measurements.size()) {
            return begin();
        }
        phase = Phase.IDLE;
        return new Step.Pause(Math.max(MARK_MS, roundAtMs + intervalMs - nowMs));
    }

    private Step prepare(Phase next) {
        phase = next;
        preparing = 2;
        return new Step.Act(new LineAction.Break(BREAK_MS));
    }

    private Step ask() {
        Measurement measurement = measurements.get(at);
        char to = measurement.address() == Measurement.ANY ? address : measurement.address();
        String command =
                switch (phase) {
                    case ADDRESS -> "?!";
                    case MEASURE -> to + measurement.command() + "!";
                    default -> to + "D" + dataAt + "!";
                };
        awaitLine();
        return new Step.Say(Bytes.copyOf(command.getBytes(StandardCharsets.US_ASCII)), ANSWER_MS, ANSWER_AT_MOST_MS);
    }

    private void awaitLine() {
        awaiting = true;
        await();
        before = seen();
        badBefore = decoder.badChecks();
    }

    /** How many lines came of the kind that is awaited. */
    private long seen() {
        return switch (phase) {
            case MEASURE -> decoder.announcements();
            case DATA -> decoder.dataLines();
            default -> decoder.bareAddresses();
        };
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        super.onBytes(nowMs, bytes, offset, length, sink);
        if (!awaiting) {
            return;
        }
        if (seen() != before) {
            answer(false);
        } else if (decoder.badChecks() != badBefore) {
            answer(true);
        }
    }

    @Override
    public void reset() {
        super.reset();
        phase = Phase.START;
        preparing = 0;
        awaiting = false;
        address = Measurement.ANY;
    }

    /** Measurements that had no answer, or not all of it, count as malformed. */
    @Override
    public FrameCounts counts() {
        FrameCounts frames = super.counts();
        return new FrameCounts(
                frames.good(),
                frames.badChecksum() + decoder.badChecks(),
                frames.malformed() + unanswered,
                frames.noValue(),
                frames.skippedBytes());
    }
}
