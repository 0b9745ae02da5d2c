package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Timers;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.elements.RawData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatagramConnectorTest {
    /** A loop that runs only what the test takes from it. */
    private static final class HeldTimers implements Timers {
        final LinkedBlockingQueue<Runnable> posts = new LinkedBlockingQueue<>();

        @Override
        public long nowMs() {
            return 0;
        }

        @Override
        public Handle at(long atMs, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean post(Runnable task) {
            return posts.add(task);
        }
    }

    private final HeldTimers timers = new HeldTimers();
    private final List<RawData> received = new ArrayList<>();
    private DatagramConnector connector;
    private DatagramSocket peer;

    @BeforeEach
    void open() throws Exception {
        connector = new DatagramConnector(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), timers);
        connector.setRawDataReceiver(received::add);
        connector.start();
        peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() {
        peer.close();
        connector.destroy();
    }

    private void send(int length) throws Exception {
        peer.send(new DatagramPacket(new byte[length], length, connector.getAddress()));
    }

    private void take() throws Exception {
        Runnable task = timers.posts.poll(10, TimeUnit.SECONDS);
        assertTrue(task != null, "no datagram arrived");
        task.run();
    }

    @Test
    void a_datagram_reaches_the_loop_with_its_sender() throws Exception {
        send(5);
        take();

        assertEquals(5, received.get(0).getSize());
        assertEquals(peer.getLocalPort(), received.get(0).getInetSocketAddress().getPort());
    }

    @Test
    void datagrams_are_dropped_while_too_many_wait_and_taken_again_afterwards() throws Exception {
        int sent = 0;
        while (connector.dropped() == 0) {
            send(20);
            sent++;
            assertTrue(sent < 1_000_000, "nothing was dropped");
        }
        int held = timers.posts.size();
        for (int i = 0; i < DatagramConnector.MAX_WAITING; i++) {
            take();
        }
        received.clear();
        while (received.isEmpty()) {
            send(21);
            take();
        }

        assertTrue(held <= DatagramConnector.MAX_WAITING, held + " waiting");
    }

    @Test
    void a_datagram_that_is_too_long_is_dropped_and_the_longest_is_not() throws Exception {
        send(DatagramConnector.MAX_DATAGRAM_BYTES + 1);
        send(DatagramConnector.MAX_DATAGRAM_BYTES);
        take();

        assertEquals(DatagramConnector.MAX_DATAGRAM_BYTES, received.get(0).getSize());
        assertEquals(1, connector.dropped());
    }

    @Test
    void after_a_stop_the_port_is_free_and_nothing_is_delivered() throws Exception {
        send(5);
        Runnable late = timers.posts.poll(10, TimeUnit.SECONDS);
        InetSocketAddress address = connector.getAddress();
        connector.stop();
        late.run();

        assertEquals(0, received.size());
        new DatagramSocket(address).close();
    }
}
