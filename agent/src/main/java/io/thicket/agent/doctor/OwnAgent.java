package io.thicket.agent.doctor;

import io.thicket.agent.coap.CoapQuery;
import io.thicket.agent.senml.JsonReader;
import io.thicket.agent.senml.SenmlFormatException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the configured node itself holds a port that is taken, and what it knows: asked over CoAP. */
final class OwnAgent {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_PAGE_BYTES = 1 << 20;

    private final InetSocketAddress address;
    private final String name;

    private OwnAgent(InetSocketAddress address, String name) {
        this.address = address;
        this.name = name;
    }

    /** Nobody. */
    static OwnAgent none() {
        return new OwnAgent(new InetSocketAddress(0), "");
    }

    /** Who answers at {@code listen}, {@link #none()} if nobody does or it is no agent. */
    static OwnAgent at(InetSocketAddress listen) {
        InetSocketAddress ask = listen.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listen.getPort())
                : listen;
        return page(ask, "/status").get("name") instanceof String name ? new OwnAgent(ask, name) : none();
    }

    /** Its name, empty if there is none. */
    String name() {
        return name;
    }

    /** How many neighbours it hears on {@code link}, in both directions. */
    int neighbours(String link) {
        int count = 0;
        if (!name.isEmpty() && page(address, "/neighbors").get("neighbors") instanceof List<?> neighbours) {
            for (Object neighbour : neighbours) {
                if (neighbour instanceof Map<?, ?> fields
                        && link.equals(fields.get("link"))
                        && "two-way".equals(fields.get("state"))) {
                    count++;
                }
            }
        }
        return count;
    }

    /** What it has alarms about, each as a finding with its cure; none if nobody answers. */
    List<Finding> alarms() {
        return name.isEmpty() ? List.of() : alarmsIn(page(address, "/status"));
    }

    static List<Finding> alarmsIn(Map<?, ?> status) {
        List<Finding> findings = new ArrayList<>();
        if (status.get("alarms") instanceof List<?> alarms) {
            for (Object alarm : alarms) {
                if (alarm instanceof Map<?, ?> fields) {
                    findings.add(finding(fields));
                }
            }
        }
        return findings;
    }

    private static Finding finding(Map<?, ?> alarm) {
        String kind = String.valueOf(alarm.get("kind"));
        String what = "the running node has an alarm: " + kind + " " + alarm.get("node") + ": " + alarm.get("detail");
        boolean cloned = kind.equals("cloned-identity");
        return Finding.warning(
                "alarms",
                what,
                cloned
                        ? "on one of the two machines, stop the node, delete identity.key and epoch in its data_dir, and"
                                + " start it: it becomes a new node"
                        : "see thicket status");
    }

    private static Map<?, ?> page(InetSocketAddress agent, String path) {
        try (CoapQuery query = new CoapQuery(agent)) {
            CoapQuery.Answer answer = query.get(path, CoapQuery.ANY_FORMAT, PATIENCE);
            return answer.isSuccess() && JsonReader.parse(answer.payload(), MAX_PAGE_BYTES) instanceof Map<?, ?> fields
                    ? fields
                    : Map.of();
        } catch (IOException | SenmlFormatException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }
}
