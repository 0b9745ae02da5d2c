package io.thicket.drivers.serial.net;

import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.Transport;

/** Opens ports behind a network, and leaves all others to somebody else. */
public final class NetworkPorts {
    private NetworkPorts() {}

    /** An opener for addresses {@code tcp://} and {@code rfc2217://}; {@code local} gets the rest. */
    public static Transport.Opener or(Transport.Opener local) {
        return (node, line) -> {
            if (!PortAddress.Network.isMeant(node)) {
                return local.open(node, line);
            }
            PortAddress.Network address = PortAddress.Network.parse(node);
            TcpPipe pipe = TcpPipe.open(node, address.host(), address.port());
            return address.negotiates() ? Rfc2217Transport.open(node, pipe, line) : new TcpTransport(pipe);
        };
    }
}
