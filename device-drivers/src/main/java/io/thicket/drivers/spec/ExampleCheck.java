package io.thicket.drivers.spec;

import io.thicket.drivers.Observation;
import io.thicket.drivers.framing.FrameDecoder;
import io.thicket.drivers.framing.Framer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decodes the examples of a specification and compares. */
final class ExampleCheck {
    /** The silence after which a framer has nothing left to wait for. */
    private static final long LONG_AFTER_MS = 1_000_000;

    private final DeviceSpec spec;
    private final ExampleSpec example;
    private final List<SpecProblem> problems;

    private ExampleCheck(DeviceSpec spec, ExampleSpec example, List<SpecProblem> problems) {
        this.spec = spec;
        this.example = example;
        this.problems = problems;
    }

    static List<SpecProblem> problems(DeviceSpec spec) {
        List<SpecProblem> problems = new ArrayList<>();
        for (ExampleSpec example : spec.examples()) {
            new ExampleCheck(spec, example, problems).check();
        }
        return problems;
    }

    private void check() {
        List<Observation> found = new ArrayList<>();
        List<FrameDecoder.Outcome> outcomes = new ArrayList<>();
        Framer framer = spec.frame().newFramer();
        SpecDecoder decoder = new SpecDecoder(spec);
        byte[] bytes = example.bytes().toArray();
        framer.onBytes(0, bytes, 0, bytes.length, (at, frame, from, size) -> {
            List<Observation> values = new ArrayList<>();
            outcomes.add(decoder.decode(at, frame, from, size, values));
            found.addAll(values);
        });
        framer.onSilence(LONG_AFTER_MS, (at, frame, from, size) -> {});
        if (outcomes.isEmpty()) {
            problem(
                    "no frame was found in the example",
                    framer.badChecksums() > 0
                            ? "its checksum is wrong, or [frame] checksum describes another one"
                            : "start, length or end of [frame] do not fit it");
            return;
        }
        if (outcomes.contains(FrameDecoder.Outcome.MALFORMED)) {
            problem("the example's frame cannot be read", "a text or number of it is not what its value says");
        } else if (found.isEmpty() && !example.values().isEmpty()) {
            problem("the example's frame has no value", "no [[message]] fits it, or it says that it has none");
        } else {
            compare(found);
        }
    }

    private void compare(List<Observation> found) {
        Map<String, Observation> byName = new LinkedHashMap<>();
        found.forEach(each -> byName.put(each.name(), each));
        for (Map.Entry<String, Object> expected : example.values().entrySet()) {
            Observation value = byName.get(expected.getKey());
            if (value == null) {
                String hint = byName.isEmpty() ? "" : Nearest.hint(expected.getKey(), new TreeSet<>(byName.keySet()));
                problem("the example gives no '" + SpecTable.shortened(expected.getKey()) + "'", hint);
            } else {
                compare(value, expected.getValue());
            }
        }
        if (example.values().isEmpty() && !found.isEmpty()) {
            problem(
                    "the example was to give no value, but gives "
                            + found.get(0).name(),
                    "");
        }
    }

    private void compare(Observation found, Object expected) {
        if (found.value() instanceof Observation.Value.Numeric numeric) {
            double wanted = SpecTable.numberOf(expected);
            ValueSpec value = valueOf(found.name());
            boolean withUnit = value != null && value.unit() != null;
            double primary = withUnit && value != null && value.unit() != null
                    ? value.unit().toPrimary(wanted)
                    : wanted;
            double slack = example.tolerance();
            if (withUnit && value != null && value.unit() != null) {
                slack = Math.abs(value.unit().toPrimary(wanted + slack) - primary);
            }
            if (!(Math.abs(numeric.value() - primary) <= slack + Math.abs(primary) * 1e-12)) {
                String unit = value == null || value.unit() == null
                        ? ""
                        : " " + value.unit().primary();
                problem(
                        "the example gives " + found.name() + " = " + numeric.value() + unit + " where " + primary
                                + unit + " is expected",
                        "");
            }
        } else {
            Object text = found.value() instanceof Observation.Value.Text its
                    ? its.value()
                    : ((Observation.Value.Flag) found.value()).value();
            if (!text.equals(expected)) {
                problem("the example gives " + found.name() + " = " + text + " where " + expected + " is expected", "");
            }
        }
    }

    private @Nullable ValueSpec valueOf(String name) {
        for (ValueSpec value : spec.values()) {
            if (value.isNamed(name)) {
                return value;
            }
        }
        return null;
    }

    private void problem(String message, String hint) {
        problems.add(new SpecProblem(example.line(), example.column(), message, hint));
    }
}
