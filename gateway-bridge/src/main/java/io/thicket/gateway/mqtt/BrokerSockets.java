package io.thicket.gateway.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection to the broker. However it ends, by {@code close} or with the process, what was written and not confirmed is
 * thrown away (SO_LINGER 0: the kernel resets the connection). Else the kernel would go on sending it for up to minutes, and the
 * broker would get readings that another gateway has published meanwhile.
 */
final class BrokerSockets {
    private volatile @Nullable Socket socket;

    /** What Paho makes the socket with. */
    SocketFactory factory(boolean tls) {
        return tls ? new Tls((SSLSocketFactory) SSLSocketFactory.getDefault()) : new Plain(SocketFactory.getDefault());
    }

    /** From now on what was written still goes out after {@code close}: a farewell. */
    void letFinish() {
        Socket last = socket;
        try {
            if (last != null && !last.isClosed()) {
                last.setSoLinger(false, 0);
            }
        } catch (SocketException e) {
            // It has ended, and what was written with it.
        }
    }

    /** Closes the socket at once, whatever still waits in it; Paho takes its time and writes on meanwhile. */
    void close() {
        Socket last = socket;
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException e) {
            // It was closed before.
        }
    }

    private Socket resetting(Socket made) throws SocketException {
        made.setSoLinger(true, 0);
        socket = made;
        return made;
    }

    private final class Plain extends SocketFactory {
        private final SocketFactory makes;

        Plain(SocketFactory makes) {
            this.makes = makes;
        }

        @Override
        public Socket createSocket() throws IOException {
            return resetting(makes.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return resetting(makes.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return resetting(makes.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return resetting(makes.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return resetting(makes.createSocket(host, port, local, localPort));
        }
    }

    private final class Tls extends SSLSocketFactory {
        private final SSLSocketFactory makes;

        Tls(SSLSocketFactory makes) {
            this.makes = makes;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return makes.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return makes.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return resetting(makes.createSocket());
        }

        @Override
        public Socket createSocket(Socket over, String host, int port, boolean autoClose) throws IOException {
            return resetting(makes.createSocket(over, host, port, autoClose));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return resetting(makes.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return resetting(makes.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return resetting(makes.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return resetting(makes.createSocket(host, port, local, localPort));
        }
    }
}
