package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.DataFields;
import io.thicket.routing.wire.E2eAck;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The engine's small parts, each alone. */
class SmallPartsTest {
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);

    @Nested
    class Parameters {
        @Test
        void the_tombstone_is_the_sum_of_lives_with_two_percent_of_drift() {
            assertEquals(372_300, RoutingParameters.of(LinkClass.ETHERNET).tombstoneMs());
            assertEquals(377_400, WIFI.tombstoneMs());
            assertEquals(25_826_400, RoutingParameters.of(LinkClass.LORA).tombstoneMs());
        }

        @Test
        void a_hop_costs_its_airtime() {
            assertEquals(50, WIFI.airtime(6_000));
            assertEquals(5, RoutingParameters.of(LinkClass.ETHERNET).airtime(100_000));
            assertTrue(RoutingParameters.of(LinkClass.LORA).airtime(2) > 50_000);
        }
    }

    @Nested
    class Quality {
        private final LinkQuality quality = new LinkQuality() {
            @Override
            RoutingParameters parameters() {
                return WIFI;
            }
        };

        @Test
        void hello_losses_raise_the_etx() {
            quality.onHello(1);
            assertEquals(1.0, quality.etx(0));

            quality.onHello(4); // two were lost
            assertEquals(50, quality.receivedPercent());
            assertEquals(2.0, quality.etx(0));
            quality.onHeardByThem(50);
            assertEquals(4.0, quality.etx(0));
        }

        @Test
        void an_overtaken_hello_is_told() {
            assertTrue(quality.onHello(7));
            assertFalse(quality.onHello(7));
            assertFalse(quality.onHello(6));
        }

        @Test
        void unicast_experience_outweighs_hellos_while_it_is_fresh() {
            quality.onHello(1);
            quality.onUndelivered(1_000);
            assertEquals(0.75 + 3, quality.etx(1_000));

            assertEquals(1.0, quality.etx(121_001));
        }

        @Test
        void the_timeout_follows_the_round_trips_within_its_bounds() {
            assertEquals(250, quality.rtoMs());
            quality.onRoundTrip(2);
            assertEquals(50, quality.rtoMs());
            quality.onRoundTrip(10_000);
            assertEquals(2_000, quality.rtoMs());
        }

        @Test
        void late_answers_raise_the_timeout_and_timely_ones_bring_it_back() {
            quality.onRoundTrip(10); // 10 + 25: half the floor is the least variance
            quality.onLateAnswer(1_000);
            assertEquals(401, quality.rtoMs(), "3/4 of 35 and 1/4 of 1500");
            quality.onLateAnswer(1_000);
            assertEquals(676, quality.rtoMs());

            quality.onRoundTrip(10);
            assertEquals(355, quality.rtoMs(), "half way to 35");
            for (int i = 0; i < 5; i++) {
                quality.onRoundTrip(10);
            }
            assertEquals(50, quality.rtoMs());
        }

        @Test
        void a_late_answer_is_all_there_is_to_begin_with() {
            quality.onLateAnswer(400);
            assertEquals(600, quality.rtoMs());
        }

        @Test
        void reliable_is_who_answers_at_once_until_it_does_not() {
            assertTrue(quality.isReliable(), "nothing was asked");
            quality.onDelivered(0, 2);
            assertFalse(quality.isReliable());
            for (int i = 0; i < 7; i++) {
                quality.onDelivered(1 + i, 1);
            }
            assertTrue(quality.isReliable());
        }

        @Test
        void what_was_given_up_does_not_make_unreliable() {
            for (int i = 0; i < 4; i++) {
                quality.onDelivered(i, 1);
            }
            for (int i = 0; i < 20; i++) {
                quality.onUndelivered(10 + i);
            }
            assertTrue(quality.isReliable());
            assertTrue(quality.etx(30) > 5);
        }
    }

    @Nested
    class Buckets {
        @Test
        void a_burst_then_the_rate() {
            TokenBuckets<String> buckets = new TokenBuckets<>(2, 3);
            for (int i = 0; i < 3; i++) {
                assertTrue(buckets.take(0, "a"));
            }
            assertFalse(buckets.take(0, "a"));
            assertTrue(buckets.take(0, "b"));
            assertTrue(buckets.take(500, "a"));
            assertFalse(buckets.take(500, "a"));
        }

        @Test
        void keys_are_bounded() {
            TokenBuckets<Integer> buckets = new TokenBuckets<>(1, 1);
            for (int i = 0; i < 3 * TokenBuckets.MAX_KEYS; i++) {
                buckets.take(0, i);
            }
            assertEquals(TokenBuckets.MAX_KEYS, buckets.size());
        }
    }

    @Nested
    class Dedup {
        private final RelayedMessages windows = new RelayedMessages(4, 0);

        @Test
        void held_or_lower_turn_or_not_nearer_is_a_duplicate() {
            int seen = windows.remember(0, id(1));
            windows.taken(seen, 2);
            assertTrue(windows.isDuplicate(seen, copy(3, 1)));

            windows.handedOn(seen, PackedSeq.of(1, 1), 50);
            assertTrue(windows.isDuplicate(seen, copy(1, 1)));
            assertTrue(windows.isDuplicate(seen, copy(2, 50)));
            assertFalse(windows.isDuplicate(seen, copy(2, 49)));
            assertFalse(windows.isDuplicate(seen, copy(3, 99)));
        }

        @Test
        void what_was_dropped_may_come_again_in_any_turn() {
            int seen = windows.remember(0, id(1));
            windows.taken(seen, Data.MAX_TURN);
            windows.dropped(seen);

            assertEquals(-1, windows.turn(seen));
            assertFalse(windows.isDuplicate(seen, copy(0, 1)));
        }

        @Test
        void the_largest_numbers_of_a_distance_are_kept() {
            Seq largest = new Seq(0xffff_ffffL, 0xffff_ffffL);
            int seen = windows.remember(0, id(1));
            windows.handedOn(seen, PackedSeq.of(largest), FeasibilityDistance.MAX_METRIC);
            DataFields copy = new DataFields();
            copy.descent(largest, FeasibilityDistance.MAX_METRIC);
            assertTrue(windows.isDuplicate(seen, copy));

            copy.descent(largest, FeasibilityDistance.MAX_METRIC - 1);
            assertFalse(windows.isDuplicate(seen, copy));
        }

        @Test
        void a_message_that_was_handed_on_without_a_distance_is_a_duplicate_in_its_turn() {
            int seen = windows.remember(0, id(1));
            windows.handedOn(seen, 0, Held.NO_DISTANCE);

            assertTrue(windows.isDuplicate(seen, copy(0, 1)));
            assertFalse(windows.isDuplicate(seen, copy(1, 1)));
        }

        @Test
        void what_was_delivered_and_settled_is_kept_apart_for_each() {
            ReceivedMessages received = new ReceivedMessages(4, 0);
            int first = received.remember(0, id(1));
            received.delivered(first, 3, -5_000_000_000L);
            received.settle(first, SettleStatus.BROKER_ACKED);
            int second = received.remember(0, id(2));
            assertFalse(received.isDelivered(second));
            assertNull(received.settled(second));
            received.settle(second, SettleStatus.REFUSED);

            first = received.find(id(1));
            assertTrue(received.isDelivered(first));
            assertEquals(3, received.turn(first));
            assertEquals(-5_000_000_000L, received.madeAtMs(first));
            assertEquals(SettleStatus.BROKER_ACKED, received.settled(first));
            assertEquals(SettleStatus.REFUSED, received.settled(second));
        }

        @Test
        void one_that_comes_again_in_a_later_turn_stays_settled() {
            ReceivedMessages received = new ReceivedMessages(4, 0);
            int message = received.remember(0, id(1));
            received.delivered(message, 0, 7_000);
            received.settle(message, SettleStatus.REFUSED);

            received.delivered(message, 2, 1L << 50);

            assertEquals(2, received.turn(message));
            assertEquals(1L << 50, received.madeAtMs(message));
            assertEquals(SettleStatus.REFUSED, received.settled(message));
        }

        @Test
        void the_oldest_message_of_an_origin_is_forgotten_first() {
            for (int i = 1; i <= 5; i++) {
                windows.remember(0, id(i));
            }
            assertEquals(DedupWindows.UNKNOWN, windows.find(id(1)));
            assertEquals(4, windows.size());
        }

        @Test
        void origins_are_bounded() {
            for (int i = 0; i < 2 * DedupWindows.MAX_ORIGINS; i++) {
                windows.remember(0, new MessageId(new NodeId(i), 1, 1));
            }
            assertEquals(DedupWindows.MAX_ORIGINS, windows.size());
        }

        private static MessageId id(long number) {
            return new MessageId(new NodeId(5), 1, number);
        }

        private static DataFields copy(int turn, long metric) {
            DataFields copy = new DataFields();
            copy.redirect(turn, null, 0);
            copy.descent(new Seq(1, 1), metric);
            return copy;
        }
    }

    /** 5.03: who is full for one target is asked again later, and ever later. */
    @Nested
    class Refusals {
        private final NodeId target = new NodeId(0x33);
        private final CustodyQueue queue = new CustodyQueue(1);
        private final Neighbor full = neighbor(7);

        @Test
        void the_pause_doubles_from_the_third_one_on_to_sixteenfold() {
            add(target);
            long nowMs = 0;
            for (long pauseMs : new long[] {200, 200, 400, 800, 1_600, 3_200, 3_200}) {
                queue.refused(nowMs, target, full, 200);
                assertEquals(nowMs + pauseMs, queue.mayOfferAtMs(nowMs, target, full));
                nowMs += pauseMs;
                assertEquals(nowMs, queue.mayOfferAtMs(nowMs, target, full));
            }
        }

        @Test
        void what_was_in_flight_together_is_one() {
            add(target);
            for (int i = 0; i < 5; i++) {
                queue.refused(i, target, full, 200);
            }
            assertEquals(200, queue.mayOfferAtMs(10, target, full));
            queue.refused(200, target, full, 200);
            assertEquals(400, queue.mayOfferAtMs(200, target, full));
        }

        @Test
        void other_targets_and_other_neighbours_do_not_wait() {
            NodeId other = new NodeId(0x44);
            add(target);
            add(other);
            queue.refused(0, target, full, 200);
            assertEquals(10, queue.mayOfferAtMs(10, other, full));
            assertEquals(10, queue.mayOfferAtMs(10, target, neighbor(8)));
        }

        @Test
        void an_acceptance_ends_the_doubling_but_not_the_shortest_pause() {
            add(target);
            for (long atMs : new long[] {0, 200, 400}) {
                queue.refused(atMs, target, full, 200);
            }
            assertEquals(800, queue.mayOfferAtMs(400, target, full));
            queue.accepted(target, full);
            assertEquals(600, queue.mayOfferAtMs(400, target, full));

            queue.refused(600, target, full, 200);
            assertEquals(800, queue.mayOfferAtMs(600, target, full));
        }

        @Test
        void what_another_one_accepted_does_not_end_it() {
            add(target);
            for (long atMs : new long[] {0, 200, 400}) {
                queue.refused(atMs, target, full, 200);
            }
            queue.accepted(target, neighbor(8));

            queue.refused(800, target, full, 200);
            assertEquals(1_600, queue.mayOfferAtMs(800, target, full));
        }

        private void add(NodeId to) {
            queue.add(Held.of(Peer.message(new NodeId(5), 1, 0, to, null), to, null, 0, 60_000));
        }

        private static Neighbor neighbor(int number) {
            Interface link = new Interface(
                    Peer.LINK,
                    new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true),
                    WIFI,
                    new Trickle(WIFI, new SplittableRandom(1), 0),
                    0);
            return new Neighbor(0, new NodeId(number), 1, link, LinkAddress.of((byte) number));
        }
    }

    @Nested
    class Settlements {
        @Test
        void one_ack_covers_what_was_settled_within_fifty_milliseconds() {
            SettleBatches batches = new SettleBatches(new NodeId(1));
            NodeId origin = new NodeId(5);
            for (long number : new long[] {7, 9, 71, 72}) {
                batches.add(0, new MessageId(origin, 3, number), SettleStatus.BROKER_ACKED, 0, false);
            }
            assertEquals(50, batches.nextDeadlineMs());
            assertEquals(List.of(), batches.takeDue(49));

            List<E2eAck> acks = batches.takeDue(50);

            assertEquals(2, acks.size());
            assertTrue(acks.get(0).settles(7)
                    && acks.get(0).settles(9)
                    && acks.get(0).settles(71));
            assertFalse(acks.get(0).settles(8));
            assertTrue(acks.get(1).settles(72));
        }

        @Test
        void a_busy_gateway_gathers_over_all_origins_for_two_seconds() {
            SettleBatches batches = busy();

            batches.add(10_000, new MessageId(new NodeId(7), 1, 1), SettleStatus.BROKER_ACKED, 100, false);
            batches.add(10_400, new MessageId(new NodeId(8), 1, 1), SettleStatus.BROKER_ACKED, 100, false);

            assertEquals(12_000, batches.nextDeadlineMs());
            assertEquals(2, batches.takeDue(12_000).size());
            assertEquals(io.thicket.routing.MeshRouter.NEVER, batches.nextDeadlineMs());
        }

        @Test
        void an_old_or_repeated_message_or_a_withdrawal_ends_the_gathering() {
            SettleBatches old = busy();
            old.add(10_000, new MessageId(new NodeId(7), 1, 1), SettleStatus.BROKER_ACKED, 3_000, false);
            SettleBatches repeated = busy();
            repeated.add(10_000, new MessageId(new NodeId(7), 1, 1), SettleStatus.BROKER_ACKED, 100, true);
            SettleBatches leaving = busy();
            leaving.add(10_000, new MessageId(new NodeId(7), 1, 1), SettleStatus.BROKER_ACKED, 100, false);
            leaving.hurry(10_010);

            assertEquals(10_050, old.nextDeadlineMs());
            assertEquals(10_050, repeated.nextDeadlineMs());
            assertEquals(10_010, leaving.nextDeadlineMs());
        }

        private static SettleBatches busy() {
            SettleBatches batches = new SettleBatches(new NodeId(1));
            for (int i = 0; i < 100; i++) {
                batches.add(100L * i, new MessageId(new NodeId(5), 3, i + 1), SettleStatus.BROKER_ACKED, 0, false);
                batches.takeDue(batches.nextDeadlineMs());
            }
            return batches;
        }
    }

    @Nested
    class TrickleTimer {
        @Test
        void intervals_double_to_the_maximum_and_start_again() {
            Trickle trickle = new Trickle(WIFI, new SplittableRandom(1), 0);
            int sent = 0;
            while (trickle.dueMs() < 600_000) {
                sent += trickle.fire(trickle.dueMs()) ? 1 : 0;
            }
            assertTrue(sent >= 12 && sent <= 18, sent + " in ten minutes");
            assertEquals(60_000, trickle.announcedIntervalMs());

            trickle.reset(600_000);

            assertTrue(trickle.dueMs() <= 601_000);
            assertEquals(2_000, trickle.announcedIntervalMs());
        }

        @Test
        void an_early_one_is_soon_and_does_not_change_the_interval() {
            Trickle trickle = new Trickle(WIFI, new SplittableRandom(1), 0);
            while (trickle.dueMs() < 300_000) {
                trickle.fire(trickle.dueMs());
            }

            trickle.sendEarly(300_000, 200);

            assertTrue(trickle.dueMs() < 300_200);
            assertTrue(trickle.fire(trickle.dueMs()));
            assertEquals(60_000, trickle.announcedIntervalMs());
        }
    }

    @Nested
    class Window {
        @Test
        void it_grows_by_one_per_round_and_halves_on_loss() {
            HopWindow window = new Correspondence(8);
            for (int i = 0; i < 60; i++) {
                window.sent();
                window.acknowledged(8);
            }
            for (int i = 0; i < 8; i++) {
                assertTrue(window.hasRoom(0, false));
                window.sent();
            }
            assertFalse(window.hasRoom(0, false));

            for (int i = 0; i < 8; i++) {
                window.lost();
            }

            window.sent();
            assertFalse(window.hasRoom(0, false));
            assertEquals(1, window.inFlight());
        }

        @Test
        void one_that_may_be_gone_gets_one_at_a_time() {
            HopWindow window = grown();
            assertTrue(window.hasRoom(0, true));
            window.sent();
            assertFalse(window.hasRoom(0, true));
            assertTrue(window.hasRoom(0, false));
        }

        @Test
        void while_one_is_overdue_it_is_the_only_one() {
            HopWindow window = grown();
            window.sent();
            window.overdue();
            assertFalse(window.hasRoom(0, false));

            window.answered();
            assertTrue(window.hasRoom(0, false));
        }

        @Test
        void failures_in_a_row_are_counted_as_far_as_anybody_asks() {
            Correspondence hop = new Correspondence(8);
            for (int i = 0; i < 1_000; i++) {
                hop.failed();
                assertEquals(Math.min(i + 1, Byte.MAX_VALUE), hop.failuresInRow());
            }
            hop.answered(5, 100);
            assertEquals(0, hop.failuresInRow());
        }

        @Test
        void it_is_no_wider_than_exchanges_can_be_open() {
            HopWindow window = new Correspondence(Integer.MAX_VALUE);
            for (int i = 0; i < 10_000_000; i++) {
                window.sent();
                window.acknowledged(Integer.MAX_VALUE);
            }
            while (window.hasRoom(0, false)) {
                window.sent();
            }
            assertEquals(HopSender.MAX_EXCHANGES, window.inFlight());
        }

        private static HopWindow grown() {
            HopWindow window = new Correspondence(8);
            for (int i = 0; i < 5; i++) {
                window.sent();
                window.acknowledged(8);
            }
            return window;
        }

        @Test
        void a_pause_is_kept() {
            HopWindow window = new Correspondence(8);
            window.pause(500);
            assertFalse(window.hasRoom(499, false));
            assertTrue(window.hasRoom(500, false));
        }
    }

    @Nested
    class Reasons {
        @Test
        void the_last_eight_are_kept() {
            RouteEntry entry = new RouteEntry(1, new NodeId(3));
            lead(entry, 4);
            for (io.thicket.routing.RouteChange.Reason reason : io.thicket.routing.RouteChange.Reason.values()) {
                entry.note(5, reason);
            }
            assertEquals(8, entry.notes().size());
            io.thicket.routing.RouteChange.Reason[] all = io.thicket.routing.RouteChange.Reason.values();
            assertSame(all[all.length - 1], entry.lastReason());
            assertSame(all[all.length - 8], entry.notes().get(0).reason());
            assertSame(io.thicket.routing.RouteChange.Reason.FIRST, new RouteEntry(1, new NodeId(3)).lastReason());
        }

        @Test
        void the_same_reason_about_the_same_neighbour_in_a_row_takes_one_place() {
            RouteEntry entry = new RouteEntry(1, new NodeId(3));
            lead(entry, 4);
            entry.note(5, io.thicket.routing.RouteChange.Reason.FIRST);
            entry.note(6, io.thicket.routing.RouteChange.Reason.NEWER_SEQ);
            entry.note(7, io.thicket.routing.RouteChange.Reason.NEWER_SEQ);
            lead(entry, 5);
            entry.note(8, io.thicket.routing.RouteChange.Reason.NEWER_SEQ);

            assertEquals(3, entry.notes().size());
            assertEquals(
                    new io.thicket.routing.RouteNote(
                            7, io.thicket.routing.RouteChange.Reason.NEWER_SEQ, new NodeId(4), 2),
                    entry.notes().get(1));
            entry.clear();
            entry.note(9, io.thicket.routing.RouteChange.Reason.STALLED);
            entry.note(10, io.thicket.routing.RouteChange.Reason.STALLED);
            assertEquals(
                    new io.thicket.routing.RouteNote(
                            10, io.thicket.routing.RouteChange.Reason.STALLED, new NodeId(5), 2),
                    entry.notes().get(3));
        }

        private void lead(RouteEntry entry, long hop) {
            entry.install(new Alternate(1, new FixedHop(hop), new Seq(1, 1), 5, 2), 1);
        }
    }
}
