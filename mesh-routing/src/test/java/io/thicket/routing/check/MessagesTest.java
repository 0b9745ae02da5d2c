package io.thicket.routing.check;

import static io.thicket.routing.check.MessageInvariant.Party.EVERYONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.Rreq;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The invariants of what is said (I9, I15, I16), of deliveries (I11) and the two of liveness (I12, I17). */
class MessagesTest {
    private static final NodeId TARGET = new NodeId(99);

    @Test
    @Tag("I9")
    void i9_fires_when_data_does_not_come_nearer() {
        DataDescends descends = new DataDescends();
        assertEquals("", descends.sent(0, party(1, 11), party(2, 12), data(0, distance(5, 30))));
        assertEquals("", descends.sent(0, party(2, 12), party(3, 13), data(0, distance(5, 20))));

        assertTrue(descends.sent(0, party(3, 13), party(4, 14), data(0, distance(5, 20)))
                .contains("node 3 passes"));
        assertTrue(descends.sent(0, party(3, 13), party(4, 14), data(0, null)).contains("without a distance"));
        assertEquals(
                "", descends.sent(0, party(3, 13), party(4, 14), data(1, distance(5, 40))), "a new turn begins anew");
        assertEquals(
                "", descends.sent(0, party(3, 13), party(4, 14), data(0, distance(6, 90))), "a newer Seq is nearer");
        assertEquals(
                "", descends.sent(0, party(3, 73), party(4, 14), data(0, distance(5, 90))), "another boot got nothing");
    }

    @Test
    @Tag("I15")
    void i15_fires_on_the_third_broadcast_of_one_request() {
        RreqAtMostTwice twice = new RreqAtMostTwice();
        assertEquals("", twice.sent(0, party(1, 11), EVERYONE, rreq(7)));
        assertEquals("", twice.sent(0, party(1, 11), EVERYONE, rreq(7)));
        assertEquals(
                "",
                twice.sent(0, party(1, 11), party(5, 15), rreq(7)),
                "directed copies are acknowledged, and are no flood");
        assertEquals("", twice.sent(0, party(1, 12), EVERYONE, rreq(7)), "another boot");
        assertEquals("", twice.sent(0, party(1, 11), EVERYONE, rreq(8)));

        assertTrue(twice.sent(0, party(1, 11), EVERYONE, rreq(7)).contains("3 times"));
    }

    @Test
    @Tag("I16")
    void i16_fires_on_the_third_round_of_one_error() {
        RerrStops stops = new RerrStops();
        assertEquals("", stops.sent(0, party(1, 11), EVERYONE, rerr(5)));
        assertEquals("", stops.sent(100, party(1, 11), EVERYONE, rerr(5)));
        assertEquals("", stops.sent(150, party(2, 11), EVERYONE, rerr(5)));
        assertEquals("", stops.sent(200, party(1, 11), EVERYONE, rerr(6)));

        assertTrue(stops.sent(300, party(1, 11), EVERYONE, rerr(5)).contains("3 times"));
        assertEquals("", stops.sent(2_301, party(1, 11), EVERYONE, rerr(5)), "long after, it is another exchange");
    }

    @Test
    @Tag("I11")
    void i11_fires_on_a_second_delivery_in_one_boot() {
        DeliveredOnce once = new DeliveredOnce();
        MessageId id = new MessageId(TARGET, 1, 1);
        assertEquals("", once.delivered(0, 1, id));
        assertEquals("", once.delivered(0, 2, id));
        assertEquals("", once.delivered(1, 1, id));

        assertTrue(once.delivered(0, 1, id).contains("twice"));
    }

    @Test
    @Tag("I12")
    void i12_fires_on_what_comes_late_and_on_what_does_not_come() {
        DeliveredInTime<String> inTime = new DeliveredInTime<>(1_000);
        inTime.offered(0, "a");
        inTime.offered(0, "b");
        inTime.offered(500, "c");

        assertEquals("", inTime.arrived(1_000, "a"));
        assertTrue(inTime.arrived(1_001, "b").contains("b took 1001 ms"));
        assertEquals("", inTime.overdue(1_500));
        assertTrue(inTime.overdue(1_501).contains("c is missing"));
    }

    @Test
    @Tag("I17")
    void i17_fires_when_a_node_does_not_come_to_rest() {
        Toy toy = new Toy(0);
        Judge judge = new Judge(1, List.of());
        judge.afterEvent(0, 0, toy);
        Quiescence rest = new Quiescence(judge.network(), 0, 2.5);
        toy.counters.put(io.thicket.routing.RoutingCounter.FRAMES_SENT, 25L);
        assertEquals("", rest.check(600_000));
        toy.counters.put(io.thicket.routing.RoutingCounter.FRAMES_SENT, 26L);

        assertTrue(rest.check(600_000).contains("26 frames"));
    }

    private static Data data(int turn, @org.jspecify.annotations.Nullable Distance descent) {
        return new Data(
                new MessageId(new NodeId(1), 1, 1),
                Destination.node(TARGET),
                null,
                descent,
                20,
                0,
                turn,
                0,
                true,
                false,
                null,
                0,
                PayloadType.COAP,
                Bytes.copyOf((byte) 1));
    }

    private static MessageInvariant.Party party(int node, int bootTag) {
        return new MessageInvariant.Party(node, bootTag);
    }

    private static Distance distance(long count, long metric) {
        return new Distance(new Seq(1, count), metric);
    }

    private static Rreq rreq(long id) {
        return new Rreq(
                new NodeId(1),
                new Seq(1, 5),
                id,
                TARGET,
                new Seq(1, 0),
                10,
                new Seq(1, 5),
                1,
                5,
                true,
                false,
                false,
                60,
                null);
    }

    private static Rerr rerr(long count) {
        return new Rerr(List.of(new Rerr.Unreachable(TARGET, new Seq(1, count), Rerr.Reason.LINK)));
    }
}
