package io.thicket.drivers.modbus;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.Observation;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.ScanBuffer;
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

    /** {@code values()} makes a new array each time, and this is asked at each byte. */
    private static final List<RegisterTable> TABLES = List.of(RegisterTable.values());

    private final RegisterMap map;
    private final Set<String> wanted;
    private final ScanBuffer heard = new ScanBuffer(CAPACITY, Checksum.CRC16_MODBUS);
    private @Nullable ModbusRequest request;
    private int requestEnd;
    private int address;
    private int count;
    private long good;
    private long damaged;
    private long noValue;
    private long skippedBytes;
    private long summedAgain;

    /** @param wanted names of the values to hand on, empty for all */
    public ListenSession(RegisterMap map, Set<String> wanted) {
        this.map = map;
        this.wanted = wanted;
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        for (int i = offset; i < offset + length; i++) {
            makeRoom();
            heard.append(bytes[i], nowMs);
            look(sink);
        }
    }

    @Override
    public void onSilence(long nowMs, ObservationSink sink) {
        // An answer may be slow; what is no frame is dropped when a request comes.
    }

    @Override
    public void reset() {
        skippedBytes += heard.size() - requestEnd;
        heard.clear();
        request = null;
        requestEnd = 0;
    }

    @Override
    public FrameCounts counts() {
        return new FrameCounts(good, damaged, 0, noValue, skippedBytes);
    }

    /** How often a byte was looked at: the work that was done. */
    long looks() {
        return heard.looks() + summedAgain;
    }

    private void makeRoom() {
        if (heard.isFull()) {
            int drop = CAPACITY / 2;
            skippedBytes += drop - Math.min(drop, requestEnd);
            requestEnd = Math.max(0, requestEnd - drop);
            heard.discard(drop);
        }
    }

    private void look(ObservationSink sink) {
        ModbusRequest asked = request;
        int length = asked == null ? 0 : answerTo(asked);
        if (length > 0) {
            answer(heard.size() - length, sink);
        } else if (isRequest()) {
            begin(heard.size() - REQUEST_LENGTH);
        }
    }

    /** Length of the answer that the last bytes are, 0 if they are none. */
    private int answerTo(ModbusRequest asked) {
        // The check first: of a line full of false answers each would be added up again.
        if (!isFrom(asked, asked.answerBytes()) && !isFrom(asked, ModbusRequest.EXCEPTION_LENGTH)) {
            return 0;
        }
        summedAgain += asked.answerBytes();
        int front = heard.offset();
        return asked.answerAt(heard.array(), front + requestEnd, front + heard.size());
    }

    private boolean isFrom(ModbusRequest asked, int length) {
        int from = heard.size() - length;
        return from >= requestEnd && heard.at(from) == asked.unit() && isChecked(length);
    }

    /** Whether the last {@code length} bytes end with their own check value. */
    private boolean isChecked(int length) {
        int size = heard.size();
        int crcAt = size - ModbusCrc.LENGTH;
        return heard.check(Checksum.CRC16_MODBUS, size - length, crcAt) == (heard.at(crcAt) | heard.at(crcAt + 1) << 8);
    }

    /** Whether the last bytes are a request for registers. */
    private boolean isRequest() {
        int from = heard.size() - REQUEST_LENGTH;
        if (from < requestEnd || heard.at(from) == 0 || tableOf(heard.at(from + 1)) == null) {
            return false;
        }
        return isChecked(REQUEST_LENGTH);
    }

    private void begin(int from) {
        RegisterTable table = tableOf(heard.at(from + 1));
        int first = word(from + 2);
        int wantedCount = word(from + 4);
        if (table == null || wantedCount < 1 || wantedCount > table.maxRead() || first + wantedCount > 0x10000) {
            return;
        }
        skippedBytes += from - requestEnd;
        if (request != null && from > requestEnd) {
            damaged++;
        }
        request = ModbusRequest.read(heard.at(from), table, first, wantedCount);
        address = first;
        count = wantedCount;
        heard.discard(from);
        requestEnd = REQUEST_LENGTH;
    }

    private void answer(int from, ObservationSink sink) {
        skippedBytes += from - requestEnd;
        long atMs = heard.arrivedAtMs(from);
        int function = heard.at(from + 1);
        boolean exception = (function & 0x80) != 0;
        List<Observation> values = exception ? List.of() : read(tableOf(function), from + 3);
        if (values.isEmpty()) {
            noValue++;
        } else {
            good++;
            sink.observed(atMs, values);
        }
        heard.clear();
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
            reading.take(there, 0, heard.array(), heard.offset() + at, address);
        }
        return reading.observations();
    }

    private static @Nullable RegisterTable tableOf(int function) {
        for (int i = 0; i < TABLES.size(); i++) {
            RegisterTable table = TABLES.get(i);
            if (table.readFunction() == function) {
                return table;
            }
        }
        return null;
    }

    private int word(int at) {
        return heard.at(at) << 8 | heard.at(at + 1);
    }
}
