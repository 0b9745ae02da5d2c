package io.thicket.sim.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An MQTT 5 broker in this process: loopback only, in memory, without accounts. */
final class EmbeddedBroker implements AutoCloseable {
    /** The port people expect; taken if it is free. */
    static final int USUAL_PORT = 1883;

    private static final long MOST_BYTES_PER_TOPIC = 16L << 20;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final int port;

    private EmbeddedBroker(int port) {
        this.port = port;
    }

    /** Starts one on the usual port, or on another if that is taken. */
    static EmbeddedBroker start() throws IOException {
        EmbeddedBroker broker = new EmbeddedBroker(freePort());
        try {
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
                            "mqtt",
                            "tcp://127.0.0.1:" + broker.port
                                    + "?protocols=MQTT;useEpoll=false;useKQueue=false;useIOUring=false;remotingThreads=2");
            // A slow subscriber must not fill the heap; paging would need a disk.
            configuration.setAddressSettings(Map.of(
                    "#",
                    new AddressSettings()
                            .setMaxSizeBytes(MOST_BYTES_PER_TOPIC)
                            .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP)));
            broker.server.setConfiguration(configuration);
            broker.server.start();
            return broker;
        } catch (Exception e) {
            broker.close();
            throw new IOException(
                    "the built-in broker did not start on port " + broker.port + ": " + e.getMessage(), e);
        }
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

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), USUAL_PORT));
            return USUAL_PORT;
        } catch (IOException e) {
            // The usual port is taken (a broker of the machine, another demo): any other will do.
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            return probe.getLocalPort();
        }
    }
}
