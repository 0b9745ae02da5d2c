package io.thicket.gateway.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The address of a broker as people write it and as the client library wants it. */
final class BrokerUrl {
    private static final Map<String, String> SCHEMES =
            Map.of("mqtt", "tcp", "tcp", "tcp", "mqtts", "ssl", "ssl", "ssl");
    private static final String EXAMPLE = "write it like mqtt://broker.local:1883 or mqtts://broker.local:8883";

    private BrokerUrl() {}

    static @Nullable String problem(String broker) {
        URI uri;
        try {
            uri = new URI(broker);
        } catch (URISyntaxException e) {
            return "'" + broker + "' is no URL; " + EXAMPLE;
        }
        if (uri.getScheme() == null || !SCHEMES.containsKey(uri.getScheme()) || uri.getHost() == null) {
            return "'" + broker + "' is no broker address; " + EXAMPLE;
        }
        if (uri.getUserInfo() != null) {
            return "user and password do not belong in the broker's address; use username and password_file";
        }
        boolean more = uri.getPath() != null
                && !uri.getPath().isEmpty()
                && !uri.getPath().equals("/");
        return more || uri.getQuery() != null ? "'" + broker + "' has a path; " + EXAMPLE : null;
    }

    /** {@code tcp://host:port} or {@code ssl://host:port}. */
    static String forClient(String broker) {
        URI uri = URI.create(broker);
        String scheme = SCHEMES.getOrDefault(uri.getScheme(), "tcp");
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("ssl") ? 8883 : 1883;
        return scheme + "://" + uri.getHost() + ":" + port;
    }

    /** Whether what {@link #forClient} gave is reached by TLS. */
    static boolean isTls(String forClient) {
        return forClient.startsWith("ssl:");
    }
}
