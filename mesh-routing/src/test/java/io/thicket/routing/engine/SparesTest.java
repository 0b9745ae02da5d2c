package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.security.FrameBuffers;
import org.junit.jupiter.api.Test;

class SparesTest {
    private static final NodeId TARGET = new NodeId(9);

    private final Spares spares = new Spares();

    @Test
    void what_one_queue_held_serves_another_one() {
        CustodyQueue first = queue();
        Held message = held();
        first.add(message);
        assertSame(message, first.poll(TARGET));
        first.release(message);
        first.recycle(message);
        CustodyQueue second = queue();

        assertSame(message, second.blank());
        second.add(held());

        assertTrue(spares.lanes.isEmpty());
        assertTrue(second.isWaiting(TARGET));
        assertTrue(first.isEmpty());
    }

    @Test
    void a_message_of_the_past_holds_on_to_nothing() {
        CustodyQueue queue = queue();
        Held message = held();
        RouteEntry route = new RouteEntry(1, TARGET);
        route.become(new Alternate(1, new FixedHop(8), new Seq(1, 1), 5, 1));
        route.setDistance();
        message.stamp(route);
        assertTrue(message.isStampedBy(route));
        queue.add(message);
        queue.poll(TARGET);
        queue.release(message);
        queue.recycle(message);

        assertNull(message.data);
        assertFalse(message.isStamped());
        assertNull(message.from);
        assertEquals(Held.ANY_GATEWAY, message.target);
    }

    @Test
    void routers_share_a_part_with_their_buffers() {
        FrameBuffers buffers = new FrameBuffers(2);

        assertSame(buffers.part(Spares.class, Spares::new), buffers.part(Spares.class, Spares::new));
    }

    @Test
    void a_lane_that_ended_is_found_no_more() {
        CustodyQueue queue = queue();
        Held message = held();
        queue.add(message);
        queue.poll(TARGET);
        queue.release(message);

        assertFalse(queue.holds(TARGET));
        assertFalse(queue.isWaiting(TARGET));
        assertEquals(0, queue.held(TARGET));

        queue.add(held());
        assertEquals(1, queue.held(TARGET));
    }

    private CustodyQueue queue() {
        CustodyQueue queue = new CustodyQueue(1, spares);
        queue.setBounds(4, 8);
        return queue;
    }

    private static Held held() {
        return Held.of(Peer.message(new NodeId(5), 1, 0, TARGET, null), TARGET, null, 0, 60_000);
    }
}
