package io.thicket.sim.scenario.file;

import io.thicket.agent.config.DidYouMean;
import io.thicket.agent.config.SectionReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code [radio]}. */
final class RadioSection {
    private static final double RANGE_M = 250;
    private static final double MAX_RANGE_M = 100_000;
    /** Free space at 1 m and 2437 MHz. */
    private static final double REFERENCE_LOSS_DB = 40.2;

    private static final double TX_DBM = 16;
    /** 22 MHz with a noise figure of 7 dB. */
    private static final double NOISE_DBM = -93.6;

    private static final double MAX_LOSS = 0.99;

    /** Exponent and shadowing of a kind of place. */
    private record Surroundings(double exponent, double shadowingDb) {}

    private static final Map<String, Surroundings> ENVIRONMENTS = new LinkedHashMap<>();

    static {
        ENVIRONMENTS.put("free_space", new Surroundings(2.0, 1.5));
        ENVIRONMENTS.put("hall", new Surroundings(2.25, 5.3));
        ENVIRONMENTS.put("built_up", new Surroundings(3.0, 7.0));
        ENVIRONMENTS.put("office", new Surroundings(3.83, 8.03));
    }

    private RadioSection() {}

    static RadioPlan read(SectionReader reader) {
        RadioPlan.Model model = reader.choice("model", RadioPlan.Model.RANGE);
        boolean shadowed = model == RadioPlan.Model.LOG_DISTANCE;
        Optional<Surroundings> environment = environment(reader);
        Optional<Double> exponent = reader.decimal("exponent", 1.5, 6);
        Optional<Double> shadowing = reader.decimal("shadowing", 0, 20);
        if (shadowed && environment.isEmpty() && (exponent.isEmpty() || shadowing.isEmpty())) {
            reader.error(
                    "model",
                    "model log_distance needs an environment, or an exponent and shadowing",
                    "write environment = \"built_up\"; there are " + String.join(", ", ENVIRONMENTS.keySet()));
        }
        for (String key :
                new String[] {"environment", "exponent", "shadowing", "asymmetry", "reference_loss", "tx", "noise"}) {
            if (!shadowed && reader.has(key)) {
                reader.error(key, key + " is of model log_distance only", "");
            }
        }
        if (model != RadioPlan.Model.RANGE && reader.has("range")) {
            reader.error("range", "range is of model range only", "");
        }
        Surroundings usual = environment.orElse(new Surroundings(2, 0));
        return new RadioPlan(
                model,
                reader.decimal("range", 0.1, MAX_RANGE_M).orElse(RANGE_M),
                exponent.orElse(usual.exponent()),
                reader.decimal("reference_loss", 0, 200).orElse(REFERENCE_LOSS_DB),
                shadowing.orElse(usual.shadowingDb()),
                reader.decimal("asymmetry", 0, 20).orElse(1.0),
                reader.decimal("tx", -30, 40).orElse(TX_DBM),
                reader.decimal("noise", -140, 0).orElse(NOISE_DBM),
                reader.decimal("loss", 0, MAX_LOSS).orElse(0.0),
                reader.decimal("datagram_loss", 0, MAX_LOSS).orElse(0.0),
                reader.flag("sinr", model == RadioPlan.Model.TWO_RAY || shadowed));
    }

    private static Optional<Surroundings> environment(SectionReader reader) {
        Optional<String> name = reader.text("environment");
        if (name.isPresent() && !ENVIRONMENTS.containsKey(name.get())) {
            String near = DidYouMean.hint(name.get(), ENVIRONMENTS.keySet());
            reader.error(
                    "environment",
                    "environment '" + name.get() + "' is not one of " + String.join(", ", ENVIRONMENTS.keySet()),
                    near);
            return Optional.of(new Surroundings(2, 0));
        }
        return name.map(ENVIRONMENTS::get);
    }
}
