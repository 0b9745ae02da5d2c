package io.thicket.drivers.serial.net;

import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortException.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** A TCP connection without waiting, but for the connecting itself. One thread. */
final class TcpPipe {
    /** How long connecting may take. */
    static final int CONNECT_MS = 3_000;

    /** A silent server's machine is asked for a sign of life after so long, */
    static final int KEEP_ALIVE_IDLE_S = 15;

    /** then as often as this, */
    private static final int KEEP_ALIVE_INTERVAL_S = 5;

    /** and given up after so many times: the system's own two hours are too long for a device that only talks. */
    private static final int KEEP_ALIVE_COUNT = 3;

    /** Bytes read ahead. */
    static final int BUFFER_BYTES = 4096;

    private final String name;
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);

    private TcpPipe(String name, SocketChannel channel) {
        this.name = name;
        this.channel = channel;
        in.flip();
    }

    /**
     * Connects, or says why not.
     *
     * @param name the port as configured
     */
    static TcpPipe open(String name, String host, int port) throws PortException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new PortException(
                    Problem.UNREACHABLE,
                    "no host called " + host
                            + " is found; correct port in the configuration, or see that names are found");
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            keepAlive(channel);
            channel.socket().connect(address, CONNECT_MS);
            channel.configureBlocking(false);
            return new TcpPipe(name, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new PortException(
                    Problem.UNREACHABLE,
                    name + " does not take the connection (" + e.getMessage()
                            + "); check that its server runs, its address, and that nobody else has the port");
        }
    }

    private static void keepAlive(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        // Not every system can be told how often.
        if (channel.supportedOptions()
                .containsAll(Set.of(
                        ExtendedSocketOptions.TCP_KEEPIDLE,
                        ExtendedSocketOptions.TCP_KEEPINTERVAL,
                        ExtendedSocketOptions.TCP_KEEPCOUNT))) {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_S);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_INTERVAL_S);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_COUNT);
        }
    }

    /** The bytes that were read; more are read if there are none. */
    ByteBuffer available() throws PortException {
        if (!in.hasRemaining()) {
            in.clear();
            try {
                if (channel.read(in) < 0) {
                    throw lost("was closed by its server; it is opened anew");
                }
            } catch (IOException e) {
                throw lost("failed: " + e.getMessage());
            } finally {
                in.flip();
            }
        }
        return in;
    }

    /** Writes what the connection takes now; returns how many bytes. */
    int write(byte[] bytes, int offset, int length) throws PortException {
        try {
            return channel.write(ByteBuffer.wrap(bytes, offset, length));
        } catch (IOException e) {
            throw lost("failed: " + e.getMessage());
        }
    }

    void close() {
        closeQuietly(channel);
    }

    PortException lost(String why) {
        return new PortException(Problem.LOST, name + " " + why);
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing is lost: the connection is given up.
            }
        }
    }
}
