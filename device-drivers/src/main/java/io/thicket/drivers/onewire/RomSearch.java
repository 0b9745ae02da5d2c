package io.thicket.drivers.onewire;

import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the numbers of all devices of a line, one with each pass, by the DS2480B's search accelerator: sixteen bytes say which way to go
 * at each of the 64 bits, and sixteen come back. Of each pair of bits the odd one is the way that was gone, the even one says that
 * there were devices in both ways.
 */
public final class RomSearch {
    /** Most devices of one line. */
    public static final int MAX_DEVICES = 64;

    /** Bytes of a pass in each direction. */
    public static final int PASS_BYTES = 16;

    private static final int BITS = 64;

    private final List<Rom> found = new ArrayList<>();
    private byte[] last = new byte[Rom.LENGTH];
    private int turnAt = -1;
    private boolean over;

    /** What to send in the next pass. None of the bytes is {@code E3}, which would have to be sent twice. */
    public Bytes pass() {
        byte[] pass = new byte[PASS_BYTES];
        for (int bit = 0; bit <= turnAt; bit++) {
            // As last time up to where the way is to be the other one, which was 0.
            if (bit == turnAt || isSet(last, bit)) {
                set(pass, 2 * bit + 1);
            }
        }
        return Bytes.copyOf(pass);
    }

    /** What came back, sixteen bytes at {@code at}. False if it is no number: there is no device, or the line is disturbed. */
    public boolean answered(byte[] bytes, int at) {
        byte[] answer = java.util.Arrays.copyOfRange(bytes, at, at + PASS_BYTES);
        byte[] rom = new byte[Rom.LENGTH];
        int turn = -1;
        for (int bit = 0; bit < BITS; bit++) {
            boolean one = isSet(answer, 2 * bit + 1);
            if (one) {
                set(rom, bit);
            } else if (isSet(answer, 2 * bit)) {
                turn = bit;
            }
        }
        if (!Rom.isRight(rom, 0)) {
            over = true;
            return false;
        }
        Rom device = new Rom(Bytes.copyOf(rom));
        // A line that answers the same again and again does not lead on.
        over = turn < 0 || found.contains(device) || found.size() + 1 >= MAX_DEVICES;
        if (!found.contains(device)) {
            found.add(device);
        }
        last = rom;
        turnAt = turn;
        return true;
    }

    /** Whether there are no more passes. */
    public boolean isOver() {
        return over;
    }

    /** What was found so far, at most {@link #MAX_DEVICES}. */
    public List<Rom> found() {
        return List.copyOf(found);
    }

    private static boolean isSet(byte[] bytes, int bit) {
        return (bytes[bit >> 3] >> (bit & 7) & 1) != 0;
    }

    private static void set(byte[] bytes, int bit) {
        bytes[bit >> 3] |= (byte) (1 << (bit & 7));
    }
}
