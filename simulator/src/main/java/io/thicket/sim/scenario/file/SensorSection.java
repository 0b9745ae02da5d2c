package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.drivers.Observation;
import io.thicket.sim.scenario.file.SensorPlan.Row;
import io.thicket.sim.scenario.file.SensorPlan.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code [[sensor]]}: values of readings. */
final class SensorSection {
    private static final double MOST = 1e12;
    private static final int MAX_UNIT = 16;

    /** Latest time of a table; values of a longer record than any run. */
    private static final double MOST_S = 1e9;

    /** Values in one reading: what fits a frame beside everything else. */
    private static final int MAX_VALUES = 16;

    /** Of values that are in a table twice. */
    private static final int MAX_TOLD = 100;

    /** Changes of a walk in a run. */
    private static final long MAX_STEPS = 1_000_000;

    private final NodePlan plan;
    private final NodeNames names;
    private final RoutingPlan routing;
    private final long durationMs;
    private final Set<String> taken = new HashSet<>();
    private final int[] values;

    SensorSection(NodePlan plan, RoutingPlan routing, long durationMs) {
        this.plan = plan;
        this.names = NodeNames.of(plan);
        this.routing = routing;
        this.durationMs = durationMs;
        this.values = new int[plan.count()];
    }

    Optional<SensorPlan> read(SectionReader reader) {
        // Of the section, not of its name: a sentence that begins with [[sensor]].
        WholeNodes.require(reader, "name", "", routing);
        List<Integer> nodes = names.nodesOr(reader, plan::isSensor);
        String name = reader.requiredText("name", "\"temperature\"");
        if (!name.isEmpty() && !Observation.isValidName(name)) {
            reader.error("name", "name '" + name + "' is no name of a value", "write \"temperature\"");
        }
        claim(reader, nodes, name);
        String unit = reader.text("unit").orElse("");
        if (unit.length() > MAX_UNIT) {
            reader.error("unit", "unit has more than " + MAX_UNIT + " characters", "");
        }
        if (unit.chars().anyMatch(Character::isISOControl)) {
            reader.error("unit", "unit has a control character in it", "write a unit of SenML, as \"Cel\" or \"%RH\"");
        }
        Source source = reader.choice("source", Source.CONSTANT);
        if (reader.isMisread("source")) {
            reader.acceptUnknownKeys();
        }
        double value = source == Source.CSV ? 0 : number(reader, "value", 20);
        double amplitude = source == Source.SINE ? number(reader, "amplitude", 5) : 0;
        long periodMs = source == Source.SINE ? time(reader, "period", Duration.ofHours(24), 1) : 1;
        long peakMs = source == Source.SINE ? time(reader, "peak", Duration.ofHours(14), 0) : 0;
        double step = source == Source.RANDOM_WALK ? number(reader, "step", 0.1) : 0;
        long everyMs = source == Source.RANDOM_WALK ? time(reader, "every", Duration.ofMinutes(1), 1) : 1;
        double min = source == Source.RANDOM_WALK ? number(reader, "min", -MOST) : 0;
        double max = source == Source.RANDOM_WALK ? number(reader, "max", MOST) : 0;
        if (source == Source.RANDOM_WALK) {
            if (min >= max) {
                reader.error("min", "min = " + min + " is not less than max = " + max, "");
            } else if (min > value || max < value) {
                reader.error("value", "value = " + value + " is not between min and max", "");
            }
            if (durationMs / everyMs > MAX_STEPS) {
                reader.error("every", "is more than " + MAX_STEPS + " steps", "write a longer time");
            }
        }
        return Optional.of(new SensorPlan(
                nodes,
                name,
                unit,
                source,
                value,
                amplitude,
                periodMs,
                peakMs,
                step,
                everyMs,
                min,
                max,
                reader.decimal("noise", 0, MOST).orElse(0.0),
                reader.integer("decimals", 0, 9).orElse(2),
                source == Source.CSV ? table(reader, nodes) : List.of()));
    }

    /** Whether the node has a value, of the sections read so far. */
    boolean measures(int node) {
        return values[node] > 0;
    }

    private void claim(SectionReader reader, List<Integer> nodes, String name) {
        for (int node : nodes) {
            if (!taken.add(node + "/" + name)) {
                reader.error("name", "node " + plan.names().get(node) + " has a '" + name + "' already", "");
                return;
            }
            if (++values[node] > MAX_VALUES) {
                reader.error("name", "node " + plan.names().get(node) + " has more than " + MAX_VALUES + " values", "");
                return;
            }
        }
    }

    private static double number(SectionReader reader, String key, double usual) {
        return reader.decimal(key, -MOST, MOST).orElse(usual);
    }

    private static long time(SectionReader reader, String key, Duration usual, long leastMs) {
        return reader.duration(key, usual, Duration.ofMillis(leastMs), Duration.ofDays(366))
                .toMillis();
    }

    private List<Row> table(SectionReader reader, List<Integer> nodes) {
        Optional<Path> file = reader.path("file");
        if (file.isEmpty()) {
            reader.missing("file", "\"values.csv\" with the columns time_s,value and if wanted node");
            return List.of();
        }
        if (names.guessed()) {
            return List.of();
        }
        try {
            List<Row> rows = rows(file.get());
            noteRowsOfOthers(reader, file.get(), rows, nodes);
            return rows;
        } catch (ImportException e) {
            e.tell(reader, file.get());
            return List.of();
        }
    }

    /** Ascending by time; at one time what is of a node comes after what is of all, and holds. */
    private List<Row> rows(Path file) throws ImportException {
        List<Row> rows = new ArrayList<>();
        Csv csv = Csv.parse(NetworkImport.text(NetworkImport.content(file)));
        String time = csv.column("time_s", "time");
        csv.column("value");
        csv.forEach(row -> rows.add(row(row, time)));
        if (rows.isEmpty()) {
            throw new ImportException("there are no rows");
        }
        rows.sort(Comparator.comparingLong(Row::atUs).thenComparingInt(Row::node));
        Map<List<Long>, Integer> repeated = new HashMap<>();
        for (int i = 1; i < rows.size() && repeated.size() < MAX_TOLD; i++) {
            if (key(rows.get(i)).equals(key(rows.get(i - 1)))) {
                repeated.put(key(rows.get(i)), 0);
            }
        }
        if (!repeated.isEmpty()) {
            refuseSecond(csv, time, repeated);
        }
        return rows;
    }

    private Row row(Csv.Row row, String time) throws ImportException {
        String node = row.text("node");
        int whose = node.isEmpty() ? SensorPlan.ALL : names.ofTable(node);
        double atS = row.requiredNumber(time);
        if (atS < 0 || atS > MOST_S) {
            throw new ImportException(time + " = " + atS + " is not 0 to " + (long) MOST_S);
        }
        return new Row(StrictMath.round(atS * 1e6), whose, row.requiredNumber("value"));
    }

    private static List<Long> key(Row row) {
        return List.of((long) row.node(), row.atUs());
    }

    /** Reads the table once more, for the lines: to remember all would take more than the rows do. */
    private void refuseSecond(Csv csv, String time, Map<List<Long>, Integer> repeated) throws ImportException {
        csv.forEach(row -> {
            Row its = row(row, time);
            Integer times = repeated.computeIfPresent(key(its), (key, before) -> before + 1);
            if (times != null && times > 1) {
                throw new ImportException((its.node() == SensorPlan.ALL
                                ? "there is a value for all"
                                : "node " + names.name(its.node()) + " has a value")
                        + " at " + row.requiredNumber(time) + " s already");
            }
        });
    }

    /** The table may be of a larger site, or of several sections; whoever expects these values has to know. */
    private void noteRowsOfOthers(SectionReader reader, Path file, List<Row> rows, List<Integer> nodes) {
        Set<Integer> its = new HashSet<>(nodes);
        List<Integer> others = rows.stream()
                .map(Row::node)
                .filter(node -> node != SensorPlan.ALL && !its.contains(node))
                .toList();
        if (!others.isEmpty()) {
            reader.warning(
                    "file",
                    "file " + file.getFileName() + ": " + others.size() + " of " + rows.size()
                            + " rows do nothing: they are of nodes that the section does not have, such as "
                            + names.name(others.get(0)),
                    "write these in nodes, too, or leave the rows out");
        }
    }
}
