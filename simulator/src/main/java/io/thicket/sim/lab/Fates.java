package io.thicket.sim.lab;

import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What became of packets that did not arrive. Of each the ledger has the last that happened to it; whether an origin keeps it decides what that
 * means at the end. Frames are not looked into, which would cost too much: where on its way a frame was lost is not known.
 */
final class Fates {
    /** Messages without settlement whose packets are remembered, in case they are dropped. */
    private static final int MAX_MESSAGES = 50_000;

    private static final long LIFE_US = PlainOrigin.LIFE_MS * 1_000;

    /** Without its epoch, which not every router tells: numbers of two boots hardly ever meet. */
    private record Message(NodeId origin, long number) {}

    private record Known(int source, long packet) {}

    private final Ledger ledger;
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final BooleanSupplier keepsReadings;
    private final List<Outcome> notes = new ArrayList<>();
    private final Map<Outcome, Integer> numberOf = new HashMap<>();
    private final Map<Message, Known> messages = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Message, Known> eldest) {
            return size() > MAX_MESSAGES;
        }
    };
    private final Outcome sent = Outcome.of(Fate.UNDER_WAY);

    Fates(Ledger ledger, NodeId[] ids, BooleanSupplier keepsReadings) {
        this.ledger = ledger;
        this.keepsReadings = keepsReadings;
        for (int i = 0; i < ids.length; i++) {
            numbers.put(ids[i], i);
        }
        noteOf(Outcome.of(Fate.WAITING)); // the first: what no note was made of
        noteOf(sent);
    }

    private int noteOf(Outcome outcome) {
        return numberOf.computeIfAbsent(outcome, its -> {
            notes.add(its);
            return notes.size() - 1;
        });
    }

    private Outcome noted(Ledger.Packet packet) {
        return notes.get(packet.note());
    }

    private void note(int source, long number, Outcome outcome) {
        if (!ledger.has(source, number)) {
            return; // of no packet that was planned
        }
        Ledger.Packet packet = ledger.packet(source, number);
        Fate before = noted(packet).fate();
        if (before != Fate.GIVEN_UP && before != Fate.NODE_DOWN) { // of these copies may still be under way
            packet.setNote(noteOf(outcome));
        }
    }

    /** The router of an origin took readings, which the origin keeps. */
    void sent(int source, List<Long> packets) {
        packets.forEach(number -> note(source, number, sent));
    }

    /** The router of an origin took one packet as {@code message}, and nobody keeps it. */
    void sentOnce(int source, long packet, long message, NodeId origin) {
        note(source, packet, sent);
        messages.put(new Message(origin, message), new Known(source, packet));
    }

    /** A router dropped a message: of what an origin keeps that is no end. */
    void dropped(int node, MessageId message, DropReason reason) {
        Known known = messages.get(new Message(message.origin(), message.number()));
        if (known != null) {
            note(known.source(), known.packet(), new Outcome(Fate.DROPPED, reason.name(), node));
        }
    }

    /** {@code insider} let packets of {@code origin} vanish. */
    void swallowed(int insider, NodeId origin, List<Long> packets) {
        int source = numbers.getOrDefault(origin, RunFigures.NONE);
        packets.forEach(number -> note(source, number, new Outcome(Fate.SWALLOWED, "", insider)));
    }

    void givenUp(int source, long number, String reason) {
        note(source, number, new Outcome(Fate.GIVEN_UP, reason, RunFigures.NONE));
    }

    /** The power of {@code source} is cut: what it keeps is gone, what others carry is not. */
    void died(int source) {
        for (long number = 1; ledger.has(source, number); number++) {
            Ledger.Packet packet = ledger.packet(source, number);
            if (!packet.isDelivered() && (isKept(packet) || noted(packet).fate() == Fate.WAITING)) {
                note(source, number, Outcome.of(Fate.NODE_DOWN));
            }
        }
    }

    private boolean isKept(Ledger.Packet packet) {
        return packet.destination() == Flow.ANY_GATEWAY && keepsReadings.getAsBoolean();
    }

    /** What became of the packet by {@code nowUs}. */
    Outcome of(Ledger.Packet packet, boolean possible, long nowUs) {
        if (packet.isDelivered()) {
            return Outcome.of(Fate.ARRIVED);
        }
        if (packet.isLostSilently()) {
            return Outcome.of(Fate.SETTLED);
        }
        Outcome last = noted(packet);
        if (!possible) {
            String givenUp = last.fate() == Fate.GIVEN_UP ? last.reason() : "";
            return new Outcome(Fate.NO_WAY, givenUp, RunFigures.NONE);
        }
        boolean open = last.fate() == Fate.WAITING || last.fate() == Fate.UNDER_WAY;
        boolean tooLate = nowUs - packet.createdUs() > LIFE_US;
        return open && tooLate && !isKept(packet) ? Outcome.of(Fate.UNKNOWN) : last;
    }
}
