package io.thicket.sim.kernel;

/** Numbers in rows from 0 on, in as few bytes each as the one farthest from what all were at first needs: none while all are that. */
public final class Column {
    private static final byte[] NO_CELLS = {};

    private final int rows;

    /** What each was at first. */
    private final long base;

    /** How many bytes of {@link #cells} each row has. */
    private int width;

    /** Of each row how much it is more than {@link #base}: a number with a sign, its highest byte first. */
    private byte[] cells = NO_CELLS;

    /** So many rows, each {@code value}. */
    public Column(int rows, long value) {
        this.rows = rows;
        this.base = value;
    }

    public long get(int row) {
        long more = 0;
        int begin = row * width;
        for (int i = begin; i < begin + width; i++) {
            more = i == begin ? cells[i] : more << Byte.SIZE | cells[i] & 0xff;
        }
        return base + more;
    }

    public void set(int row, long value) {
        long more = value - base; // what does not fit comes back as it went when it is added again
        int needed = bytesOf(more);
        if (needed > width) {
            widen(needed);
        }
        for (int i = row * width + width - 1; i >= row * width; i--) {
            cells[i] = (byte) more;
            more >>= Byte.SIZE;
        }
    }

    /** How many a number with a sign takes, none for 0. */
    private static int bytesOf(long number) {
        int bits = 1 + Long.SIZE - Long.numberOfLeadingZeros(number < 0 ? ~number : number);
        return number == 0 ? 0 : (bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    private void widen(int newWidth) {
        Column wider = new Column(rows, base);
        wider.width = newWidth;
        wider.cells = new byte[rows * newWidth];
        for (int row = 0; row < rows; row++) {
            wider.set(row, get(row));
        }
        width = newWidth;
        cells = wider.cells;
    }
}
