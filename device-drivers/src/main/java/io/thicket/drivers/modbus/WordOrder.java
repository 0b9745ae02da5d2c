package io.thicket.drivers.modbus;

/**
 * In which order a value of several registers comes. The names say where the bytes of the big-endian value {@code ABCD} are;
 * longer values go by the same two rules.
 */
public enum WordOrder {
    /** High word first, high byte first: as Modbus means it. */
    ABCD(false, false),
    /** Low word first (PZEM, many inexpensive meters). */
    CDAB(true, false),
    /** The bytes of each word swapped. */
    BADC(false, true),
    /** Little endian. */
    DCBA(true, true);

    private final boolean wordsReversed;
    private final boolean bytesSwapped;

    WordOrder(boolean wordsReversed, boolean bytesSwapped) {
        this.wordsReversed = wordsReversed;
        this.bytesSwapped = bytesSwapped;
    }

    /** The big-endian value of {@code words} (1 to 4) registers at {@code data[at..]}. */
    long assemble(byte[] data, int at, int words) {
        long value = 0;
        for (int i = 0; i < words; i++) {
            value = value << 16 | wordAt(data, at, wordsReversed ? words - 1 - i : i);
        }
        return value;
    }

    /** The registers that {@link #assemble} reads as the big-endian {@code value}. */
    int[] disassemble(long value, int words) {
        int[] registers = new int[words];
        for (int i = 0; i < words; i++) {
            int word = (int) (value >>> 16 * (words - 1 - i)) & 0xFFFF;
            int placed = bytesSwapped ? (word & 0xFF) << 8 | word >> 8 : word;
            registers[wordsReversed ? words - 1 - i : i] = placed;
        }
        return registers;
    }

    /** One register, its bytes in the right order. */
    int wordAt(byte[] data, int at, int index) {
        int first = data[at + 2 * index] & 0xFF;
        int second = data[at + 2 * index + 1] & 0xFF;
        return bytesSwapped ? second << 8 | first : first << 8 | second;
    }
}
