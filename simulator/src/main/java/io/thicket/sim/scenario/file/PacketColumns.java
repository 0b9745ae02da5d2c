package io.thicket.sim.scenario.file;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.ToIntFunction;

/** A copy of packets that nobody can change, in 12 to 20 bytes each: a long run of a large network has millions. */
final class PacketColumns extends AbstractList<TrafficPlan.Packet> implements RandomAccess {
    private final long[] atUs;

    // Of each of these one number if all packets have the same, as they mostly go to any gateway and are of one size.

    private final int[] from;
    private final int[] to;
    private final int[] bytes;

    private PacketColumns(List<TrafficPlan.Packet> packets) {
        atUs = packets.stream().mapToLong(TrafficPlan.Packet::atUs).toArray();
        from = column(packets, TrafficPlan.Packet::from);
        to = column(packets, TrafficPlan.Packet::to);
        bytes = column(packets, TrafficPlan.Packet::bytes);
    }

    private static int[] column(List<TrafficPlan.Packet> packets, ToIntFunction<TrafficPlan.Packet> what) {
        int[] all = packets.stream().mapToInt(what).toArray();
        boolean isOne = all.length > 0 && Arrays.stream(all).allMatch(each -> each == all[0]);
        return isOne ? new int[] {all[0]} : all;
    }

    private static int at(int index, int[] column) {
        return column[column.length == 1 ? 0 : index];
    }

    static List<TrafficPlan.Packet> of(List<TrafficPlan.Packet> packets) {
        return packets instanceof PacketColumns ? packets : new PacketColumns(packets);
    }

    @Override
    public TrafficPlan.Packet get(int index) {
        return new TrafficPlan.Packet(atUs[index], at(index, from), at(index, to), at(index, bytes));
    }

    @Override
    public int size() {
        return atUs.length;
    }
}
