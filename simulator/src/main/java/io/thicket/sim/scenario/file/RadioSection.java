package io.thicket.sim.scenario.file;

import io.thicket.agent.config.DidYouMean;
import io.thicket.agent.config.SectionReader;
import io.thicket.sim.medium.wifi.Radio;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code [radio]}. */
final class RadioSection {
    private static final double MAX_RANGE_M = 100_000;

    private static final double MAX_LOSS = 0.99;

    /** Exponent and shadowing of a kind of place. */
    private record Surroundings(double exponent, double shadowingDb, Optional<Double> referenceLossDb) {
        Surroundings(double exponent, double shadowingDb) {
            this(exponent, shadowingDb, Optional.empty());
        }
    }

    private static final Surroundings BUILT_UP = new Surroundings(3.0, 7.0);

    private static final Map<String, Surroundings> ENVIRONMENTS = new LinkedHashMap<>();

    static {
        ENVIRONMENTS.put("free_space", new Surroundings(2.0, 1.5));
        ENVIRONMENTS.put("hall", new Surroundings(2.25, 5.3));
        ENVIRONMENTS.put("built_up", BUILT_UP);
        ENVIRONMENTS.put("office", new Surroundings(3.83, 8.03));
        // Bor and others 2016: 127.41 dB at 40 m, fitted to the inside of one building; pessimistic outdoors.
        ENVIRONMENTS.put("lorasim", new Surroundings(2.08, 3.57, Optional.of(127.41 - 20.8 * StrictMath.log10(40))));
    }

    private RadioSection() {}

    static RadioPlan read(SectionReader reader) {
        RadioPlan.Model model = reader.choice("model", RadioPlan.Model.RANGE);
        PhyPlan phy = PhySection.read(reader);
        boolean guessed = reader.isMisread("model") || reader.isMisread("phy");
        boolean urban = model == RadioPlan.Model.URBAN;
        boolean shadowed = model == RadioPlan.Model.LOG_DISTANCE || urban;
        boolean lora = phy.kind() == PhyPlan.Kind.LORA;
        if (urban && lora) {
            reader.error(
                    "model", "model urban was measured with Wi-Fi, and says nothing of LoRa", "write log_distance");
        }
        Optional<Surroundings> environment = environment(reader);
        Optional<Double> exponent = reader.decimal("exponent", 1.5, 6);
        Optional<Double> shadowing = reader.decimal("shadowing", 0, 20);
        if (shadowed && !urban && environment.isEmpty() && (exponent.isEmpty() || shadowing.isEmpty())) {
            reader.error(
                    "model",
                    "model log_distance needs an environment, or an exponent and shadowing",
                    "write environment = \"built_up\"; there are " + String.join(", ", ENVIRONMENTS.keySet()));
        }
        for (String key : new String[] {
            "environment",
            "exponent",
            "shadowing",
            "shadowing_width",
            "shadowing_alike",
            "asymmetry",
            "node_offset",
            "node_offset_width",
            "reference_loss",
            "tx",
            "noise"
        }) {
            boolean itsOwn = lora && model == RadioPlan.Model.TWO_RAY && (key.equals("tx") || key.equals("noise"));
            if (reader.has(key) && !shadowed && !itsOwn && !guessed) {
                boolean withLora = key.equals("tx") || key.equals("noise");
                reader.error(
                        key,
                        key + " is of the models log_distance and urban"
                                + (withLora ? ", and of two_ray with phy = \"lora\"" : ""),
                        "leave it out, or write model = \"log_distance\"");
            }
        }
        if (model != RadioPlan.Model.RANGE && reader.has("range")) {
            reader.error("range", "range is of model range only", "");
        }
        double nodeOffset = reader.decimal("node_offset", 0, 20).orElse(0.0);
        if (nodeOffset == 0 && reader.has("node_offset_width")) {
            reader.error(
                    "node_offset_width",
                    "node_offset_width says how far node_offset is alike, and there is none",
                    "write node_offset = 3");
        }
        if (reader.has("shadowing_alike") && !reader.has("shadowing_width")) {
            reader.error(
                    "shadowing_alike",
                    "shadowing_alike says how much of it near links share, and there is no shadowing_width",
                    "write shadowing_width = 5");
        }
        double shadowingWidthM =
                reader.decimal("shadowing_width", 0, MAX_RANGE_M).orElse(0.0);
        Surroundings usual = environment.orElse(urban ? BUILT_UP : new Surroundings(2, 0));
        boolean cmu = model == RadioPlan.Model.TWO_RAY && !lora;
        double shadowingDb = shadowing.orElse(usual.shadowingDb());
        return new RadioPlan(
                model,
                reader.decimal("range", 0.1, MAX_RANGE_M).orElse(phy.usualRangeM()),
                exponent.orElse(usual.exponent()),
                reader.decimal("reference_loss", 0, 200)
                        .orElse(usual.referenceLossDb().orElse(phy.usualReferenceLossDb())),
                shadowingDb,
                shadowingWidthM,
                reader.decimal("shadowing_alike", 0, 1).orElse(shadowingWidthM == 0 ? 0.0 : 1.0),
                // Who wants the bare law of distance need not say so twice.
                reader.decimal("asymmetry", 0, 20).orElse(shadowingDb == 0 ? 0.0 : 1.0),
                nodeOffset,
                reader.decimal("node_offset_width", 0, MAX_RANGE_M).orElse(0.0),
                reader.decimal("tx", RadioPlan.LEAST_TX_DBM, RadioPlan.MOST_TX_DBM)
                        .orElse(cmu ? Radio.TX_DBM : phy.usualTxDbm()),
                reader.decimal("noise", -140, 0).orElse(phy.usualNoiseDbm()),
                reader.decimal("loss", 0, MAX_LOSS).orElse(0.0),
                reader.decimal("datagram_loss", 0, MAX_LOSS).orElse(0.0),
                phy,
                !lora && reader.flag("sinr", model == RadioPlan.Model.TWO_RAY || shadowed),
                guessed);
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
