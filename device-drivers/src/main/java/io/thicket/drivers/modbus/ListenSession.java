package io.thicket.drivers.modbus;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.Observation;
import io.thicket.drivers.ObservationSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a line on which another is the master, or to a recording of both directions: an answer says nothing of where its
 * registers are, so it is read together with the request before it. It never sends.
 */
public final class ListenSession implements DeviceSession {
    private static final int REQUEST_LENGTH = 8;
    private static final int CAPACITY = 1024;

    private final RegisterMap map;
    private final Set<String> wanted;
    private final byte[] window = new byte[CAPACITY];
    private final long[] arrivedAtMs = new long[CAPACITY];
    private int size;
    private @Nullable ModbusRequest request;
    private int requestEnd;
    private int address;
    private int count;
    private long good;
    private long damaged;
    private long noValue;
    private long skippedBytes;

    /** @param wanted names of the values to hand on, empty for all */
    public ListenSession(RegisterMap map, Set<String> wanted) {
        this.map = map;
        this.wanted = wanted;
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        for (int i = offset; i < offset + length; i++) {
            makeRoom();
            window[size] = bytes[i];
            arrivedAtMs[size] = nowMs;
            size++;
            look(sink);
        }
    }

    @Override
    public void onSilence(long nowMs, ObservationSink sink) {
        // An answer may be slow; what is no frame is dropped when a request comes.
    }

    @Override
    public void reset() {
        skippedBytes += size - requestEnd;
        size = 0;
        request = null;
        requestEnd = 0;
    }

    @Override
    public FrameCounts counts() {
        return new FrameCounts(good, damaged, 0, noValue, skippedBytes);
    }

    private void makeRoom() {
        if (size == CAPACITY) {
            int drop = CAPACITY / 2;
            skippedBytes += drop - Math.min(drop, requestEnd);
            requestEnd = Math.max(0, requestEnd - drop);
            System.arraycopy(window, drop, window, 0, size - drop);
            System.arraycopy(arrivedAtMs, drop, arrivedAtMs, 0, size - drop);
            size -= drop;
        }
    }

    private void look(ObservationSink sink) {
        ModbusRequest asked = request;
        int length = asked == null ? 0 : asked.answerAt(window, requestEnd, size);
        if (length > 0) {
            answer(size - length, sink);
        } else if (isRequest()) {
            begin(size - REQUEST_LENGTH);
        }
    }

    /** Whether the last bytes are a request for registers. */
    private boolean isRequest() {
        int from = size - REQUEST_LENGTH;
        if (from < requestEnd || window[from] == 0 || tableOf(window[from + 1]) == null) {
            return false;
        }
        return ModbusCrc.holds(window, from, size);
    }

    private void begin(int from) {
        RegisterTable table = tableOf(window[from + 1]);
        int first = word(from + 2);
        int wantedCount = word(from + 4);
        if (table == null || wantedCount < 1 || wantedCount > table.maxRead() || first + wantedCount > 0x10000) {
            return;
        }
        skippedBytes += from - requestEnd;
        if (request != null && from > requestEnd) {
            damaged++;
        }
        request = ModbusRequest.read(window[from] & 0xFF, table, first, wantedCount);
        address = first;
        count = wantedCount;
        System.arraycopy(window, from, window, 0, REQUEST_LENGTH);
        size = REQUEST_LENGTH;
        requestEnd = REQUEST_LENGTH;
    }

    private void answer(int from, ObservationSink sink) {
        skippedBytes += from - requestEnd;
        long atMs = arrivedAtMs[from];
        boolean exception = (window[from + 1] & 0x80) != 0;
        List<Observation> values = exception ? List.of() : read(tableOf(window[from + 1]), from + 3);
        if (values.isEmpty()) {
            noValue++;
        } else {
            good++;
            sink.observed(atMs, values);
        }
        size = 0;
        request = null;
        requestEnd = 0;
    }

    private List<Observation> read(@Nullable RegisterTable table, int at) {
        List<RegisterValue> there = new ArrayList<>();
        for (RegisterValue value : map.selected(wanted)) {
            if (value.table() == table && value.address() >= address && value.end() <= address + count) {
                there.add(value);
            }
        }
        Reading reading = new Reading(there, wanted);
        if (!there.isEmpty()) {
            reading.take(there, 0, window, at, address);
        }
        return reading.observations();
    }

    private static @Nullable RegisterTable tableOf(byte function) {
        for (RegisterTable table : RegisterTable.values()) {
            if (table.readFunction() == function) {
                return table;
            }
        }
        return null;
    }

    private int word(int at) {
        return (window[at] & 0xFF) << 8 | window[at + 1] & 0xFF;
    }
}
