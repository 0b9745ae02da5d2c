package io.thicket.sim.run;

import io.thicket.routing.LinkClass;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.scenario.file.PhyPlan;
import io.thicket.sim.scenario.file.RadioPlan;
import io.thicket.sim.scenario.file.RadioPlan.Model;
import io.thicket.sim.scenario.file.RoutingPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One scenario under each radio. So that shapes are compared and not powers, each transmits with what makes its reach, without
 * shadowing, the scenario's own; a table of links stays what it is.
 */
public final class RadioVariants {
    /** A line of the comparison. */
    public record Variant(String name, Scenario scenario) {}

    private static final double BUILT_UP_EXPONENT = 3;
    private static final double BUILT_UP_SHADOWING_DB = 7;
    private static final double ASYMMETRY_DB = 1;

    private final Scenario scenario;
    private final RadioPlan own;
    private final double reachM;

    private RadioVariants(Scenario scenario) {
        this.scenario = scenario;
        this.own = scenario.radio();
        this.reachM = own.reachM();
    }

    /** All radios that the scenario can have, by name; of a table of links only modems differ. */
    public static Map<String, Variant> of(Scenario scenario) {
        RadioVariants its = new RadioVariants(scenario);
        PhyPlan wifi = its.own.phy().kind() == PhyPlan.Kind.LORA ? PhyPlan.DSSS : its.own.phy();
        PhyPlan ofdm = wifi.kind() == PhyPlan.Kind.OFDM ? wifi : PhyPlan.OFDM;
        PhyPlan lora = its.own.phy().kind() == PhyPlan.Kind.LORA ? its.own.phy() : PhyPlan.LORA;
        List<Variant> all = new ArrayList<>();
        if (its.own.model() == Model.LINKS) {
            all.add(its.variant("links", Model.LINKS, PhyPlan.DSSS));
            all.add(its.variant("links-ofdm", Model.LINKS, ofdm));
            all.add(its.variant("links-lora", Model.LINKS, lora));
        } else {
            all.add(its.variant("range", Model.RANGE, wifi));
            all.add(its.variant("two_ray", Model.TWO_RAY, wifi));
            all.add(its.variant("log_distance", Model.LOG_DISTANCE, wifi));
            all.add(its.variant("urban", Model.URBAN, wifi));
            all.add(its.variant("ofdm", Model.LOG_DISTANCE, ofdm));
            all.add(its.variant("lora", Model.LOG_DISTANCE, lora));
        }
        Map<String, Variant> byName = new LinkedHashMap<>();
        all.forEach(variant -> byName.put(variant.name(), variant));
        return byName;
    }

    private Variant variant(String name, Model model, PhyPlan phy) {
        return new Variant(
                name,
                new Scenario(
                        scenario.name(),
                        scenario.description(),
                        scenario.seed(),
                        scenario.durationMs(),
                        scenario.warmUpMs(),
                        scenario.powerUpMs(),
                        scenario.invariants(),
                        scenario.nodes(),
                        radio(model, phy),
                        routing(phy),
                        scenario.world(),
                        scenario.traffic(),
                        scenario.faults(),
                        scenario.checks(),
                        scenario.warnings(),
                        scenario.files(),
                        scenario.inputsHash(),
                        scenario.hash()));
    }

    private RadioPlan radio(Model model, PhyPlan phy) {
        if (model == own.model() && phy.equals(own.phy())) {
            return own;
        }
        boolean shaped = own.model() == Model.LOG_DISTANCE || own.model() == Model.URBAN;
        double exponent = shaped ? own.exponent() : BUILT_UP_EXPONENT;
        double referenceDb = phy.usualReferenceLossDb();
        double noiseDbm = phy.usualNoiseDbm();
        double pathDb = referenceDb + 10 * exponent * StrictMath.log10(Math.max(1, reachM));
        double txDbm = model == Model.TWO_RAY
                ? twoRayTxDbm()
                : noiseDbm + RadioPlan.usableSnrDb(model, exponent, phy) + pathDb;
        boolean lora = phy.kind() == PhyPlan.Kind.LORA;
        return new RadioPlan(
                model,
                reachM,
                exponent,
                referenceDb,
                shaped ? own.shadowingDb() : BUILT_UP_SHADOWING_DB,
                shaped ? own.shadowingWidthM() : 0,
                shaped ? own.shadowingAlike() : 0,
                shaped ? own.asymmetryDb() : ASYMMETRY_DB,
                shaped ? own.nodeOffsetDb() : 0,
                shaped ? own.nodeOffsetWidthM() : 0,
                txDbm,
                noiseDbm,
                own.loss(),
                own.datagramLoss(),
                phy,
                !lora && model != Model.RANGE && model != Model.LINKS,
                false);
    }

    /** What makes the power at the reach just enough for the thresholds of the CMU papers. */
    private double twoRayTxDbm() {
        double missing = Radio.CMU.decode() / Radio.twoRayGround(reachM * reachM);
        return Radio.TX_DBM + 10 * StrictMath.log10(missing) + 1e-6;
    }

    /** Timers are the link class's own where the class is another one. */
    private RoutingPlan routing(PhyPlan phy) {
        LinkClass its = phy.linkClass();
        RoutingPlan routing = scenario.routing();
        if (its == own.phy().linkClass()) {
            return routing;
        }
        RoutingParameters usual = RoutingParameters.of(its);
        return new RoutingPlan(
                routing.protocol(),
                routing.code(),
                usual.helloMinMs(),
                usual.helloMaxMs(),
                usual.gatewayPeriodMs(),
                routing.routeLifetimeMs(),
                routing.hopLimit());
    }
}
