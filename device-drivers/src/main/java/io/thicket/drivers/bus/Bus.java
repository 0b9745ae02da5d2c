package io.thicket.drivers.bus;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.PolledSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one master of a line: asks one unit at a time, waits for its answer, keeps the line silent between two requests, and
 * drops what nobody asked for. Not thread-safe: the port's thread drives it. Values go to the units' own sinks.
 */
public final class Bus implements PolledSession {
    /** Most units of one bus: as many as RS-485 carries without tricks, twice. */
    public static final int MAX_UNITS = 64;

    /** USB adapters hand bytes on in lots; an FTDI keeps them for up to 16 ms. */
    static final long ADAPTER_MS = 20;

    /** What units need to obey a broadcast, which they do not answer (Modbus over serial line 2.4.1: 100 to 200 ms). */
    static final long BROADCAST_MS = 100;

    /** A port that does not take a request within this time is stuck. */
    static final long WRITE_MS = 5_000;

    private final LineTiming line;
    private final EchoFilter echo;
    private final List<BusSeat> seats = new ArrayList<>();
    private final Turns turns;
    private final BusListener listener;
    private final ByteWindow window = new ByteWindow();

    private @Nullable Open open;
    private boolean used;
    private long lastActivityMs;
    private long answers;
    private long garbled;
    private long silent;
    private long skippedBytes;

    /** A request that was not answered yet. */
    private static final class Open {
        private final BusSeat seat;
        private final Exchange exchange;
        private final byte[] request;
        private final long beganMs;
        private long sentMs;
        private long deadlineMs;
        /** Length of the window at the end of a copy of the request that may be the answer; 0 if there is none. */
        private int copyEnd;

        private boolean copied;
        private boolean heard;

        Open(BusSeat seat, Exchange exchange, long nowMs) {
            this.seat = seat;
            this.exchange = exchange;
            this.request = exchange.request();
            this.beganMs = nowMs;
            this.sentMs = nowMs;
            this.deadlineMs = nowMs + WRITE_MS;
        }
    }

    public Bus(BusParameters parameters, List<? extends BusUnit> units, BusListener listener) {
        if (units.isEmpty() || units.size() > MAX_UNITS) {
            throw new IllegalArgumentException("a bus has 1 to " + MAX_UNITS + " units, not " + units.size());
        }
        this.line = new LineTiming(parameters.line());
        this.echo = new EchoFilter(parameters.echo());
        this.listener = listener;
        for (BusUnit unit : units) {
            seats.add(new BusSeat(seats.size(), unit));
        }
        this.turns = new Turns(seats);
    }

    @Override
    public byte @Nullable [] poll(long nowMs) {
        Open asked = open;
        if (asked != null) {
            if (nowMs - endMs(asked) < 0) {
                return null;
            }
            expire(asked, nowMs);
        }
        BusSeat next = turns.next(nowMs);
        if (next == null || quietWaitMs(next, nowMs) > 0) {
            return null;
        }
        skippedBytes += window.size();
        window.clear();
        Open now = new Open(next, next.unit().next(nowMs), nowMs);
        open = now;
        next.asked();
        return now.request.clone();
    }

    @Override
    public void onSent(long nowMs) {
        Open asked = open;
        if (asked == null) {
            return;
        }
        long onLineMs = line.transferMs(asked.request.length);
        int answerBytes = asked.exchange.answerBytes();
        asked.sentMs = nowMs + onLineMs;
        touch(asked.sentMs);
        if (answerBytes == 0) {
            asked.deadlineMs = asked.sentMs + BROADCAST_MS;
        } else {
            asked.deadlineMs =
                    asked.sentMs + asked.seat.unit().timing().timeoutMs() + line.transferMs(answerBytes) + ADAPTER_MS;
        }
    }

    @Override
    public long waitMs(long nowMs) {
        Open asked = open;
        if (asked != null) {
            return Math.max(0, endMs(asked) - nowMs);
        }
        long wait = turns.waitMs(nowMs);
        BusSeat next = wait > 0 ? null : turns.next(nowMs);
        return next == null ? Math.max(wait, 1) : Math.max(wait, quietWaitMs(next, nowMs));
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        for (int i = offset; i < offset + length; i++) {
            Open asked = open;
            if (asked == null) {
                skippedBytes++;
            } else {
                asked.heard = true;
                int forgotten = window.append(bytes[i], nowMs);
                skippedBytes += forgotten;
                asked.copyEnd = Math.max(0, asked.copyEnd - forgotten);
                look(asked, nowMs);
            }
        }
        if (length > 0) {
            touch(nowMs);
        }
    }

    @Override
    public void onSilence(long nowMs, ObservationSink sink) {
        // Everything that ends by time ends in poll, which is called more often.
    }

    @Override
    public void reset() {
        open = null;
        window.clear();
        used = false;
        echo.reset();
        for (BusSeat seat : seats) {
            seat.reset();
        }
    }

    @Override
    public FrameCounts counts() {
        return new FrameCounts(answers, garbled, 0, silent, skippedBytes);
    }

    /** Copies of requests that were dropped. */
    long echoes() {
        return echo.echoes();
    }

    private void touch(long nowMs) {
        if (!used || nowMs - lastActivityMs > 0) {
            lastActivityMs = nowMs;
        }
        used = true;
    }

    /** Ms until the line has been silent long enough for this unit. */
    private long quietWaitMs(BusSeat seat, long nowMs) {
        if (!used) {
            return 0;
        }
        long guardMs = Math.max(line.silenceMs(), seat.unit().timing().guardMs());
        return lastActivityMs + guardMs - nowMs;
    }

    /**
     * When the request is given up: at its deadline, or when so much came that the answer must be among it, damaged, and the
     * line fell silent. The others need not wait then.
     */
    private long endMs(Open asked) {
        boolean spoken = asked.heard && asked.copyEnd == 0 && window.size() >= asked.exchange.answerBytes();
        long silentMs = lastActivityMs + line.silenceMs() + ADAPTER_MS;
        return spoken && silentMs - asked.deadlineMs < 0 ? silentMs : asked.deadlineMs;
    }

    /** The newest byte may complete an echo or the answer. */
    private void look(Open asked, long nowMs) {
        if (asked.exchange.answerBytes() == 0) {
            return;
        }
        int length = asked.exchange.answerAt(window.array(), asked.copyEnd, window.size());
        if (window.endsWith(asked.request)) {
            switch (echo.judge(length > 0, asked.copied)) {
                case ECHO -> {
                    skippedBytes += window.size() - asked.request.length;
                    asked.copied = true;
                    asked.heard = false;
                    window.clear();
                    return;
                }
                case UNCLEAR -> {
                    asked.copied = true;
                    asked.copyEnd = window.size();
                    return;
                }
                case ANSWER -> {}
            }
        }
        if (length > 0) {
            echo.learn(asked.copied);
            answer(asked, nowMs, window.size() - length, window.size());
        }
    }

    private void answer(Open asked, long nowMs, int from, int to) {
        open = null;
        answers++;
        long arrivedAtMs = window.arrivedAtMs(from);
        skippedBytes += asked.copyEnd > 0 && asked.copyEnd <= from ? from - asked.request.length : from;
        BusSeat seat = asked.seat;
        boolean reached = seat.unit().answered(nowMs, arrivedAtMs, window.array(), from, to);
        seat.answered(nowMs, arrivedAtMs - asked.sentMs, reached);
        if (!reached) {
            seat.unreached(nowMs);
        }
        window.clear();
        listener.unitChanged(seat.index(), seat.health());
    }

    private void expire(Open asked, long nowMs) {
        BusSeat seat = asked.seat;
        if (asked.copyEnd > 0 && seat.unit().takesCopies()) {
            // Nothing followed the copy, so it was the answer, or the unit is dead: who writes reads back and will
            // know.
            answer(asked, nowMs, asked.copyEnd - asked.request.length, asked.copyEnd);
            return;
        }
        open = null;
        if (asked.exchange.answerBytes() == 0) {
            boolean unused = seat.unit().answered(nowMs, nowMs, window.array(), 0, 0);
            return;
        }
        BusUnit.Failure failure = asked.heard ? BusUnit.Failure.GARBLED : BusUnit.Failure.SILENT;
        if (asked.heard) {
            garbled++;
        } else {
            silent++;
        }
        if (asked.copied) {
            echo.doubt();
        }
        boolean early = nowMs - asked.deadlineMs < 0;
        long lateMs = early ? asked.deadlineMs : nowMs + seat.unit().timing().timeoutMs();
        seat.failed(nowMs, failure, lateMs);
        if (seat.breaker().isOpen()) {
            turns.probeFailed(nowMs, nowMs - asked.beganMs);
        }
        seat.unit().failed(nowMs, failure);
        listener.unitChanged(seat.index(), seat.health());
    }
}
