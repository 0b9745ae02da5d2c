package io.thicket.sim.scenario.file;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** A copy of packets that nobody can change, in 20 bytes each: a long run of a large network has millions. */
final class PacketColumns extends AbstractList<TrafficPlan.Packet> implements RandomAccess {
    private final long[] atUs;
    private final int[] from;
    private final int[] to;
    private final int[] bytes;

    private PacketColumns(List<TrafficPlan.Packet> packets) {
        int size = packets.size();
        atUs = new long[size];
        from = new int[size];
        to = new int[size];
        bytes = new int[size];
        int i = 0;
        for (TrafficPlan.Packet packet : packets) {
            atUs[i] = packet.atUs();
            from[i] = packet.from();
            to[i] = packet.to();
            bytes[i] = packet.bytes();
            i++;
        }
    }

    static List<TrafficPlan.Packet> of(List<TrafficPlan.Packet> packets) {
        return packets instanceof PacketColumns ? packets : new PacketColumns(packets);
    }

    @Override
    public TrafficPlan.Packet get(int index) {
        return new TrafficPlan.Packet(atUs[index], from[index], to[index], bytes[index]);
    }

    @Override
    public int size() {
        return atUs.length;
    }
}
