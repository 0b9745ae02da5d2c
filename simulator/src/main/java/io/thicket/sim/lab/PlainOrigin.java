package io.thicket.sim.lab;

import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Packets without settlement. A patient origin offers again, for as long as a packet is worth anything, what its own router
 * refused or gave back; the other kind sends each packet once, as the sources of the ns-3 runs do.
 */
final class PlainOrigin implements LabOrigin {
    /** How long a packet is worth sending. */
    static final long LIFE_MS = 30_000;

    /** Packets that wait for another try. */
    static final int MAX_WAITING = 1_000;

    /** Source, seq. */
    static final int HEADER_BYTES = Integer.BYTES + Long.BYTES;

    private static final long RETRY_MS = 200;

    /** Routes come in bursts. */
    private static final long READY_MS = 5;

    /** The router, as an application sees it. */
    interface Mesh {
        long send(int destination, long maxAgeMs, ByteBuffer payload);
    }

    /** Hears of packets that are given up. */
    interface Fate {
        void givenUp(long seq, String reason);
    }

    private record Packet(int destination, long seq, int payloadBytes, long bornMs) {}

    private final int node;
    private final Mesh mesh;
    private final Fate fate;
    private final boolean patient;
    private final RandomGenerator random;

    // Made with the first one: most nodes only read.
    private List<Packet> waiting = Collections.emptyList();
    private Map<Long, Packet> inFlight = Collections.emptyMap();
    private long retryAtMs = MeshRouter.NEVER;
    private long givenUp;
    private long repeats;

    PlainOrigin(int node, Mesh mesh, Fate fate, boolean patient, RandomGenerator random) {
        this.node = node;
        this.mesh = mesh;
        this.fate = fate;
        this.patient = patient;
        this.random = random;
    }

    /**
     * Whether it is a true CoAP message: version 1 (RFC 7252 section 3). A packet of the laboratory begins with the number of its source,
     * which is far less than 2^24.
     */
    static boolean isCoap(ByteBuffer payload) {
        return payload.hasRemaining() && (payload.get(payload.position()) & 0xc0) == 0x40;
    }

    @Override
    public void offer(long nowMs, int destination, long seq, int payloadBytes) {
        send(nowMs, new Packet(destination, seq, Math.max(payloadBytes, HEADER_BYTES), nowMs));
    }

    private void send(long nowMs, Packet packet) {
        long leftMs = LIFE_MS - (nowMs - packet.bornMs);
        if (leftMs <= 0) {
            giveUp(packet, "NOT_IN_TIME");
            return;
        }
        ByteBuffer payload = ByteBuffer.allocate(packet.payloadBytes);
        payload.putInt(node).putLong(packet.seq).rewind();
        long number = mesh.send(packet.destination, leftMs, payload);
        if (number > 0) {
            if (patient) {
                forgetOld(nowMs);
                inFlight = inFlight.isEmpty() ? new LinkedHashMap<>() : inFlight;
                inFlight.put(number, packet);
            }
        } else {
            putOff(nowMs, packet);
        }
    }

    private void putOff(long nowMs, Packet packet) {
        if (!patient || waiting.size() >= MAX_WAITING) {
            giveUp(packet, patient ? "TOO_MANY_WAIT" : "NOT_TAKEN");
            return;
        }
        await(packet);
        retryAtMs = Math.min(retryAtMs, nowMs + RETRY_MS + random.nextLong(RETRY_MS / 4));
    }

    private void await(Packet packet) {
        waiting = waiting.isEmpty() ? new ArrayList<>() : waiting;
        waiting.add(packet);
    }

    private void giveUp(Packet packet, String reason) {
        givenUp++;
        fate.givenUp(packet.seq, reason);
    }

    private void forgetOld(long nowMs) {
        Iterator<Packet> eldest = inFlight.values().iterator();
        while (eldest.hasNext() && nowMs - eldest.next().bornMs > LIFE_MS) {
            eldest.remove();
        }
    }

    @Override
    public void onDropped(long nowMs, long number, DropReason reason) {
        Packet packet = inFlight.remove(number);
        if (packet != null) {
            repeats++;
            putOff(nowMs, packet);
        }
    }

    /** Whether {@link #onReady} would do anything. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    @Override
    public void onReady(long nowMs) {
        if (!waiting.isEmpty()) {
            retryAtMs = Math.min(retryAtMs, nowMs + READY_MS);
        }
    }

    @Override
    public void onDeadline(long nowMs) {
        if (retryAtMs <= nowMs) {
            retry(nowMs);
        }
    }

    private void retry(long nowMs) {
        retryAtMs = MeshRouter.NEVER;
        List<Packet> due = List.copyOf(waiting);
        waiting.clear();
        Set<Integer> refused = new HashSet<>();
        for (Packet packet : due) {
            // What the router does not take now for a destination, it will not take a moment later either.
            if (refused.contains(packet.destination)) {
                await(packet);
            } else {
                int before = waiting.size();
                send(nowMs, packet);
                if (waiting.size() > before) {
                    refused.add(packet.destination);
                }
            }
        }
        if (!waiting.isEmpty() && retryAtMs == MeshRouter.NEVER) {
            retryAtMs = nowMs + RETRY_MS;
        }
    }

    @Override
    public long nextDeadlineMs() {
        return retryAtMs;
    }

    @Override
    public long repeats() {
        return repeats;
    }

    @Override
    public long givenUp() {
        return givenUp;
    }
}
