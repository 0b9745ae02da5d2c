package io.thicket.agent.link;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.port.Timers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import org.tinylog.Logger;

/**
 * One thread that copies datagrams into a fixed slab and posts them to the loop. A flood finds no free slot and is read
 * into nowhere and counted: memory does not grow. It owns the channels and closes them.
 */
final class DatagramReceiver implements AutoCloseable {
    /** Datagrams that wait for the loop at most, per link. */
    static final int SLOTS = 64;

    private static final int READS_PER_TURN = 32;

    /** Called on the loop; the datagram is valid during the call. */
    interface Handler {
        void onDatagram(InetSocketAddress from, ByteBuffer datagram);

        /** Nothing will be received any more. */
        void onFailure(IOException cause);
    }

    private final Timers timers;
    private final LinkCounters counters;
    private final Predicate<InetSocketAddress> isNeighbour;
    private final Handler handler;
    private final List<DatagramChannel> channels;
    private final Selector selector;
    private final BlockingQueue<Slot> free = new ArrayBlockingQueue<>(SLOTS);
    private final ByteBuffer nowhere = ByteBuffer.allocate(1);
    private volatile boolean closed;

    /** @param channels non-blocking; closed by {@link #close}, or at once if this fails */
    DatagramReceiver(
            String threadName,
            Timers timers,
            LinkCounters counters,
            Predicate<InetSocketAddress> isNeighbour,
            Handler handler,
            List<DatagramChannel> channels)
            throws IOException {
        this.timers = timers;
        this.counters = counters;
        this.isNeighbour = isNeighbour;
        this.handler = handler;
        this.channels = List.copyOf(channels);
        this.selector = Selector.open();
        for (DatagramChannel channel : channels) {
            channel.register(selector, SelectionKey.OP_READ);
        }
        for (int i = 0; i < SLOTS; i++) {
            free.add(new Slot());
        }
        Thread thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns at once; the thread ends by itself. No datagram is handed over after this. */
    @Override
    public void close() {
        closed = true;
        for (DatagramChannel channel : channels) {
            closeQuietly(channel);
        }
        closeQuietly(selector);
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::drain);
            }
        } catch (ClosedSelectorException e) {
            Logger.debug("receiver closed");
        } catch (IOException e) {
            fail(e);
        }
    }

    private void drain(SelectionKey key) {
        try {
            DatagramChannel channel = (DatagramChannel) key.channel();
            for (int i = 0; i < READS_PER_TURN && !closed && receive(channel); i++) {
                // Until the socket is empty or the other socket has its turn.
            }
        } catch (IOException e) {
            key.cancel();
            fail(e);
        }
    }

    private void fail(IOException e) {
        if (!closed) {
            timers.post(() -> handler.onFailure(e));
        }
    }

    private boolean receive(DatagramChannel channel) throws IOException {
        Slot slot = free.poll();
        if (slot == null) {
            nowhere.clear();
            boolean dropped = channel.receive(nowhere) != null;
            counters.add(LinkCounter.RECEIVE_FULL, dropped ? 1 : 0);
            return dropped;
        }
        slot.bytes.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(slot.bytes);
        slot.bytes.flip();
        if (from == null || !isNeighbour.test(from)) {
            counters.add(LinkCounter.FOREIGN, from == null ? 0 : 1);
            free.add(slot);
        } else {
            slot.from = from;
            if (!timers.post(slot)) {
                counters.add(LinkCounter.RECEIVE_FULL, 1);
                free.add(slot);
            }
        }
        return from != null;
    }

    static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            Logger.debug("close failed: {}", e.getMessage());
        }
    }

    /** A datagram on its way to the loop. */
    private final class Slot implements Runnable {
        /** One byte more than can be valid: a longer datagram fills it and can be told. */
        private final ByteBuffer bytes = ByteBuffer.allocate(HopEnvelope.MAX_DATAGRAM_BYTES + 1);

        private InetSocketAddress from = new InetSocketAddress(0);

        @Override
        public void run() {
            try {
                if (!closed) {
                    handler.onDatagram(from, bytes);
                }
            } finally {
                free.add(this);
            }
        }
    }
}
