package io.thicket.agent.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.LinkListener;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PeersLinkTest extends LinkContract {
    private final LoopbackNet net = new LoopbackNet();
    private final DatagramChannel outsider = LoopbackNet.bound();
    private List<InetSocketAddress> addresses = List.of();

    PeersLinkTest() throws IOException {}

    @Override
    protected void closeNetwork() throws IOException {
        outsider.close();
        net.close();
    }

    @Override
    protected List<Link> makeLinks(int count) {
        addresses = LoopbackNet.freeAddresses(count);
        InetSocketAddress injector = localAddress(outsider);
        List<Link> links = new ArrayList<>();
        for (InetSocketAddress own : addresses) {
            List<InetSocketAddress> peers = new ArrayList<>(addresses);
            peers.remove(own);
            peers.add(injector);
            links.add(LoopbackNet.peersLink(own, peers, false, net.loop));
        }
        return links;
    }

    @Override
    protected void onLoop(Runnable task) {
        net.onLoop(task);
    }

    @Override
    protected boolean await(BooleanSupplier condition) {
        return net.await(condition);
    }

    @Override
    protected boolean inject(int to, byte[] datagram) {
        LoopbackNet.send(outsider, addresses.get(to), datagram);
        return true;
    }

    @Test
    void datagram_of_an_unlisted_sender_is_counted_and_dropped() {
        InetSocketAddress own = LoopbackNet.freeAddresses(1).get(0);
        PeersLink link = started(own, false);

        LoopbackNet.send(outsider, own, frame("stranger"));

        assertTrue(net.await(() -> count(link, LinkCounter.FOREIGN) == 1));
        assertEquals(0, count(link, LinkCounter.RECEIVED));
        net.onLoop(link::close);
    }

    @Test
    void unlisted_sender_is_heard_if_the_settings_accept_it() {
        InetSocketAddress own = LoopbackNet.freeAddresses(1).get(0);
        PeersLink link = started(own, true);

        LoopbackNet.send(outsider, own, frame("stranger"));

        assertTrue(net.await(() -> count(link, LinkCounter.RECEIVED) == 1));
        net.onLoop(link::close);
    }

    @Test
    void taken_port_is_a_problem_that_ends_when_the_port_is_free() throws IOException {
        DatagramChannel squatter = LoopbackNet.bound();
        PeersLink link = LoopbackNet.peersLink(localAddress(squatter), List.of(), true, net.loop);
        net.onLoop(() -> link.start(new Silent()));

        assertTrue(link.problem().startsWith("cannot listen on 127.0.0.1 port "), link.problem());
        assertFalse(link.info().up());
        squatter.close();

        assertTrue(net.await(() -> link.info().up()));
        assertEquals("", link.problem());
        net.onLoop(link::close);
    }

    @Test
    void flood_that_the_loop_cannot_take_is_counted_and_forgotten() throws Exception {
        InetSocketAddress own = LoopbackNet.freeAddresses(1).get(0);
        PeersLink link = started(own, true);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        net.loop.post(() -> {
            blocked.countDown();
            awaitQuietly(release);
        });
        assertTrue(blocked.await(5, TimeUnit.SECONDS));

        byte[] frame = frame("flood");
        for (int i = 0; i < 100_000 && count(link, LinkCounter.RECEIVE_FULL) < 1000; i++) {
            LoopbackNet.send(outsider, own, frame);
        }
        assertTrue(count(link, LinkCounter.RECEIVE_FULL) >= 1000);
        release.countDown();

        assertTrue(net.await(() -> count(link, LinkCounter.RECEIVED) >= DatagramReceiver.SLOTS));
        long before = count(link, LinkCounter.RECEIVED);
        LoopbackNet.send(outsider, own, frame);
        assertTrue(net.await(() -> count(link, LinkCounter.RECEIVED) > before), "a slot was lost");
        net.onLoop(link::close);
    }

    @Test
    void close_ends_the_receiver_thread() {
        InetSocketAddress own = LoopbackNet.freeAddresses(1).get(0);
        PeersLink link = started(own, true);
        String threadName = "link-" + link.name();
        assertTrue(threads().contains(threadName));

        net.onLoop(link::close);

        assertTrue(net.await(() -> !threads().contains(threadName)));
    }

    @Test
    void malformed_and_oversized_are_counted() {
        InetSocketAddress own = LoopbackNet.freeAddresses(1).get(0);
        PeersLink link = started(own, true);

        LoopbackNet.send(outsider, own, new byte[] {1, 2, 3});
        LoopbackNet.send(outsider, own, new byte[0]);
        LoopbackNet.send(outsider, own, new byte[9000]);
        net.onLoop(() -> link.transmit(
                UdpAddress.toLink(localAddress(outsider)),
                MeshRouter.NO_EXCHANGE,
                ByteBuffer.allocate(LinkInfo.MAX_MTU_BYTES + 1)));

        assertTrue(net.await(() -> count(link, LinkCounter.MALFORMED) == 3));
        assertEquals(1, count(link, LinkCounter.SEND_TOO_LARGE));
        net.onLoop(link::close);
    }

    @Test
    void settings_refuse_what_cannot_work() {
        InetSocketAddress own = InetSocketAddress.createUnresolved("a-name", 5690);
        InetSocketAddress local = localAddress(outsider);

        assertThrows(IllegalArgumentException.class, () -> settings(own, List.of()));
        assertThrows(IllegalArgumentException.class, () -> settings(local, List.of(own)));
        assertThrows(IllegalArgumentException.class, () -> settings(local, List.of(local)));
    }

    private static PeersLinkSettings settings(InetSocketAddress listen, List<InetSocketAddress> peers) {
        return new PeersLinkSettings("peers", listen, peers, LinkClass.ETHERNET, 1, false);
    }

    private PeersLink started(InetSocketAddress own, boolean acceptUnknown) {
        PeersLink link = LoopbackNet.peersLink(own, List.of(), acceptUnknown, net.loop);
        net.onLoop(() -> link.start(new Silent()));
        assertTrue(link.info().up(), link.problem());
        return link;
    }

    private static long count(DatagramLink link, LinkCounter counter) {
        return link.counts().get(counter);
    }

    private static byte[] frame(String text) {
        ByteBuffer datagram =
                new HopEnvelope().frame(1, false, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return bytes;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static InetSocketAddress localAddress(DatagramChannel channel) {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Silent implements LinkListener {
        @Override
        public void onFrame(LinkAddress from, int exchange, ByteBuffer sealed) {}

        @Override
        public void onReply(LinkAddress from, int exchange, ByteBuffer sealed) {}

        @Override
        public void onUnreachable(LinkAddress to) {}

        @Override
        public void onChange(LinkInfo info) {}
    }
}
