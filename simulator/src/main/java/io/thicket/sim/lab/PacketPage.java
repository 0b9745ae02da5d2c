package io.thicket.sim.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Some of the packets that sources made, in the order in which they made them: rows of columns, 42 bytes a packet, since a long run of a
 * large network has millions.
 */
final class PacketPage {
    static final int ROWS = 256;

    final long[] createdUs = new long[ROWS];
    final long[] deliveredUs = new long[ROWS];
    final int[] source = new int[ROWS];
    final int[] destination = new int[ROWS];
    final int[] shortest = new int[ROWS];
    final int[] hops = new int[ROWS];
    final int[] copies = new int[ROWS];
    final List<List<Measured>> values = new ArrayList<>(Collections.nCopies(ROWS, List.of()));
    final boolean[] sourceDied = new boolean[ROWS];
    final boolean[] settled = new boolean[ROWS];

    PacketPage() {
        Arrays.fill(deliveredUs, Ledger.NONE);
        Arrays.fill(hops, Ledger.NONE);
    }
}
