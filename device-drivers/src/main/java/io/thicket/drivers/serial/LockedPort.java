package io.thicket.drivers.serial;

import io.thicket.drivers.LineParameters;
import org.jspecify.annotations.Nullable;

/** A port that was opened by hand, for a tool: locked, so that no agent has it meanwhile. One thread. */
public final class LockedPort implements AutoCloseable {
    private final String node;
    private final @Nullable PortLock lock;
    private final Transport transport;

    private LockedPort(String node, @Nullable PortLock lock, Transport transport) {
        this.node = node;
        this.lock = lock;
        this.transport = transport;
    }

    /** Opens the port now, or says why not. */
    public static LockedPort open(PortAddress address, LineParameters line, Transport.Opener opener, PortSystem system)
            throws PortException {
        String node =
                new PortResolver(system.dev(), system.sys()).resolve(address).node();
        @Nullable PortLock lock = address.isLocal() ? PortLock.take(system.locks(), node) : null;
        try {
            return new LockedPort(node, lock, opener.open(node, line));
        } catch (PortException e) {
            release(lock);
            throw e;
        }
    }

    /** Path of its device. */
    public String node() {
        return node;
    }

    public Transport transport() {
        return transport;
    }

    @Override
    public void close() {
        transport.close();
        release(lock);
    }

    private static void release(@Nullable PortLock lock) {
        if (lock != null) {
            lock.release();
        }
    }
}
