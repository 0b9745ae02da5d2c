package io.thicket.drivers.modbus;

/** The four tables of a Modbus device. */
public enum RegisterTable {
    COIL(1, 0),
    DISCRETE(2, 1),
    INPUT(4, 3),
    HOLDING(3, 4);

    private final int readFunction;
    private final int leadingDigit;

    RegisterTable(int readFunction, int leadingDigit) {
        this.readFunction = readFunction;
        this.leadingDigit = leadingDigit;
    }

    /** The function code that reads it. */
    public int readFunction() {
        return readFunction;
    }

    /** Whether it holds single bits. */
    public boolean isBits() {
        return this == COIL || this == DISCRETE;
    }

    /** Most entries that one request may read. */
    public int maxRead() {
        return isBits() ? 2000 : 125;
    }

    /** First digit of the numbers by which manuals call its entries (30001 is input register 0). */
    int leadingDigit() {
        return leadingDigit;
    }
}
