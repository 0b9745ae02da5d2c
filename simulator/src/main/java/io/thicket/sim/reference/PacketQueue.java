package io.thicket.sim.reference;

import io.thicket.routing.MeshRouter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Own packets that wait for a route, in order; bounded in number, and each by its deadline. */
final class PacketQueue {
    /** A whole frame and where it goes. */
    record Waiting(int destination, ByteBuffer frame, long untilMs) {}

    private final int maxPackets;
    private final LinkedHashMap<Long, Waiting> packets = new LinkedHashMap<>();
    private long added;

    PacketQueue(int maxPackets) {
        this.maxPackets = maxPackets;
    }

    /** Adds a packet; returns the oldest one if it had to leave for it. */
    @Nullable
    Waiting add(Waiting packet) {
        Waiting displaced = null;
        if (packets.size() >= maxPackets) {
            Iterator<Waiting> oldest = packets.values().iterator();
            displaced = oldest.next();
            oldest.remove();
        }
        packets.put(added++, packet);
        return displaced;
    }

    /** Takes out everything for {@code destination}, oldest first. */
    List<Waiting> take(int destination) {
        return takeIf(waiting -> waiting.destination() == destination);
    }

    List<Waiting> takeExpired(long nowMs) {
        return takeIf(waiting -> waiting.untilMs() <= nowMs);
    }

    private List<Waiting> takeIf(Predicate<Waiting> condition) {
        List<Waiting> taken = new ArrayList<>();
        Iterator<Map.Entry<Long, Waiting>> entries = packets.entrySet().iterator();
        while (entries.hasNext()) {
            Waiting waiting = entries.next().getValue();
            if (condition.test(waiting)) {
                taken.add(waiting);
                entries.remove();
            }
        }
        return taken;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    boolean hasPacketFor(int destination) {
        for (Waiting waiting : packets.values()) {
            if (waiting.destination() == destination) {
                return true;
            }
        }
        return false;
    }

    long nextMs() {
        long next = MeshRouter.NEVER;
        for (Waiting waiting : packets.values()) {
            next = Math.min(next, waiting.untilMs());
        }
        return next;
    }

    int size() {
        return packets.size();
    }
}
