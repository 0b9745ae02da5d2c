package io.thicket.sim.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An MQTT 5 broker in this process: loopback only, in memory, without accounts. */
final class EmbeddedBroker implements AutoCloseable {
    /** The port people expect; taken if it is free. */
    static final int USUAL_PORT = 1883;

    private static final String ACCEPTOR = "mqtt";
    private static final long MOST_BYTES_PER_TOPIC = 16L << 20;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final int port;

    private EmbeddedBroker(int wantedPort) throws IOException {
        try {
            server.setConfiguration(configuration(wantedPort));
            server.start();
        } catch (Exception e) {
            close();
            throw new IOException("the built-in broker did not start: " + e.getMessage(), e);
        }
        // Artemis logs a port that it does not get, and goes on without it.
        port = server.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR) instanceof NettyAcceptor acceptor
                ? acceptor.getActualPort()
                : 0;
        if (port == 0) {
            close();
            throw new IOException("the built-in broker did not get port " + wantedPort);
        }
    }

    /** Starts one on the usual port, or on another if that is taken. */
    static EmbeddedBroker start() throws IOException {
        if (isFree(USUAL_PORT)) {
            try {
                return new EmbeddedBroker(USUAL_PORT);
            } catch (IOException e) {
                // Somebody else took the port meanwhile.
            }
        }
        return new EmbeddedBroker(0);
    }

    private static Configuration configuration(int port) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("thicket-demo")
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setMaxDiskUsage(-1)
                .setMessageCounterEnabled(false)
                .setScheduledThreadPoolMaxSize(2)
                .setThreadPoolMaxSize(8)
                .addAcceptorConfiguration(
                        ACCEPTOR,
                        "tcp://127.0.0.1:" + port
                                + "?protocols=MQTT;useEpoll=false;useKQueue=false;useIOUring=false;remotingThreads=2");
        // A slow subscriber must not fill the heap; paging would need a disk.
        configuration.setAddressSettings(Map.of(
                "#",
                new AddressSettings()
                        .setMaxSizeBytes(MOST_BYTES_PER_TOPIC)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP)));
        return configuration;
    }

    int port() {
        return port;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the built-in broker did not stop", e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false; // A broker of the machine, or another demo.
        }
    }
}
