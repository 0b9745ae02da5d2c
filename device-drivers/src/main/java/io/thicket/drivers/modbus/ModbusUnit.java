package io.thicket.drivers.modbus;

import io.thicket.drivers.Observation;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.bus.BusUnit;
import io.thicket.drivers.bus.Exchange;
import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.bus.UnitTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Modbus device that is read in rounds: every interval all batches of its map are asked for, and what came is one reading.
 * A batch that is not answered is asked for once more; then the round ends with what it has.
 */
public final class ModbusUnit implements BusUnit {
    /** Attempts at one batch in one round. */
    static final int ATTEMPTS = 2;

    /** A device that is busy is asked again after so long. */
    static final long BUSY_MS = 500;

    /** What a device refused is tried again after so long: some refuse while they start, or at night. */
    static final long REFUSED_MS = 3_600_000;

    private static final int HEADER = 3;

    private final UnitPlan plan;
    private final RegisterMap map;
    private final List<RegisterValue> values;
    private final Reading reading;
    private final ObservationSink sink;
    private final List<Batch> batches = new ArrayList<>();
    private final Set<String> refused = new TreeSet<>();

    private @Nullable ModbusRequest asked;
    private int position;
    private int attempts;
    private boolean started;
    private long dueMs;
    private long roundMs;
    private long refusedAtMs;
    private String passing = "";
    private String statusComplaint = "";

    /** @param sink takes the readings, on the thread that drives the bus */
    public ModbusUnit(UnitPlan plan, ObservationSink sink) {
        this.plan = plan;
        this.map = plan.map();
        this.values = map.selected(plan.wanted());
        this.reading = new Reading(values, plan.wanted());
        this.sink = sink;
        restore();
    }

    @Override
    public int address() {
        return plan.address();
    }

    @Override
    public Priority priority() {
        return plan.priority();
    }

    @Override
    public UnitTiming timing() {
        return plan.timing();
    }

    @Override
    public long waitMs(long nowMs) {
        begin(nowMs);
        if (!refused.isEmpty() && position == 0 && nowMs - refusedAtMs >= REFUSED_MS) {
            restore();
        }
        return batches.isEmpty() ? refusedAtMs + REFUSED_MS - nowMs : dueMs - nowMs;
    }

    @Override
    public Exchange next(long nowMs) {
        begin(nowMs);
        if (batches.isEmpty()) {
            restore();
        }
        if (position == 0 && attempts == 0) {
            reading.clear();
            passing = "";
        }
        ModbusRequest request = batches.get(position).request(plan.address());
        asked = request;
        return request;
    }

    @Override
    public boolean answered(long nowMs, long arrivedAtMs, byte[] window, int from, int to) {
        ModbusRequest request = asked;
        if (request == null || to - from < ModbusRequest.EXCEPTION_LENGTH) {
            return true;
        }
        asked = null;
        if ((window[from + 1] & 0x80) != 0) {
            return refused(nowMs, ExceptionCode.of(window[from + 2] & 0xFF));
        }
        Batch batch = batches.get(position);
        reading.take(batch.values(), arrivedAtMs, window, from + HEADER, batch.address());
        advance(nowMs);
        return true;
    }

    @Override
    public void failed(long nowMs, Failure failure) {
        asked = null;
        attempts++;
        if (attempts >= ATTEMPTS) {
            finish(nowMs);
        }
    }

    @Override
    public void reset() {
        restore();
        started = false;
    }

    @Override
    public String complaint() {
        if (!refused.isEmpty()) {
            return "unit " + plan.address() + " does not have " + String.join(", ", refused)
                    + "; choose others with the option values, or another driver";
        }
        return passing.isEmpty() ? statusComplaint : passing;
    }

    /** The first round is due when the unit is first looked at, so that it has its place in the queue from then on. */
    private void begin(long nowMs) {
        if (!started) {
            started = true;
            roundMs = nowMs;
            dueMs = nowMs;
        }
    }

    private void restore() {
        batches.clear();
        batches.addAll(Batch.plan(values, map.maxRegisters(), map.maxGap()));
        refused.clear();
        reading.clear();
        asked = null;
        position = 0;
        attempts = 0;
        passing = "";
        statusComplaint = "";
    }

    private boolean refused(long nowMs, ExceptionCode code) {
        if (code.isUnreached()) {
            failed(nowMs, Failure.SILENT);
            return false;
        }
        passing = "unit " + plan.address() + " says: " + code.words();
        if (code.isPassing()) {
            attempts++;
            if (attempts >= ATTEMPTS) {
                advance(nowMs);
            } else {
                dueMs = nowMs + BUSY_MS;
            }
        } else if (code.isFinal()) {
            divide(nowMs);
        } else {
            advance(nowMs);
        }
        return true;
    }

    /** Something of the batch does not exist. Its parts are tried alone; a single value that does not exist is left out. */
    private void divide(long nowMs) {
        passing = "";
        Batch batch = batches.remove(position);
        if (batch.values().size() > 1) {
            batches.addAll(position, batch.split());
            attempts = 0;
            dueMs = nowMs;
        } else {
            refusedAtMs = nowMs;
            refused.add(batch.values().get(0).name());
            position--;
            advance(nowMs);
        }
    }

    private void advance(long nowMs) {
        position++;
        attempts = 0;
        dueMs = nowMs;
        if (position >= batches.size()) {
            finish(nowMs);
        }
    }

    /** The round is over. Rounds keep their pace; those that a slow line had no time for are left out. */
    private void finish(long nowMs) {
        position = 0;
        attempts = 0;
        long missed = Math.max(0, (nowMs - roundMs) / plan.intervalMs());
        roundMs += (missed + 1) * plan.intervalMs();
        dueMs = roundMs;
        statusComplaint =
                reading.complaint().isEmpty() ? "" : "unit " + plan.address() + " reports: " + reading.complaint();
        List<Observation> observations = reading.observations();
        if (!observations.isEmpty()) {
            sink.observed(reading.arrivedAtMs(), observations);
        }
        reading.clear();
    }
}
