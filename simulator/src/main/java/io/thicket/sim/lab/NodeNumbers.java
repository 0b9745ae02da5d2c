package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The number of each node by its id, in 12 bytes a node, since it is asked for at every change of a way. */
final class NodeNumbers {
    /** Of an id that no node has. */
    static final int NONE = -1;

    /** Ascending. */
    private final long[] ids;

    /** Of the node of each of {@link #ids}. */
    private final int[] numbers;

    /** {@code all} are different. */
    NodeNumbers(NodeId[] all) {
        numbers = IntStream.range(0, all.length)
                .boxed()
                .sorted(Comparator.comparingLong(number -> all[number].value()))
                .mapToInt(Integer::intValue)
                .toArray();
        ids = Arrays.stream(numbers).mapToLong(number -> all[number].value()).toArray();
    }

    int of(NodeId id) {
        int place = Arrays.binarySearch(ids, id.value());
        return place < 0 ? NONE : numbers[place];
    }
}
