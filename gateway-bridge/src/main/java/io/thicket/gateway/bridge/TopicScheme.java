package io.thicket.gateway.bridge;

import org.jspecify.annotations.Nullable;

/** The topics of a site: {@code {root}/v1/{site}/...}. They are public API; {@code docs/mqtt.md} lists them. */
public final class TopicScheme {
    public static final String DEFAULT_ROOT = "thicket";

    /** Longest root in characters. */
    public static final int MAX_ROOT_LENGTH = 128;

    private final String prefix;
    private final String baseNamePrefix;

    /**
     * The topics of one site; other arguments are an {@link IllegalArgumentException}.
     *
     * @param root one or more levels without wildcards, {@code thicket} by default
     * @param site {@code [a-z0-9_-]{1,32}}
     */
    public TopicScheme(String root, String site) {
        if (!isValidRoot(root)) {
            throw new IllegalArgumentException("topic root '" + root + "'");
        }
        if (!isValidId(site)) {
            throw new IllegalArgumentException("site '" + site + "' is not 1 to 32 of a-z, 0-9, _ and -");
        }
        prefix = root + "/v1/" + site + "/";
        baseNamePrefix = "urn:dev:thicket:" + site + ":";
    }

    /** Whether {@code root} can begin topics: no wildcards, no {@code $} in front, no slash at either end. */
    public static boolean isValidRoot(String root) {
        if (root.isEmpty() || root.length() > MAX_ROOT_LENGTH || root.startsWith("$")) {
            return false;
        }
        return root.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");
    }

    /** Whether {@code id} can be a site's name. */
    public static boolean isValidId(String id) {
        return id.matches("[a-z0-9_-]{1,32}");
    }

    public String gatewayStatus(String gateway) {
        return prefix + "gw/" + gateway + "/status";
    }

    public String gatewayInfo(String gateway) {
        return prefix + "gw/" + gateway + "/info";
    }

    public String gatewayMetrics(String gateway) {
        return prefix + "gw/" + gateway + "/metrics";
    }

    /** Where a gateway hears itself. */
    public String gatewaySync(String gateway) {
        return prefix + "gw/" + gateway + "/sync";
    }

    /** Where a gateway says what it is about to publish. */
    public String gatewayClaim(String gateway) {
        return prefix + "gw/" + gateway + "/claim";
    }

    /** The gateway whose {@link #gatewayStatus} topic it is, null if it is another topic. */
    public @Nullable String gatewayOfStatus(String topic) {
        return levelOf(topic, "gw/", "/status");
    }

    /** The gateway whose {@link #gatewaySync} topic it is, null if it is another topic. */
    public @Nullable String gatewayOfSync(String topic) {
        return levelOf(topic, "gw/", "/sync");
    }

    /** The gateway whose {@link #gatewayClaim} topic it is, null if it is another topic. */
    public @Nullable String gatewayOfClaim(String topic) {
        return levelOf(topic, "gw/", "/claim");
    }

    public String nodeStatus(String node) {
        return prefix + "n/" + node + "/status";
    }

    public String nodeInfo(String node) {
        return prefix + "n/" + node + "/info";
    }

    public String nodeState(String node) {
        return prefix + "n/" + node + "/state";
    }

    public String nodeData(String node) {
        return prefix + "n/" + node + "/data";
    }

    /** Which readings of the node the broker has. */
    public String published(String node) {
        return prefix + "n/" + node + "/published";
    }

    /** The node that {@code topic} has the readings of, null if it is another topic. */
    public @Nullable String labelOfData(String topic) {
        return levelOf(topic, "n/", "/data");
    }

    /** The node whose {@link #published} topic it is, null if it is another topic. */
    public @Nullable String labelOfPublished(String topic) {
        return levelOf(topic, "n/", "/published");
    }

    private @Nullable String levelOf(String topic, String group, String end) {
        int begin = prefix.length() + group.length();
        int length = topic.length() - begin - end.length();
        if (length <= 0
                || !topic.endsWith(end)
                || !topic.startsWith(group, prefix.length())
                || !topic.startsWith(prefix)
                || topic.indexOf('/', begin) < begin + length) {
            return null;
        }
        return topic.substring(begin, begin + length);
    }

    /** {@code bn} of a sensor's SenML records; the CoAP resources of the node say the same. */
    public String baseName(String node, String sensor) {
        return baseNamePrefix + node + ":" + sensor + ":";
    }

    /** The sensor that {@link #baseName} is of, null if it is something else. */
    @Nullable
    String sensorOf(String baseName) {
        int begin = baseName.indexOf(':', baseNamePrefix.length()) + 1;
        int end = baseName.length() - 1;
        return baseName.startsWith(baseNamePrefix) && begin > 0 && begin < end && baseName.indexOf(':', begin) == end
                ? baseName.substring(begin, end)
                : null;
    }
}
