package io.thicket.agent.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Link;
import io.thicket.agent.port.LinkListener;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Link} does, real or simulated. A subclass makes a network of links that all hear each other without
 * loss, runs tasks on their loop, and lets time pass.
 */
public abstract class LinkContract {
    private static final int NODES = 3;

    private final List<Link> links = new ArrayList<>();
    private final List<Recorder> heard = new ArrayList<>();

    /** Links of {@code count} nodes, not started, numbered from 0. */
    protected abstract List<Link> makeLinks(int count);

    /** Runs a task on the loop of the links and returns when it has run. */
    protected abstract void onLoop(Runnable task);

    /** Lets time pass until the condition holds; returns whether it did within a few seconds. It is asked on the loop. */
    protected abstract boolean await(BooleanSupplier condition);

    /** Puts a datagram of a neighbour before link {@code to}; returns false if these links have no datagrams. */
    protected abstract boolean inject(int to, byte[] datagram);

    /** Ends what {@link #makeLinks} began, after the links were closed. */
    protected abstract void closeNetwork() throws Exception;

    @AfterEach
    void closeAll() throws Exception {
        onLoop(() -> links.forEach(Link::close));
        closeNetwork();
    }

    @Test
    void frame_to_all_is_heard_by_everybody_else() {
        startAll();

        onLoop(() -> links.get(0).transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, sealed("hello")));

        assertTrue(await(
                () -> heard.get(1).frames.size() == 1 && heard.get(2).frames.size() == 1));
        for (Recorder recorder : heard.subList(1, NODES)) {
            assertEquals("hello", recorder.frames.get(0).text());
            assertEquals(MeshRouter.NO_EXCHANGE, recorder.frames.get(0).exchange);
        }
        assertEquals(heard.get(1).frames.get(0).from, heard.get(2).frames.get(0).from);
    }

    @Test
    void own_frames_are_not_heard() {
        startAll();

        onLoop(() -> links.get(0).transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, sealed("mine")));
        assertTrue(await(() -> heard.get(1).frames.size() == 1));
        onLoop(() -> links.get(1).transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, sealed("yours")));
        assertTrue(await(() -> !heard.get(0).frames.isEmpty()));

        assertEquals("yours", heard.get(0).frames.get(0).text());
    }

    @Test
    void frame_to_one_is_heard_by_that_one() {
        startAll();
        LinkAddress address1 = addressOf(1, 0);

        onLoop(() -> links.get(0).transmit(address1, MeshRouter.NO_EXCHANGE, sealed("for you")));

        assertTrue(await(() -> heard.get(1).has("for you")));
        onLoop(() -> links.get(0).transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, sealed("end")));
        assertTrue(await(() -> heard.get(2).has("end")));
        assertFalse(heard.get(2).has("for you"));
    }

    @Test
    void frame_under_an_exchange_is_replied_to_under_it() {
        startAll();
        LinkAddress address1 = addressOf(1, 0);

        for (int exchange : new int[] {0, 1, 65_535}) {
            onLoop(() -> links.get(0).transmit(address1, exchange, sealed("question " + exchange)));
            assertTrue(await(() -> heard.get(1).has("question " + exchange)));
            Heard question = heard.get(1).last();
            assertEquals(exchange, question.exchange);

            onLoop(() -> links.get(1).reply(question.from, question.exchange, HopCode.CUSTODY, sealed("answer")));
            assertTrue(await(() -> heard.get(0).replies.size() == 1));
            Heard answer = heard.get(0).replies.remove(0);
            assertEquals("answer", answer.text());
            assertEquals(exchange, answer.exchange);
            assertEquals(address1, answer.from);
        }
    }

    @Test
    void largest_frame_passes_and_a_larger_one_is_not_sent() {
        startAll();
        LinkAddress address1 = addressOf(1, 0);
        heard.get(1).frames.clear();
        int mtu = links.get(0).info().mtuBytes();
        byte[] largest = new byte[mtu];
        new Random(1).nextBytes(largest);

        onLoop(() -> links.get(0).transmit(address1, 1, ByteBuffer.allocate(mtu + 1)));
        onLoop(() -> links.get(0).transmit(address1, 2, ByteBuffer.wrap(largest)));

        assertTrue(await(() -> !heard.get(1).frames.isEmpty()));
        assertEquals(2, heard.get(1).frames.get(0).exchange);
        assertArrayEquals(largest, heard.get(1).frames.get(0).sealed);
    }

    @Test
    void info_is_within_bounds_and_up_after_start() {
        startAll();

        for (int i = 0; i < NODES; i++) {
            LinkInfo info = links.get(i).info();
            assertTrue(info.up());
            assertEquals("", links.get(i).problem());
            assertEquals(info, heard.get(i).changes.get(heard.get(i).changes.size() - 1));
        }
    }

    @Test
    void garbage_is_dropped_and_frames_pass_meanwhile() {
        startAll();
        Random random = new Random(20_260_102);

        for (int i = 0; i < 2000; i++) {
            byte[] garbage = new byte[random.nextInt(1500)];
            random.nextBytes(garbage);
            if (!inject(1, garbage)) {
                return;
            }
        }
        // The kernel and the link may drop under this load, so the frame is sent until it is heard.
        assertTrue(await(() -> {
            links.get(0).transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, sealed("after garbage"));
            return heard.get(1).has("after garbage");
        }));
    }

    @Test
    void nothing_is_heard_or_sent_after_close() {
        startAll();
        onLoop(() -> links.get(1).close());

        onLoop(() -> {
            links.get(1).transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, sealed("from the closed"));
            links.get(0).transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, sealed("to the closed"));
        });

        assertTrue(await(() -> heard.get(2).has("to the closed")));
        assertFalse(heard.get(2).has("from the closed"));
        assertEquals(List.of(), heard.get(1).frames);
        assertFalse(links.get(1).info().up());
        assertNotEquals("", links.get(1).problem());
        onLoop(() -> links.get(1).close());
    }

    @Test
    void buffer_of_the_caller_is_left_as_it_was() {
        startAll();
        ByteBuffer sealed = sealed("kept");

        onLoop(() -> links.get(0).transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, sealed));

        assertEquals(0, sealed.position());
        assertEquals(4, sealed.remaining());
    }

    private void startAll() {
        links.addAll(makeLinks(NODES));
        onLoop(() -> {
            for (Link link : links) {
                Recorder recorder = new Recorder();
                heard.add(recorder);
                link.start(recorder);
            }
        });
        assertTrue(await(() -> links.stream().allMatch(link -> link.info().up())), "the links did not come up");
    }

    /** The address under which {@code listener} hears {@code speaker}. */
    private LinkAddress addressOf(int speaker, int listener) {
        onLoop(() -> links.get(speaker).transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, sealed("here I am")));
        assertTrue(await(() -> heard.stream().filter(h -> h.has("here I am")).count() == NODES - 1));
        LinkAddress address = heard.get(listener).last().from;
        heard.forEach(h -> h.frames.clear());
        return address;
    }

    private static ByteBuffer sealed(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private record Heard(LinkAddress from, int exchange, byte[] sealed) {
        String text() {
            return new String(sealed, StandardCharsets.US_ASCII);
        }
    }

    private static final class Recorder implements LinkListener {
        final List<Heard> frames = new CopyOnWriteArrayList<>();
        final List<Heard> replies = new CopyOnWriteArrayList<>();
        final List<LinkInfo> changes = new CopyOnWriteArrayList<>();

        @Override
        public void onFrame(LinkAddress from, int exchange, ByteBuffer sealed) {
            frames.add(new Heard(from, exchange, copy(sealed)));
        }

        @Override
        public void onReply(LinkAddress from, int exchange, ByteBuffer sealed) {
            replies.add(new Heard(from, exchange, copy(sealed)));
        }

        @Override
        public void onUnreachable(LinkAddress to) {}

        @Override
        public void onChange(LinkInfo info) {
            changes.add(info);
        }

        boolean has(String text) {
            return frames.stream().anyMatch(frame -> frame.text().equals(text));
        }

        Heard last() {
            return frames.get(frames.size() - 1);
        }

        private static byte[] copy(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }
}
