package io.thicket.agent.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code thicket status}. */
@Command(name = "status", description = "How a running agent is: links, sensors, outbox, alarms.")
final class StatusCommand extends AskCommand {
    /** Hop messages that a link could neither send nor hand over. */
    private static final List<String> DROPS =
            List.of("receiveFull", "sendWhileDown", "sendFull", "sendTooLarge", "sendFailed");

    StatusCommand() {
        super("/status");
    }

    @Override
    String show(JsonView page) {
        StringBuilder text = new StringBuilder();
        line(text, "node", page.text("name") + "  " + page.text("id") + "  " + page.text("meshAddress"));
        line(text, "version", page.text("version") + ", boot " + page.text("epoch") + ", up " + page.ago("uptimeMs"));
        line(text, "clock", page.flag("clockSynchronised") ? "synchronised" : "not synchronised: times are relative");
        if (page.flag("isGateway")) {
            line(text, "uplink", page.text("uplink"));
        } else {
            line(text, "gateway", gateway(page));
        }
        JsonView outbox = page.object("outbox");
        String oldest = outbox.number("waiting", 0) > 0 ? ", the oldest for " + outbox.ago("oldestMs") : "";
        line(text, "outbox", outbox.text("waiting") + " of " + outbox.text("limit") + " readings wait" + oldest);
        JsonView counters = page.object("counters");
        line(
                text,
                "readings",
                counters.text("readingsOffered") + " taken, " + counters.text("readingsSettled") + " settled, "
                        + counters.text("readingsLost") + " lost");
        for (JsonView link : page.list("links")) {
            String state = link.flag("up") ? "up, MTU " + link.text("mtuBytes") + " bytes" : "down";
            line(
                    text,
                    "link " + link.text("name"),
                    state + traffic(link.object("counters")) + airtime(link.object("airtime")) + problem(link));
        }
        for (JsonView sensor : page.list("sensors")) {
            String latest = sensor.number("latestAgoMs", -1) < 0
                    ? "no reading yet"
                    : "last " + sensor.ago("latestAgoMs") + " ago";
            line(
                    text,
                    "sensor " + sensor.text("name"),
                    sensor.text("state") + ", " + latest + problem(sensor) + calibration(sensor.object("calibration")));
        }
        for (JsonView reading : page.list("lost")) {
            line(text, "LOST", reading.text("id") + " " + reading.text("reason") + ", " + reading.past("agoMs"));
        }
        for (JsonView alarm : page.list("alarms")) {
            line(text, "ALARM", alarm.text("kind") + " " + alarm.text("node") + ": " + alarm.text("detail"));
        }
        return text.toString();
    }

    /** Of a sensor that was calibrated; a word for a calibration that is older than it counts. */
    private static String calibration(JsonView calibration) {
        String date = calibration.text("date");
        if (date.isEmpty()) {
            return "";
        }
        String by = calibration.text("by").isEmpty() ? "" : " by " + calibration.text("by");
        String due = calibration.flag("due")
                ? ", CALIBRATION DUE: " + calibration.text("ageDays") + " days old, counts for "
                        + calibration.text("validDays")
                : "";
        return ", calibrated " + date + by + due;
    }

    private static String gateway(JsonView page) {
        String id = page.text("gateway");
        if (id.isEmpty()) {
            return "none in reach";
        }
        String label = page.text("gatewayLabel");
        return label.isEmpty() || label.equals(id) ? id : label + "  " + id;
    }

    /** What went over a link; nothing for a link that does not count. */
    private static String traffic(JsonView counters) {
        if (counters.names().isEmpty()) {
            return "";
        }
        long dropped = 0;
        for (String name : DROPS) {
            dropped += counters.number(name, 0);
        }
        return ", " + counters.number("sent", 0) + " sent, " + counters.number("received", 0) + " received, " + dropped
                + " dropped";
    }

    /** Of a link with a duty cycle only. */
    private static String airtime(JsonView airtime) {
        long perHourMs = airtime.number("perHourMs", 0);
        return perHourMs == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", on the air for %.1f s of %.1f s in the last hour",
                        airtime.number("usedMs", 0) / 1e3,
                        perHourMs / 1e3);
    }

    private static String problem(JsonView part) {
        return part.text("problem").isEmpty() ? "" : ": " + part.text("problem");
    }

    private static void line(StringBuilder text, String head, String value) {
        text.append(head)
                .append(" ".repeat(Math.max(1, 18 - head.length())))
                .append(value)
                .append('\n');
    }
}
