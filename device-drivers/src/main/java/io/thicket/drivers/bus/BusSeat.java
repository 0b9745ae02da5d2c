package io.thicket.drivers.bus;

/** A unit and what the bus knows of it. */
final class BusSeat {
    private final int index;
    private final BusUnit unit;
    private final Breaker breaker = new Breaker();
    private long requests;
    private long answers;
    private long silent;
    private long garbled;
    private long answerMs = -1;
    private BusUnit.Failure lastFailure = BusUnit.Failure.SILENT;
    private boolean held;
    private boolean doubtful;
    private long heldUntilMs;

    BusSeat(int index, BusUnit unit) {
        this.index = index;
        this.unit = unit;
    }

    int index() {
        return index;
    }

    BusUnit unit() {
        return unit;
    }

    Breaker breaker() {
        return breaker;
    }

    /** Ms until the unit may and wants to be asked; {@link Long#MAX_VALUE} for never. */
    long waitMs(long nowMs) {
        return held ? Math.max(heldUntilMs - nowMs, unit.waitMs(nowMs)) : unit.waitMs(nowMs);
    }

    void asked() {
        requests++;
        held = false;
    }

    void answered(long nowMs, long tookMs, boolean reached) {
        answers++;
        if (doubtful) {
            doubtful = false;
            hold(nowMs + unit.timing().timeoutMs());
        }
        answerMs = Math.max(0, tookMs);
        if (reached) {
            breaker.answered();
        }
    }

    /** @param lateMs until then an answer may still come */
    void failed(long nowMs, BusUnit.Failure failure, long lateMs) {
        lastFailure = failure;
        if (failure == BusUnit.Failure.SILENT) {
            silent++;
        } else {
            garbled++;
        }
        breaker.failed(nowMs);
        doubtful = true;
        hold(lateMs);
    }

    /**
     * An answer to a request that was given up may still come, and might pass for that to the next one. So the unit is not
     * asked before it had the time; to others its answer is noise.
     */
    private void hold(long untilMs) {
        held = true;
        heldUntilMs = untilMs;
    }

    /** The line was opened anew. */
    void reset() {
        held = false;
        doubtful = false;
        breaker.reset();
        unit.reset();
    }

    /** The unit could not be reached behind its gateway. */
    void unreached(long nowMs) {
        lastFailure = BusUnit.Failure.SILENT;
        breaker.failed(nowMs);
    }

    UnitHealth health() {
        return new UnitHealth(unit.address(), state(), problem(), requests, answers, silent, garbled, answerMs);
    }

    private UnitHealth.State state() {
        if (requests == 0) {
            return UnitHealth.State.UNKNOWN;
        }
        if (breaker.isOpen()) {
            return UnitHealth.State.SILENT;
        }
        return breaker.failures() > 0 ? UnitHealth.State.FAILING : UnitHealth.State.READY;
    }

    private String problem() {
        if (!breaker.isOpen()) {
            return unit.complaint();
        }
        if (lastFailure == BusUnit.Failure.GARBLED) {
            return "what unit " + unit.address() + " answers arrives damaged; check baud and format, the termination of"
                    + " the line, and that no other unit has its address";
        }
        return "unit " + unit.address()
                + " does not answer; check its power, its address, that A and B are not swapped,"
                + " and baud and format";
    }
}
