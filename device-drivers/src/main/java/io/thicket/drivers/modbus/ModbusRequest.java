package io.thicket.drivers.modbus;

import io.thicket.drivers.bus.Exchange;

/**
 * A request of a Modbus RTU master, and how its answer is found in what the line brings: the unit, the function, the length
 * and what must be repeated are known, so noise before it does not hide it.
 */
public final class ModbusRequest implements Exchange {
    /** Broadcasts are obeyed by all and answered by none. */
    public static final int BROADCAST = 0;

    /** Highest address by the standard is 247; cheap devices listen on 248 (PZEM) and 254 (SenseAir), too. */
    public static final int MAX_UNIT = 255;

    static final int EXCEPTION_LENGTH = 5;
    private static final int MAX_FRAME = 256;

    private final byte[] frame;
    private final AnswerForm form;
    private final int answerBytes;
    /** Offset in the answer of what it must repeat of the request, at the same place. */
    private final int repeatedFrom;

    private final int repeatedTo;

    /** How the length of an answer is known. */
    private enum AnswerForm {
        /** The third byte counts the data, and must be what was asked for. */
        COUNTED,
        /** As long as announced, with a part of the request. */
        REPEATED,
        /** The objects of an identification; each has its length. */
        IDENTIFICATION
    }

    private ModbusRequest(byte[] body, AnswerForm form, int answerBytes, int repeatedFrom, int repeatedTo) {
        this.frame = ModbusCrc.append(body);
        this.form = form;
        this.answerBytes = answerBytes;
        this.repeatedFrom = repeatedFrom;
        this.repeatedTo = repeatedTo;
    }

    /** Functions 1 to 4: reads {@code count} entries of a table from {@code address} on. */
    public static ModbusRequest read(int unit, RegisterTable table, int address, int count) {
        requireUnit(unit, false);
        requireRange(address, count, table.maxRead());
        int data = table.isBits() ? (count + 7) / 8 : 2 * count;
        byte[] body = {
            (byte) unit,
            (byte) table.readFunction(),
            (byte) (address >> 8),
            (byte) address,
            (byte) (count >> 8),
            (byte) count
        };
        return new ModbusRequest(body, AnswerForm.COUNTED, 5 + data, 0, 0);
    }

    /** Function 5: switches one coil. */
    public static ModbusRequest writeCoil(int unit, int address, boolean on) {
        return writeOne(unit, 5, address, on ? 0xFF00 : 0);
    }

    /** Function 6: writes one holding register. */
    public static ModbusRequest writeRegister(int unit, int address, int value) {
        requireWord(value);
        return writeOne(unit, 6, address, value);
    }

    private static ModbusRequest writeOne(int unit, int function, int address, int value) {
        requireUnit(unit, true);
        requireRange(address, 1, 1);
        byte[] body = {
            (byte) unit, (byte) function, (byte) (address >> 8), (byte) address, (byte) (value >> 8), (byte) value
        };
        return new ModbusRequest(body, AnswerForm.REPEATED, answer(unit, 8), 2, 6);
    }

    /** Function 15: switches coils from {@code address} on. */
    public static ModbusRequest writeCoils(int unit, int address, boolean... on) {
        requireUnit(unit, true);
        requireRange(address, on.length, 1968);
        byte[] data = new byte[(on.length + 7) / 8];
        for (int i = 0; i < on.length; i++) {
            if (on[i]) {
                data[i / 8] |= (byte) (1 << i % 8);
            }
        }
        return writeMany(unit, 15, address, on.length, data);
    }

    /** Function 16: writes holding registers from {@code address} on. */
    public static ModbusRequest writeRegisters(int unit, int address, int... values) {
        requireUnit(unit, true);
        requireRange(address, values.length, 123);
        return writeMany(unit, 16, address, values.length, words(values));
    }

    private static ModbusRequest writeMany(int unit, int function, int address, int count, byte[] data) {
        byte[] body = new byte[7 + data.length];
        body[0] = (byte) unit;
        body[1] = (byte) function;
        putWord(body, 2, address);
        putWord(body, 4, count);
        body[6] = (byte) data.length;
        System.arraycopy(data, 0, body, 7, data.length);
        return new ModbusRequest(body, AnswerForm.REPEATED, answer(unit, 8), 2, 6);
    }

    /** Function 22: a holding register becomes {@code (old & and) | (or & ~and)}. */
    public static ModbusRequest maskRegister(int unit, int address, int and, int or) {
        requireUnit(unit, true);
        requireRange(address, 1, 1);
        requireWord(and);
        requireWord(or);
        byte[] body = new byte[8];
        body[0] = (byte) unit;
        body[1] = 22;
        putWord(body, 2, address);
        putWord(body, 4, and);
        putWord(body, 6, or);
        return new ModbusRequest(body, AnswerForm.REPEATED, answer(unit, 10), 2, 8);
    }

    /** Function 23: writes holding registers, then reads others, in one transaction. */
    public static ModbusRequest writeAndRead(int unit, int writeAddress, int[] values, int readAddress, int readCount) {
        requireUnit(unit, false);
        requireRange(readAddress, readCount, 125);
        requireRange(writeAddress, values.length, 121);
        byte[] data = words(values);
        byte[] body = new byte[11 + data.length];
        body[0] = (byte) unit;
        body[1] = 23;
        putWord(body, 2, readAddress);
        putWord(body, 4, readCount);
        putWord(body, 6, writeAddress);
        putWord(body, 8, values.length);
        body[10] = (byte) data.length;
        System.arraycopy(data, 0, body, 11, data.length);
        return new ModbusRequest(body, AnswerForm.COUNTED, 5 + 2 * readCount, 0, 0);
    }

    /**
     * Function 43/14: reads the identification of a device (vendor, product, revision, ...).
     *
     * @param category 1 basic, 2 regular, 3 extended, 4 one object
     * @param firstObject number of the first object
     */
    public static ModbusRequest identify(int unit, int category, int firstObject) {
        requireUnit(unit, false);
        if (category < 1 || category > 4 || firstObject < 0 || firstObject > 255) {
            throw new IllegalArgumentException("category " + category + ", object " + firstObject);
        }
        byte[] body = {(byte) unit, 43, 14, (byte) category, (byte) firstObject};
        return new ModbusRequest(body, AnswerForm.IDENTIFICATION, MAX_FRAME, 2, 4);
    }

    /** The unit that is asked. */
    public int unit() {
        return frame[0] & 0xFF;
    }

    /** The function code. */
    public int function() {
        return frame[1] & 0xFF;
    }

    @Override
    public byte[] request() {
        return frame.clone();
    }

    @Override
    public int answerBytes() {
        return answerBytes;
    }

    @Override
    public int answerAt(byte[] window, int from, int to) {
        if (to - from >= EXCEPTION_LENGTH && isException(window, to - EXCEPTION_LENGTH, to)) {
            return EXCEPTION_LENGTH;
        }
        if (form == AnswerForm.IDENTIFICATION) {
            return identificationAt(window, from, to);
        }
        int start = to - answerBytes;
        return answerBytes > 0 && start >= from && isAnswer(window, start, to) ? answerBytes : 0;
    }

    private boolean isException(byte[] window, int start, int to) {
        return window[start] == frame[0]
                && window[start + 1] == (byte) (frame[1] | 0x80)
                && ModbusCrc.holds(window, start, to);
    }

    private boolean isAnswer(byte[] window, int start, int to) {
        if (window[start] != frame[0] || window[start + 1] != frame[1]) {
            return false;
        }
        if (form == AnswerForm.COUNTED && (window[start + 2] & 0xFF) != answerBytes - 5) {
            return false;
        }
        for (int i = repeatedFrom; i < repeatedTo; i++) {
            if (window[start + i] != frame[i]) {
                return false;
            }
        }
        return ModbusCrc.holds(window, start, to);
    }

    private int identificationAt(byte[] window, int from, int to) {
        for (int start = Math.max(from, to - MAX_FRAME); start <= to - Identification.MIN_FRAME; start++) {
            if (window[start] == frame[0]
                    && window[start + 1] == frame[1]
                    && window[start + 2] == frame[2]
                    && window[start + 3] == frame[3]
                    && Identification.length(window, start, to) == to - start
                    && ModbusCrc.holds(window, start, to)) {
                return to - start;
            }
        }
        return 0;
    }

    /** Broadcasts have no answer. */
    private static int answer(int unit, int bytes) {
        return unit == BROADCAST ? 0 : bytes;
    }

    private static byte[] words(int[] values) {
        byte[] data = new byte[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            requireWord(values[i]);
            putWord(data, 2 * i, values[i]);
        }
        return data;
    }

    private static void putWord(byte[] to, int at, int word) {
        to[at] = (byte) (word >> 8);
        to[at + 1] = (byte) word;
    }

    private static void requireUnit(int unit, boolean broadcast) {
        if (unit > MAX_UNIT || unit < (broadcast ? BROADCAST : 1)) {
            throw new IllegalArgumentException("unit " + unit + "; allowed are 1 to " + MAX_UNIT);
        }
    }

    private static void requireRange(int address, int count, int most) {
        if (address < 0 || count < 1 || count > most || address + count > 0x10000) {
            throw new IllegalArgumentException(count + " from address " + address + "; allowed are " + most
                    + " at a time, and addresses 0 to 65535");
        }
    }

    private static void requireWord(int value) {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException(value + " is no 16-bit word");
        }
    }
}
