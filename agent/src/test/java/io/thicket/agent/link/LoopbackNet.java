package io.thicket.agent.link;

import io.thicket.agent.node.EventLoop;
import io.thicket.routing.LinkClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real loop, free ports on loopback, and waiting with a limit: for tests of real links. */
final class LoopbackNet implements AutoCloseable {
    private static final long PATIENCE_MS = 8000;

    final EventLoop loop = new EventLoop("loop-under-test", e -> {});

    LoopbackNet() {
        loop.start();
    }

    @Override
    public void close() {
        if (!loop.stop(5000) || loop.errors() > 0) {
            throw new AssertionError(loop.errors() + " tasks failed on the loop");
        }
    }

    void onLoop(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    boolean await(BooleanSupplier condition) {
        long endMs = loop.nowMs() + PATIENCE_MS;
        while (loop.nowMs() < endMs) {
            if (call(condition)) {
                return true;
            }
            pause();
        }
        return false;
    }

    /** Addresses on loopback that were free a moment ago. */
    static List<InetSocketAddress> freeAddresses(int count) {
        List<DatagramChannel> channels = new ArrayList<>();
        List<InetSocketAddress> addresses = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                DatagramChannel channel = bound();
                channels.add(channel);
                addresses.add((InetSocketAddress) channel.getLocalAddress());
            }
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return addresses;
    }

    /** A socket on loopback with a port of its own. */
    static DatagramChannel bound() throws IOException {
        return DatagramChannel.open()
                .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    }

    static void send(DatagramChannel from, InetSocketAddress to, byte[] datagram) {
        try {
            from.send(ByteBuffer.wrap(datagram), to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PeersLink peersLink(
            InetSocketAddress listen, List<InetSocketAddress> peers, boolean acceptUnknown, EventLoop loop) {
        return new PeersLink(
                new PeersLinkSettings(
                        "peers-" + listen.getPort(), listen, peers, LinkClass.ETHERNET, 100_000, acceptUnknown),
                loop);
    }

    private boolean call(BooleanSupplier question) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        boolean posted = loop.post(() -> {
            try {
                answer.complete(question.getAsBoolean());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        if (!posted) {
            throw new AssertionError("the loop has ended");
        }
        try {
            return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("the loop did not answer", e);
        }
    }

    private static void pause() {
        LockSupport.parkNanos(1_000_000);
    }
}
