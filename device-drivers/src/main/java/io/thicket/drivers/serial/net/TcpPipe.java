package io.thicket.drivers.serial.net;

import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortException.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A TCP connection without waiting, but for the connecting itself. One thread. */
final class TcpPipe {
    /** How long connecting may take. */
    static final int CONNECT_MS = 3_000;

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
                    Problem.UNREACHABLE, "there is no host called " + host + "; correct port in the configuration");
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
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
