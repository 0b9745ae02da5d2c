package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Probe;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What insiders with the right key, lost replies and unlucky moments can do to one router. */
class AdversaryTest {
    private static final NodeId FAR = new NodeId(0x1234);

    @Test
    void a_payload_from_a_neighbour_that_was_down_arrives_unharmed() {
        List<String> payloads = new ArrayList<>();
        Bench bench = new Bench() {
            @Override
            public void deliver(
                    MessageId message, PayloadType type, int hops, long ageMs, boolean settle, ByteBuffer payload) {
                payloads.add(Bytes.copyOf(payload).toString());
            }
        };
        Peer peer = new Peer(bench, 1).join();
        bench.router.onLinkFailure(bench.now, Peer.LINK, peer.address, bench);
        assertEquals(
                NeighborState.DOWN, bench.router.snapshot(0).neighbors().get(0).state());

        byte[] text = new byte[64];
        java.util.Arrays.fill(text, (byte) 0x55);
        peer.data(1, withPayload(Peer.message(peer.id, 1, 0, bench.router.self(), null), text));

        assertEquals(List.of(Bytes.copyOf(text).toString()), payloads);
    }

    @Test
    @Timeout(20)
    void the_node_id_that_means_any_gateway_is_nobodys_route() {
        Bench bench = new Bench();
        NodeId zero = new NodeId(0);
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(zero, 10, 100), Peer.entry(FAR, 10, 5_000));
        Peer previous = new Peer(bench, 2).join();

        previous.send(
                FrameForm.UNICAST,
                5,
                List.of(new E2eAck(zero, 1, 1, 0, SettleStatus.STORED, FAR, distance(10, 100_000), 9)));
        previous.data(6, Peer.message(previous.id, 1, 0, zero, distance(10, 100_000)));
        long number = sendToGateway(bench);

        assertTrue(number > 0);
        assertTrue(bench.router.routes().get(zero) == null);
        assertEquals(FAR, next.acceptAll().get(0).pinned());
    }

    @Test
    void a_sequence_number_that_has_no_next_one_is_not_asked_for() {
        Bench bench = new Bench();
        Peer near = new Peer(bench, 1).join();
        near.hello(last(FAR, 100));
        Peer far = new Peer(bench, 2).join();
        far.hello(last(FAR, 90_000));
        bench.router.onLinkFailure(bench.now, Peer.LINK, near.address, bench);

        bench.runTo(3_000); // threw out of onDeadline: the minSeq of an RREQ beyond 32 bits

        assertEquals(
                1,
                bench.router.snapshot(bench.now).neighbors().stream()
                        .filter(neighbor -> neighbor.id().equals(far.id))
                        .count());
    }

    @Test
    void a_reply_to_a_request_may_have_travelled_the_most_hops_there_are() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        Peer asking = new Peer(bench, 2).join();
        asking.send(FrameForm.UNICAST, 3, List.of(request(asking, WireLimits.MAX_HOPS)));

        next.send(
                FrameForm.UNICAST,
                4,
                List.of(new Rrep(
                        FAR,
                        new Seq(1, 11),
                        asking.id,
                        77,
                        60,
                        100,
                        new Seq(1, 11),
                        WireLimits.MAX_HOPS,
                        WireLimits.MAX_HOPS,
                        1_200,
                        null)));

        assertEquals(List.of(HopCode.CUSTODY, HopCode.CUSTODY), bench.replyCodes);
    }

    @Test
    void an_end_to_end_acknowledgement_that_was_refused_is_refused_again_when_repeated() {
        Bench bench = new Bench();
        Peer previous = new Peer(bench, 2).join();
        E2eAck ack = new E2eAck(FAR, 1, 1, 0, SettleStatus.BROKER_ACKED, previous.id, distance(10, 1_000), 9);

        previous.send(FrameForm.UNICAST, 5, List.of(ack));
        previous.send(FrameForm.UNICAST, 5, List.of(ack)); // its reply was lost

        assertEquals(List.of(HopCode.NO_ROUTE, HopCode.NO_ROUTE), bench.replyCodes);
    }

    @Test
    void a_repetition_of_what_is_still_held_does_not_make_its_legitimate_return_a_duplicate() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        bench.sent.clear();
        long number = sendToGateway(bench);
        bench.router.send(
                bench.now,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                number,
                1,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
        Data sent = next.acceptAll().get(0);
        next.hello(Peer.entry(FAR, 12, 100)); // this node is nearer than before
        Peer previous = new Peer(bench, 2).join();

        HopResult back = previous.data(9, sent.forwarded(distance(11, 50), null, 9, 2, 10));

        assertEquals(HopCode.CUSTODY, back.code());
        assertEquals(1, next.acceptAll().size(), "handed on again");
    }

    @Test
    void noise_without_the_key_does_not_keep_strangers_from_joining() {
        Bench bench = new Bench();
        Peer stranger = new Peer(bench, 1);
        byte[] noise = new byte[60];
        ByteBuffer genuine = stranger.seal(FrameForm.UNICAST, 1, FrameCodec.encode(List.of(new Probe(1))));
        genuine.get(noise, 0, 14); // version and key id are in clear
        for (int i = 0; i < 2_000; i++) {
            noise[2] = (byte) i;
            noise[6] = (byte) (i >> 8);
            LinkAddress from = i % 2 == 0 ? stranger.address : LinkAddress.of((byte) i, (byte) (i >> 8), (byte) 9);
            bench.router.onFrame(bench.now, Peer.LINK, from, ByteBuffer.wrap(noise), 1, bench);
        }

        stranger.join();

        assertFalse(bench.router.snapshot(bench.now).neighbors().isEmpty());
    }

    @Test
    void a_flood_of_news_makes_no_flood_of_hellos() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        bench.runTo(5_000);
        long before = hellos(bench);
        for (int i = 1; i <= 2_000; i++) {
            bench.runTo(5_000 + 5L * i);
            GatewayEntry entry = Peer.entry(FAR, 10 + i, 100);
            peer.hello(i % 2 == 0 ? entry : withdrawn(entry));
        }

        assertTrue(hellos(bench) - before <= 52, "HELLOs in 10 s: " + (hellos(bench) - before));
    }

    @Test
    void an_announced_interval_beyond_all_bounds_does_not_postpone_settling() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        peer.send(
                FrameForm.BROADCAST_INTRODUCED,
                MeshRouter.NO_EXCHANGE,
                List.of(new Hello(
                        5, WireLimits.MAX_U32, List.of(), List.of(Peer.entry(FAR, 10, 100)), Set.of(), 7, 0, null)));
        NextHop hop = bench.router.routes().get(FAR).current().hop();

        assertTrue(hop.settleMs() <= 90_000, "settles after " + hop.settleMs() + " ms");
    }

    @Test
    void a_node_that_is_no_relay_relays_nothing_and_offers_nothing() {
        Bench bench =
                new Bench(RoutingParameters.of(LinkClass.WIFI), RuleSwitches.ALL_ON, Set.of(Identity.Role.SENSOR));
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        Peer previous = new Peer(bench, 2).join();
        bench.sent.clear();
        bench.runTo(5_000);

        HopResult data = previous.data(1, Peer.message(previous.id, 1, 0, FAR, distance(10, 90_000)));
        previous.send(
                FrameForm.UNICAST,
                2,
                List.of(new E2eAck(FAR, 1, 1, 0, SettleStatus.STORED, FAR, distance(10, 90_000), 9)));
        previous.send(FrameForm.UNICAST, 3, List.of(request(previous, 0)));
        long number = sendToGateway(bench);

        assertEquals(HopCode.NO_ROUTE, data.code());
        assertEquals(List.of(HopCode.NO_ROUTE, HopCode.NO_ROUTE, HopCode.NO_ROUTE), bench.replyCodes);
        List<Hello> hellos = bench.sent.stream()
                .filter(frame -> frame.to().equals(LinkAddress.ALL))
                .map(frame ->
                        (Hello) next.open(frame.frame(), MeshRouter.NO_EXCHANGE).get(0))
                .toList();
        assertFalse(hellos.isEmpty());
        for (Hello hello : hellos) {
            assertEquals(0, hello.willingness());
            assertTrue(hello.gateways().stream().allMatch(entry -> entry.metric() == WireLimits.MAX_U32));
        }
        assertTrue(number > 0);
        List<Data> taken = new ArrayList<>(next.acceptAll()); // what was overdue goes first, alone
        taken.addAll(next.acceptAll());
        assertEquals(
                1,
                taken.stream()
                        .filter(sent -> sent.payloadType() == PayloadType.READINGS)
                        .count(),
                "its own message goes out");
    }

    @Test
    void a_heard_list_that_did_not_fit_says_so_and_condemns_nobody() {
        Bench bench = new Bench();
        bench.router.onLink(0, Peer.LINK, new LinkInfo(LinkClass.WIFI, 6_000, 300, true), bench);
        List<Peer> crowd = new ArrayList<>();
        for (int number = 1; number <= 30; number++) {
            bench.runTo(number * 20L);
            crowd.add(new Peer(bench, number).join());
        }
        bench.sent.clear();
        bench.runTo(3_000);
        List<Hello> cut = bench.sent.stream()
                .filter(frame -> frame.to().equals(LinkAddress.ALL))
                .map(frame -> (Hello)
                        crowd.get(0).open(frame.frame(), MeshRouter.NO_EXCHANGE).get(0))
                .toList();
        assertFalse(cut.isEmpty());
        for (Hello hello : cut) {
            assertFalse(hello.isHeardListComplete());
        }

        Peer peer = crowd.get(0);
        for (int i = 0; i < 4; i++) {
            peer.send(
                    FrameForm.BROADCAST_INTRODUCED,
                    MeshRouter.NO_EXCHANGE,
                    List.of(new Hello(100 + i, 60_000, List.of(Hello.Heard.MORE), List.of(), Set.of(), 7, 0, null)));
        }
        assertEquals(
                NeighborState.TWO_WAY,
                bench.router.snapshot(bench.now).neighbors().stream()
                        .filter(neighbor -> neighbor.id().equals(peer.id))
                        .findFirst()
                        .orElseThrow()
                        .state());
    }

    @Test
    void one_stall_is_told_once_however_many_frames_waited() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        bench.runTo(1_000);
        bench.now = 60_000;
        for (int i = 0; i < 10; i++) {
            peer.hello();
        }
        bench.runTo(62_000);

        assertEquals(
                1,
                bench.alarms.stream()
                        .filter(alarm -> alarm.kind() == Alarm.Kind.STALLED)
                        .count());
    }

    @Test
    void a_link_that_changed_its_class_begins_anew() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        peer.hello(Peer.entry(FAR, 10, 100));

        bench.router.onLink(0, Peer.LINK, new LinkInfo(LinkClass.ETHERNET, 100_000, 1_200, true), bench);
        assertTrue(bench.router.snapshot(0).neighbors().isEmpty());
        peer.join();
        bench.router.onLink(0, Peer.LINK, new LinkInfo(LinkClass.ETHERNET, 100_000, 1_200, false), bench);

        assertEquals(
                NeighborState.DOWN, bench.router.snapshot(0).neighbors().get(0).state());
    }

    @Test
    void messages_remembered_stay_within_a_small_heap() {
        RelayedMessages windows = new RelayedMessages(RelayedMessages.PER_ORIGIN, 0);
        for (int i = 0; i < 100_000; i++) {
            windows.remember(0, new MessageId(new NodeId(i % 1_000), 1, i));
        }

        assertTrue(windows.size() <= DedupWindows.MAX_MESSAGES, windows.size() + " remembered");
    }

    private static Rreq request(Peer asking, int hops) {
        return new Rreq(
                asking.id,
                new Seq(1, 5),
                77,
                FAR,
                new Seq(1, 11),
                0,
                new Seq(1, 5),
                hops,
                9,
                true,
                true,
                true,
                60,
                null);
    }

    private static Data withPayload(Data data, byte[] payload) {
        return new Data(
                data.id(),
                data.destination(),
                data.pinned(),
                data.descent(),
                data.ttl(),
                data.hops(),
                data.turn(),
                data.repins(),
                data.wantsSettle(),
                data.highPriority(),
                data.register(),
                data.ageMs(),
                data.payloadType(),
                Bytes.copyOf(payload));
    }

    private static GatewayEntry last(NodeId gateway, long metric) {
        return new GatewayEntry(
                gateway, new Seq(1, WireLimits.MAX_U32), metric, 1, true, false, true, 750, 0, 1_200, null);
    }

    private static GatewayEntry withdrawn(GatewayEntry entry) {
        return new GatewayEntry(entry.gateway(), entry.seq(), entry.metric(), 1, false, false, true, 0, 0, 1_200, null);
    }

    private static long hellos(Bench bench) {
        return bench.router.snapshot(bench.now).counters().get(RoutingCounter.HELLOS_SENT);
    }

    private static long sendToGateway(Bench bench) {
        return bench.router.send(
                bench.now,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
    }

    private static Distance distance(long count, long metric) {
        return new Distance(new Seq(1, count), metric);
    }
}
