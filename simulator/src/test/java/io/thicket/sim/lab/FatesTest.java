package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Node 0 makes packets; 1 passes them on, 2 is an insider. */
class FatesTest {
    private static final NodeId[] IDS = {new NodeId(10), new NodeId(11), new NodeId(12)};
    private static final long LATE_US = 60_000_000;

    private final Ledger ledger = new Ledger(3, name -> 0);
    private final Fates fates = new Fates(ledger, IDS, () -> true);

    private long reading() {
        return ledger.created(0, Flow.ANY_GATEWAY, 0, 1, List.of());
    }

    private long packet() {
        return ledger.created(0, 1, 0, 1, List.of());
    }

    private Outcome of(long number, long nowUs) {
        return fates.of(ledger.packet(0, number), true, nowUs);
    }

    private Fate fate(long number) {
        return of(number, LATE_US).fate();
    }

    @Test
    void a_reading_waits_is_under_way_and_arrives() {
        long reading = reading();
        assertEquals(Fate.WAITING, fate(reading));
        fates.sent(0, List.of(reading));
        assertEquals(Fate.UNDER_WAY, fate(reading));
        ledger.delivered(5, 0, reading, 2);
        assertEquals(Fate.ARRIVED, fate(reading));
    }

    @Test
    void a_reading_that_an_insider_took_is_under_way_when_it_is_sent_again() {
        long reading = reading();
        fates.sent(0, List.of(reading));
        fates.swallowed(2, IDS[0], List.of(reading));
        assertEquals(new Outcome(Fate.SWALLOWED, "", 2), of(reading, LATE_US));
        fates.sent(0, List.of(reading));
        assertEquals(Fate.UNDER_WAY, fate(reading));
    }

    @Test
    void power_takes_what_an_origin_keeps_and_a_copy_under_way_changes_nothing() {
        long kept = reading();
        long givenUp = reading();
        long carried = packet();
        long waiting = packet();
        fates.givenUp(0, givenUp, "OUTBOX_FULL");
        fates.sentOnce(0, carried, 77, IDS[0]);
        fates.died(0);
        fates.swallowed(2, IDS[0], List.of(kept));

        assertEquals(Fate.NODE_DOWN, fate(kept));
        assertEquals(new Outcome(Fate.GIVEN_UP, "OUTBOX_FULL", RunFigures.NONE), of(givenUp, LATE_US));
        assertEquals(Fate.UNDER_WAY, of(carried, 1).fate());
        assertEquals(Fate.NODE_DOWN, fate(waiting));
    }

    @Test
    void a_packet_that_nobody_keeps_is_dropped_or_lost_where_nobody_knows() {
        long dropped = packet();
        long lost = packet();
        fates.sentOnce(0, dropped, 5, IDS[0]);
        fates.sentOnce(0, lost, 6, IDS[0]);
        fates.dropped(1, new MessageId(IDS[0], 1, 5), DropReason.NO_ROUTE);

        assertEquals(new Outcome(Fate.DROPPED, "NO_ROUTE", 1), of(dropped, LATE_US));
        assertEquals(Fate.UNDER_WAY, of(lost, 1).fate());
        assertEquals(Fate.UNKNOWN, fate(lost));
    }

    @Test
    void what_was_settled_and_is_nowhere_and_what_had_no_way_are_called_so() {
        long settled = reading();
        ledger.packet(0, settled).settle();
        long without = reading();

        long givenUp = reading();
        fates.givenUp(0, givenUp, "OUTBOX_FULL");

        assertEquals(Fate.SETTLED, fate(settled));
        assertEquals(Outcome.of(Fate.NO_WAY), fates.of(ledger.packet(0, without), false, LATE_US));
        assertEquals(
                new Outcome(Fate.NO_WAY, "OUTBOX_FULL", RunFigures.NONE),
                fates.of(ledger.packet(0, givenUp), false, LATE_US));
    }

    @Test
    void rubbish_of_an_insider_is_no_packet() {
        fates.sentOnce(2, Long.MAX_VALUE, 1, IDS[2]);
        fates.sent(-1, List.of(1L));
        fates.swallowed(2, new NodeId(99), List.of(1L));
        fates.dropped(1, new MessageId(IDS[2], 1, 1), DropReason.NO_ROUTE);

        assertEquals(Fate.WAITING, fate(reading()));
    }
}
