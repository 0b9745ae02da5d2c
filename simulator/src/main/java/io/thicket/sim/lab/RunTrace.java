package io.thicket.sim.lab;

import io.thicket.routing.Alarm;
import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RouteChange;
import io.thicket.routing.wire.Data;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.medium.wifi.WifiFrame;
import io.thicket.sim.trace.TraceHash;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells while it goes on: each transmission to the hash by which two runs are compared, what becomes of packets to their fates,
 * and everything to the observer, if there is one. It keeps no counts and changes nothing.
 */
final class RunTrace {
    private final Simulation simulation;
    private final Ledger ledger;
    private final NodeId[] ids;
    private final TraceHash hash = new TraceHash();

    /** One transmission, as it goes into the hash. */
    private final ByteBuffer line = ByteBuffer.allocate(24);

    private final Fates fates;
    private @Nullable LabObserver observer;

    /** {@code keepsReadings} says whether origins keep readings until they are settled. */
    RunTrace(Simulation simulation, Ledger ledger, NodeId[] ids, BooleanSupplier keepsReadings) {
        this.fates = new Fates(ledger, ids, keepsReadings);
        this.simulation = simulation;
        this.ledger = ledger;
        this.ids = ids;
    }

    /** From now on it, too, hears of everything. */
    void observe(LabObserver newObserver) {
        observer = observer == null ? newObserver : new BothObservers(observer, newObserver);
    }

    /** Of all transmissions so far. */
    String hash() {
        return hash.value();
    }

    /** What became of packets so far. */
    Fates fates() {
        return fates;
    }

    private long nowUs() {
        return simulation.nowUs();
    }

    /** Something begins to be on the air; no frame is a MAC acknowledgement. */
    void onAir(long nowUs, int from, @Nullable WifiFrame frame, boolean retry) {
        line.clear();
        line.putLong(nowUs)
                .putInt(from)
                .putInt(frame == null ? -2 : frame.to())
                .putInt(frame == null ? 0 : frame.bytes())
                .putInt(retry ? 1 : 0);
        hash.update(line.array());
        if (observer != null && frame != null && frame.payload() instanceof Cargo cargo) {
            observer.transmitted(nowUs, from, frame.to(), cargo.frameClass(), frame.bytes(), retry, cargo.carried());
            if (cargo instanceof HopDatagram datagram) {
                observer.datagram(
                        nowUs, from, frame.to(), datagram.bytes(), retry, cargo.frameClass(), cargo.carried());
            }
        }
    }

    /** What the observer wants to know of a frame that is handed down just now. */
    List<Carried> carried(FrameClassifier classifier, ByteBuffer sealed) {
        return observer == null ? List.of() : Carried.in(classifier.messagesOf(sealed), ledger);
    }

    /** A frame of {@code node} went to real agents, or came from one; {@code classifier} saw it last. */
    void crossed(int node, boolean came, FrameClassifier classifier, ByteBuffer sealed) {
        if (observer != null) {
            observer.crossed(
                    nowUs(), node, came, classifier.classOf(sealed), sealed.remaining(), carried(classifier, sealed));
        }
    }

    /** A frame reached the node that it is for, or one of all. */
    void heard(int node, WifiFrame frame) {
        if (observer != null && !frame.isBroadcast() && frame.payload() instanceof Cargo cargo) {
            observer.heard(nowUs(), node, frame.from(), cargo.frameClass(), cargo.carried());
        }
    }

    /** The MAC repeated a frame often enough. */
    void gaveUp(WifiFrame frame) {
        if (observer != null && frame.payload() instanceof Cargo cargo) {
            observer.gaveUp(nowUs(), frame.from(), frame.to(), cargo.frameClass(), cargo.carried());
        }
    }

    /** A router was given a message to send, and numbered it, or refused it with a negative number. */
    void composed(int node, long epoch, long number, PayloadType type, ByteBuffer payload) {
        if (number <= 0) {
            return;
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        List<Long> packets = Carried.packetsOf(type, bytes, ledger);
        if (type == PayloadType.READINGS) {
            fates.sent(node, packets);
        } else {
            packets.forEach(packet -> fates.sentOnce(node, packet, number, ids[node]));
        }
        if (observer != null) {
            observer.composed(node, new Carried(new MessageId(ids[node], epoch, number), packets));
        }
    }

    /** The router of {@code node} alone, without the agent, took readings. */
    void handed(int node, byte[] batch) {
        fates.sent(node, Carried.packetsOf(PayloadType.READINGS, batch, ledger));
    }

    /** The router of {@code node} alone took its packet as message {@code number}, which nothing settles. */
    void handed(int node, long packet, long number) {
        fates.sentOnce(node, packet, number, ids[node]);
    }

    /** {@code insider} put something else in the place of a message. */
    void swallowed(int insider, Data data) {
        byte[] bytes = data.payload().toArray();
        List<Long> packets = Carried.packetsOf(data.payloadType(), bytes, ledger);
        fates.swallowed(insider, data.id().origin(), packets);
        if (observer != null) {
            observer.vanished(nowUs(), insider, new Carried(data.id(), packets));
        }
    }

    void dropped(int node, MessageId message, DropReason reason) {
        fates.dropped(node, message, reason);
        if (observer != null) {
            observer.dropped(nowUs(), node, message, reason);
        }
    }

    void routeChanged(int node, RouteChange change) {
        if (observer != null) {
            observer.routeChanged(nowUs(), node, change);
        }
    }

    void alarm(int node, Alarm alarm) {
        if (observer != null) {
            observer.alarm(nowUs(), node, alarm);
        }
    }

    /** {@code node} started, or lost its power. */
    void power(int node, boolean up) {
        if (!up) {
            fates.died(node);
        }
        if (observer != null) {
            observer.power(nowUs(), node, up);
        }
    }

    /** {@code source} made its packet {@code number}. */
    void created(int source, long number, int destination) {
        if (observer != null) {
            observer.created(nowUs(), source, number, destination);
        }
    }

    /** A subscriber got a reading, in the payload of a publication. */
    void published(int source, long number, String payload) {
        if (observer != null) {
            observer.published(nowUs(), source, number, payload);
        }
    }

    /** A reading of a node outside of the simulation is at the broker. */
    void foreign(String name, int hops) {
        if (observer != null) {
            observer.foreign(nowUs(), name, hops);
        }
    }

    /** A packet is where it belongs; what nobody sent is not told. */
    void arrived(int source, long number, int hops) {
        if (observer != null && source >= 0 && number > 0) {
            observer.arrived(nowUs(), source, number, hops);
        }
    }

    /** The outbox of a boot of {@code node} gave its reading {@code seq} up. */
    void lost(int node, long epoch, long seq, String reason) {
        lost(node, ledger.numberOf(node, epoch, seq), reason);
    }

    /** {@code node} gave its packet {@code number} up. */
    void lost(int node, long number, String reason) {
        fates.givenUp(node, number, reason);
        if (observer != null) {
            observer.lost(nowUs(), node, number, reason);
        }
    }
}
