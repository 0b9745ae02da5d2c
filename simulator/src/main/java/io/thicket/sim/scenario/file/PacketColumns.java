package io.thicket.sim.scenario.file;

import io.thicket.sim.kernel.Column;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.ToLongFunction;

/** A copy of packets that nobody can change, in 6 to 12 bytes each: a long run of a large network has millions. */
final class PacketColumns extends AbstractList<TrafficPlan.Packet> implements RandomAccess {
    private final int size;
    private final Column atUs;
    private final Column from;

    // These take nothing if all packets have the same, as they mostly go to any gateway and are of one size.

    private final Column to;
    private final Column bytes;

    private PacketColumns(List<TrafficPlan.Packet> packets) {
        size = packets.size();
        atUs = column(packets, TrafficPlan.Packet::atUs);
        from = column(packets, TrafficPlan.Packet::from);
        to = column(packets, TrafficPlan.Packet::to);
        bytes = column(packets, TrafficPlan.Packet::bytes);
    }

    private static Column column(List<TrafficPlan.Packet> packets, ToLongFunction<TrafficPlan.Packet> what) {
        Column column = new Column(packets.size(), packets.isEmpty() ? 0 : what.applyAsLong(packets.get(0)));
        int row = 0;
        for (TrafficPlan.Packet packet : packets) {
            column.set(row++, what.applyAsLong(packet));
        }
        return column;
    }

    static List<TrafficPlan.Packet> of(List<TrafficPlan.Packet> packets) {
        return packets instanceof PacketColumns ? packets : new PacketColumns(packets);
    }

    @Override
    public TrafficPlan.Packet get(int index) {
        Objects.checkIndex(index, size);
        return new TrafficPlan.Packet(
                atUs.get(index), (int) from.get(index), (int) to.get(index), (int) bytes.get(index));
    }

    @Override
    public int size() {
        return size;
    }
}
