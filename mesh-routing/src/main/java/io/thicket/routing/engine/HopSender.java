package io.thicket.routing.engine;

import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.table.LinkedTable;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only owner of retransmission (2.7): every confirmable hop message is an exchange here until its sealed result
 * comes, its repetitions are exhausted, or its route moves to another neighbour.
 */
final class HopSender {
    /** Exchange ids are CoAP message ids. */
    private static final int EXCHANGE_IDS = 1 << 16;

    /** Exchanges open at once, beyond which no more control messages are sent. */
    static final int MAX_EXCHANGES = 4_096;

    /** Control messages that wait for airtime at once. */
    static final int MAX_WAITING = 32;

    /** The random factor of RFC 7252 s4.2. */
    private static final double RANDOM_FACTOR = 1.5;

    private final Core core;
    private final FrameSender frames;
    private final ExchangeOwner owner;
    private final HopVerdicts verdicts;
    private final LinkedTable<Exchange> exchanges;
    private final ExchangeTimers timers = new ExchangeTimers();

    private final ArrayDeque<Exchange> spare;
    private final List<MeshMessage> frame;
    private char nextId;
    private long nextOrder;
    private long probeNumber;
    private char waiting;

    HopSender(Core core, FrameSender frames, ExchangeOwner owner) {
        this.core = core;
        this.frames = frames;
        this.owner = owner;
        this.verdicts = new HopVerdicts(core, owner);
        this.spare = core.buffers.part(Spares.class, Spares::new).exchanges;
        this.frame = core.scratch.frame;
        this.exchanges = new LinkedTable<>(core.tableSeed);
        this.nextId = (char) core.random.nextInt(EXCHANGE_IDS);
    }

    /** Sends {@code bundle} to {@code hop} in one frame; the caller has checked the window and the MTU. */
    void send(List<Held> bundle, Neighbor hop) {
        hop.correspondence().sent();
        start(hop, bundle, null, null);
    }

    /** Asks whether {@code hop} is there, unless that is being asked already. */
    void probe(Neighbor hop) {
        if (!hop.probing && hop.link.info.up() && hop.link.duty.waitMs(core.now(), DutyBudget.Use.CONTROL) == 0) {
            hop.probing = true;
            hop.probes().asked(core.now());
            probeNumber = probeNumber + 1 & 0xffff_ffffL;
            start(hop, List.of(), hop.correspondence().probe(core.now(), probeNumber, hop.link.info.mtuBytes()), null);
        }
    }

    /** Sends a control message; its result matters only as proof of the link. */
    void sendControl(MeshMessage message, Neighbor hop) {
        if (hasRoom(hop)) {
            start(hop, List.of(), message, null);
        }
    }

    /** Sends a control message and reports its outcome. False if too many exchanges are open: nothing was done. */
    boolean sendControl(Confirmable message, Neighbor hop) {
        if (!hasRoom(hop)) {
            return false;
        }
        start(hop, List.of(), null, message);
        return true;
    }

    private boolean hasRoom(Neighbor hop) {
        boolean full = exchanges.size() >= MAX_EXCHANGES;
        if (!full && hop.link.duty.isLimited() && waiting >= MAX_WAITING) {
            core.count(RoutingCounter.DROPPED_NO_AIRTIME);
            return false;
        }
        return !full;
    }

    /** The session that exchange {@code id} waits for, null if it waits no more. */
    @Nullable
    Neighbor hopOf(int id) {
        Exchange exchange = exchanges.get(id, 0);
        return exchange == null ? null : exchange.hop();
    }

    /**
     * The sealed results of exchange {@code id}, one a message in their order, arrived from the session that
     * {@link #hopOf} says. One refusal alone is for the whole frame.
     */
    void onResults(int id, List<HopResult> results) {
        Exchange exchange = exchanges.get(id, 0);
        if (exchange == null || results.isEmpty()) {
            return;
        }
        Neighbor hop = exchange.hop();
        finish(exchange);
        if (!exchange.held.isEmpty() && (isAny(results, HopCode.CUSTODY) || isAny(results, HopCode.FULL))) {
            hop.link.load.took(core.now(), owner.waitingOver(hop.link, LinkLoad.CONGESTED_BACKLOG), exchange.sends > 1);
        }
        verdicts.answered(exchange);
        Confirmable confirmable = exchange.confirmable;
        if (confirmable != null) {
            confirmable.answered(hop, results.get(0));
        }
        if (exchange.held.isEmpty()) {
            recycle(exchange);
            return;
        }
        if (isAny(results, HopCode.CUSTODY)) {
            hop.correspondence().acknowledged(hop.link.parameters.windowMax());
        } else {
            hop.correspondence().released();
        }
        if (isAny(results, HopCode.FULL)) {
            hop.correspondence().shrink(); // once, however many messages the frame had
        }
        // From the last to the first: what is put back is first in line again, in its old order.
        for (int i = exchange.held.size() - 1; i >= 0; i--) {
            decided(exchange.held.get(i), hop, resultOf(results, i), exchange.firstSentMs);
        }
        if (!isAny(results, HopCode.CUSTODY)) {
            foundNoRoom(exchange, hop, results);
        }
        recycle(exchange);
    }

    private void foundNoRoom(Exchange exchange, Neighbor hop, List<HopResult> results) {
        for (int i = 0; i < exchange.held.size(); i++) {
            HopResult result = resultOf(results, i);
            if (result != null && result.code() == HopCode.FULL) {
                owner.foundNoRoom(exchange.held.get(i), hop);
            }
        }
    }

    private static boolean isAny(List<HopResult> results, HopCode code) {
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).code() == code) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable HopResult resultOf(List<HopResult> results, int index) {
        if (index < results.size()) {
            return results.get(index);
        }
        HopResult only = results.get(0);
        return results.size() == 1 && only.code() != HopCode.CUSTODY ? only : null;
    }

    private void decided(Held message, Neighbor hop, @Nullable HopResult result, long firstSentMs) {
        if (result == null) {
            owner.unanswered(message, hop);
        } else if (result.code() == HopCode.CUSTODY) {
            owner.takenOver(message, hop, firstSentMs, result.nearer());
        } else {
            owner.refused(message, hop, result);
        }
    }

    /** The link says that {@code hop} cannot be reached, or its session ended: its exchanges end now. */
    void abandon(Neighbor hop) {
        abandonWhere(hop);
    }

    /** 4.1, stall: no acknowledgement of before counts any more. */
    void abandonAll() {
        abandonWhere(null);
    }

    /** The last one first; those to {@code hop}, all of them if it is null. */
    private void abandonWhere(@Nullable Neighbor hop) {
        List<Exchange> ended = new ArrayList<>();
        for (int slot = exchanges.oldest(); slot != LinkedTable.NONE; slot = exchanges.younger(slot)) {
            Exchange exchange = exchanges.value(slot);
            if (hop == null || exchange.to == hop) {
                ended.add(exchange);
            }
        }
        for (int i = ended.size() - 1; i >= 0; i--) {
            Exchange exchange = ended.get(i);
            boolean open = exchanges.get(exchange.id, 0) == exchange;
            if (open && (hop == null || exchange.to == hop)) { // the end of another one may have ended it
                finish(exchange);
                giveBack(exchange);
            }
        }
    }

    private void arm(Exchange exchange, long deadlineMs) {
        exchange.deadlineMs = deadlineMs;
        timers.add(exchange);
        core.agenda.atLatest(Agenda.Part.EXCHANGES, deadlineMs);
    }

    private void disarm(Exchange exchange) {
        timers.remove(exchange);
        Exchange first = timers.peek();
        core.agenda.set(Agenda.Part.EXCHANGES, first == null ? MeshRouter.NEVER : first.deadlineMs);
    }

    void onDeadline() {
        Exchange first = timers.peek();
        while (first != null && first.deadlineMs - core.now() <= 0) {
            disarm(first);
            timeout(first);
            first = timers.peek();
        }
    }

    private void timeout(Exchange exchange) {
        Neighbor hop = exchange.hop();
        if (exchange.waiting) {
            if (hop.hasEnded() || !hop.link.info.up() || isElsewhere(exchange, false)) {
                finish(exchange);
                giveBack(exchange);
            } else {
                transmit(exchange);
            }
            return;
        }
        // What others had to wait for since: the channel is slow, which this frame's timeout did not know.
        long dueMs = exchange.lastSentMs + hop.link.delay.timeoutMs(core.now(), hop.isRestless(core.now()));
        if (dueMs - core.now() > 0) {
            arm(exchange, dueMs);
            return;
        }
        RoutingParameters parameters = hop.parameters();
        // An exchange never changes its messages, or a late reply to its first frame would be read wrongly.
        boolean silent = hop.lastReplyMs() - exchange.firstSentMs < 0;
        if (isElsewhere(exchange, exchange.sends >= parameters.alternateAfterSends())) {
            finish(exchange);
            verdicts.movesOn(exchange, silent);
            giveBack(exchange);
            return;
        }
        if (silent) {
            hop.correspondence().overdue();
        }
        if (exchange.sends < verdicts.limit(exchange, silent) && !hop.hasEnded() && hop.link.info.up()) {
            exchange.rtoMs = Math.min(exchange.rtoMs * 2, 2 * parameters.rtoCeilingMs());
            core.count(RoutingCounter.FRAMES_REPEATED);
            transmit(exchange);
            return;
        }
        finish(exchange);
        verdicts.exhausted(exchange, silent);
        giveBack(exchange);
    }

    private boolean isElsewhere(Exchange exchange, boolean slow) {
        boolean elsewhere = false;
        for (Held message : exchange.held) {
            elsewhere |= owner.isElsewhere(message, exchange.hop(), slow);
        }
        Confirmable confirmable = exchange.confirmable;
        return elsewhere || slow && confirmable != null && confirmable.isElsewhere(exchange.hop());
    }

    private void start(
            Neighbor hop, List<Held> held, @Nullable MeshMessage control, @Nullable Confirmable confirmable) {
        int id = nextId;
        while (exchanges.find(id, 0) != LinkedTable.NONE) {
            id = (id + 1) % EXCHANGE_IDS;
        }
        nextId = (char) ((id + 1) % EXCHANGE_IDS);
        Exchange ended = spare.pollLast();
        Exchange exchange = ended == null ? new Exchange() : ended;
        exchange.id = id;
        exchange.order = nextOrder++;
        exchange.to = hop;
        for (int i = 0; i < held.size(); i++) {
            exchange.held.add(held.get(i));
        }
        exchange.control = control;
        exchange.confirmable = confirmable;
        exchange.firstSentMs = core.now();
        exchange.sends = 0;
        exchange.bytes = 0;
        exchange.heldUp = false;
        double factor = 1 + (RANDOM_FACTOR - 1) * core.random.nextDouble();
        long timeoutMs = Math.max(
                hop.isTimed() ? hop.rtoMs() : hop.link.delay.firstTimeoutMs(),
                hop.link.delay.timeoutMs(core.now(), hop.isRestless(core.now())));
        exchange.rtoMs = Math.max(1, Math.round(timeoutMs * factor));
        exchanges.add(id, 0, exchange);
        transmit(exchange);
    }

    private void transmit(Exchange exchange) {
        if (waitsForAirtime(exchange)) {
            return;
        }
        MeshMessage control = exchange.control;
        Confirmable confirmable = exchange.confirmable;
        frame.clear();
        for (int i = 0; i < exchange.held.size(); i++) {
            frame.add(owner.stamp(exchange.held.get(i), exchange.hop()));
        }
        if (control != null) {
            frame.add(control);
        } else if (confirmable != null) {
            frame.addAll(confirmable.stamp(exchange.hop()));
            if (frame.isEmpty()) {
                finish(exchange);
                giveBack(exchange);
                return;
            }
        }
        core.count(exchange.held.isEmpty() ? RoutingCounter.CONTROL_FRAMES_SENT : RoutingCounter.DATA_FRAMES_SENT);
        exchange.firstSentMs = exchange.sends++ == 0 ? core.now() : exchange.firstSentMs;
        exchange.lastSentMs = core.now();
        arm(exchange, core.now() + exchange.rtoMs);
        exchange.hop().link.load.sent(core.now());
        exchange.bytes = frames.unicast(exchange.hop(), exchange.id, frame);
    }

    /**
     * What there is no airtime for is not composed: it waits until there is, with the stamp of then (U6), or ends if that is
     * more than D away, so that it can go another way.
     */
    private boolean waitsForAirtime(Exchange exchange) {
        Neighbor hop = exchange.hop();
        setWaiting(exchange, false);
        if (!hop.link.duty.isLimited()) {
            return false;
        }
        long waitMs = hop.link.duty.waitMs(core.now(), useOf(exchange));
        if (waitMs == 0) {
            return false;
        }
        core.count(RoutingCounter.AIRTIME_WAITS);
        if (waitMs > hop.parameters().messageLifeMs()) {
            core.count(RoutingCounter.DROPPED_NO_AIRTIME);
            if (exchange.isProbe()) {
                hop.probes().undecided();
            }
            finish(exchange);
            giveBack(exchange);
            return true;
        }
        setWaiting(exchange, true);
        exchange.heldUp |= exchange.sends > 0;
        arm(exchange, core.now() + waitMs);
        return true;
    }

    private static DutyBudget.Use useOf(Exchange exchange) {
        DutyBudget.Use use = DutyBudget.Use.CONTROL;
        for (Held message : exchange.held) {
            use = message.high || use == DutyBudget.Use.URGENT ? DutyBudget.Use.URGENT : DutyBudget.Use.DATA;
        }
        Confirmable confirmable = exchange.confirmable;
        return confirmable != null && confirmable.isUrgent() ? DutyBudget.Use.URGENT : use;
    }

    private void setWaiting(Exchange exchange, boolean waits) {
        waiting = (char) (waiting + (waits ? 1 : 0) - (exchange.waiting ? 1 : 0));
        exchange.waiting = waits;
    }

    private void finish(Exchange exchange) {
        setWaiting(exchange, false);
        disarm(exchange);
        exchanges.remove(exchange.id, 0);
        if (exchange.isProbe()) {
            exchange.hop().probing = false;
        }
    }

    /** Nobody looks at a finished exchange any more. */
    private void recycle(Exchange exchange) {
        exchange.held.clear();
        exchange.control = null;
        exchange.confirmable = null;
        exchange.to = null;
        spare.addLast(exchange);
    }

    /** Ends a finished exchange without a result. */
    private void giveBack(Exchange exchange) {
        Neighbor hop = exchange.hop();
        Confirmable confirmable = exchange.confirmable;
        if (confirmable != null && exchange.sends == 0) {
            confirmable.unsent(hop);
        } else if (confirmable != null) {
            confirmable.unanswered(hop);
        }
        if (!exchange.held.isEmpty()) {
            hop.correspondence().lost();
            for (int i = exchange.held.size() - 1; i >= 0; i--) {
                owner.unanswered(exchange.held.get(i), hop);
            }
        }
        recycle(exchange);
    }
}
