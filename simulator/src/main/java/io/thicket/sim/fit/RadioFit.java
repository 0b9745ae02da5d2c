package io.thicket.sim.fit;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.scenario.file.MeasuredLinks;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything that a table of links says about a radio: what {@code thicket sim fit} prints. */
public final class RadioFit {
    private static final MathContext DIGITS = new MathContext(6);

    /** Smaller ones change no link that anybody would notice. */
    private static final double LEAST_OFFSET_DB = 0.1;

    private final MeasuredLinks links;
    private final double txDbm;
    private final PathLossFit loss;
    private final double[] lossErrors;
    private final DeliveryFit delivery;
    private final double[] deliveryErrors;
    private final NoiseFit noise;
    private final Optional<LinkFit> fit;
    private final List<String> warnings;

    /** Fits {@code links}, whose senders send with so many dBm. */
    public RadioFit(MeasuredLinks links, double txDbm) {
        this.links = links;
        this.txDbm = txDbm;
        loss = PathLossFit.of(links.rows());
        lossErrors = Jackknife.errors(links.rows(), 4, rows -> {
            PathLossFit fit = PathLossFit.of(rows);
            return new double[] {fit.at1mDbm(), fit.exponent(), fit.sigmaDb(), fit.asymmetryDb()};
        });
        delivery = DeliveryFit.of(links.rows());
        deliveryErrors = Jackknife.errors(links.rows(), 2, rows -> {
            DeliveryFit fit = DeliveryFit.of(rows);
            return new double[] {fit.middle(), fit.width()};
        });
        noise = NoiseFit.of(links.rows(), delivery);
        fit = LinkFit.of(links.rows(), links.places());
        warnings = hasLoss() ? Survivors.warnings(links, loss) : List.of();
    }

    /** Whether there was enough to fit anything. */
    public boolean isUsable() {
        return hasLoss() || hasDelivery();
    }

    public PathLossFit loss() {
        return loss;
    }

    public DeliveryFit delivery() {
        return delivery;
    }

    public List<String> warnings() {
        return warnings;
    }

    /** For a terminal: the fits, warnings, and a section to paste into a scenario. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("links      " + links.rows().size() + " rows read, " + links.skipped() + " left out, "
                + links.places().size() + " nodes with a place");
        if (hasLoss()) {
            lines.add("path loss  rssi = " + with(loss.at1mDbm(), lossErrors[0]) + " dBm - 10 x "
                    + with(loss.exponent(), lossErrors[1]) + " x lg(d / 1 m), shadowing "
                    + with(loss.sigmaDb(), lossErrors[2]) + " dB   (" + loss.rows() + " rows, distance explains "
                    + Math.round(100 * loss.explained()) + " %)");
            if (!Double.isNaN(loss.asymmetryDb())) {
                lines.add("           asymmetry " + with(loss.asymmetryDb(), lossErrors[3])
                        + " dB of each direction around the mean of both");
            }
        } else {
            lines.add("path loss  not fitted: " + loss.rows() + " rows have distance and signal, "
                    + PathLossFit.LEAST_ROWS + " of different distances are needed (--nodes gives places)");
        }
        fit.ifPresent(its -> addOffsets(its.offsets(), lines));
        fit.flatMap(LinkFit::shadowing)
                .ifPresent(
                        its -> lines.add("links      alike where both ends are near: " + Math.round(100 * its.share())
                                + " % of the rest, within " + round(its.decorrelationM(), 1) + " m"));
        if (hasDelivery()) {
            String unit = delivery.ofSnr() ? "dB" : "dBm";
            lines.add("delivery   1 / (1 + exp(-(" + (delivery.ofSnr() ? "snr" : "rssi") + " - "
                    + with(delivery.middle(), deliveryErrors[0]) + " " + unit + ") / "
                    + with(delivery.width(), deliveryErrors[1]) + " dB)), off by "
                    + String.format(Locale.ROOT, "%.2f", delivery.error()) + " (RMS, " + delivery.rows() + " rows)");
        } else {
            lines.add("delivery   not fitted: " + delivery.rows()
                    + " rows have a share delivered and a signal, and they must differ");
        }
        warnings.forEach(warning -> lines.add("WARNING    " + warning));
        if (hasLoss() && Survivors.isLaw(loss)) {
            lines.add("");
            lines.add(
                    "# +- are standard errors, by leaving out one node at a time. Only tx - reference_loss was measured, not either.");
            lines.add("[radio]");
            lines.add("model = \"log_distance\"");
            lines.add("exponent = " + round(loss.exponent(), 2));
            lines.add("shadowing = " + round(shadowingDb(), 2));
            if (!Double.isNaN(loss.asymmetryDb())) {
                lines.add("asymmetry = " + round(loss.asymmetryDb(), 2));
            }
            lines.add("tx = " + round(txDbm, 1));
            lines.add("reference_loss = " + round(txDbm - loss.at1mDbm(), 1));
            addNoise(lines);
            fit.ifPresent(its -> addOffsetKeys(its, lines));
        }
        return lines;
    }

    private void addNoise(List<String> lines) {
        if (Double.isNaN(noise.scenarioDbm())) {
            lines.add("# noise = " + round(NoiseFit.PHY.usualNoiseDbm(), 1)
                    + " is assumed: the table has none, nor links that deliver more and less than half.");
            return;
        }
        if (noise.isMadeUp()) {
            String measured =
                    Double.isNaN(noise.measuredDbm()) ? "Not measured" : "Measured: " + round(noise.measuredDbm(), 1);
            lines.add("# " + measured + ". With this one a scenario delivers half where the table does, and is off by "
                    + String.format(Locale.ROOT, "%.2f", noise.error()) + " (RMS).");
        }
        lines.add("noise = " + round(noise.scenarioDbm(), 1));
    }

    private static void addOffsets(NodeOffsetFit fit, List<String> lines) {
        String alike = fit.decorrelationM() <= 0
                ? "no two alike"
                : "alike within " + (fit.isAlikeEverywhere() ? "at least " : "") + round(fit.decorrelationM(), 1)
                        + " m";
        lines.add("nodes      rssi = " + with(fit.at1mDbm(), fit.at1mErrorDb()) + " dBm - 10 x "
                + with(fit.exponent(), fit.exponentError()) + " x lg(d / 1 m) + offsets of both nodes of "
                + round(fit.offsetDb(), 2) + " dB, " + alike + ", rest " + round(fit.sigmaDb(), 2) + " dB   ("
                + fit.nodes() + " nodes, " + fit.pairs() + " pairs)");
    }

    private void addOffsetKeys(LinkFit its, List<String> lines) {
        NodeOffsetFit fit = its.offsets();
        boolean differ = fit.offsetDb() >= LEAST_OFFSET_DB;
        if (!differ && its.shadowing().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("# Or, with weak and strong places" + (its.shadowing().isPresent() ? " and ways" : "")
                + ", which each seed draws anew, these instead:");
        lines.add("# exponent = " + round(fit.exponent(), 2));
        lines.add("# shadowing = " + round(fit.sigmaDb(), 2));
        its.shadowing().ifPresent(links -> {
            lines.add("# shadowing_width = " + round(links.decorrelationM(), 1));
            lines.add("# shadowing_alike = " + round(links.share(), 2));
        });
        if (differ) {
            lines.add("# node_offset = " + round(fit.offsetDb(), 2));
        }
        if (differ && fit.decorrelationM() > 0) {
            lines.add("# node_offset_width = " + round(fit.decorrelationM(), 1));
        }
        lines.add("# reference_loss = " + round(txDbm - fit.at1mDbm(), 1));
    }

    /** What is known of single nodes and links; nothing with too few nodes or more than 300. */
    public Optional<LinkFit> fit() {
        return fit;
    }

    /** One JSON object. */
    public String json() {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("rows").value(links.rows().size()).name("skipped").value(links.skipped());
        json.name("pathLoss").beginObject().name("rows").value(loss.rows());
        value(json, "rssiAt1mDbm", loss.at1mDbm(), lossErrors[0]);
        value(json, "exponent", loss.exponent(), lossErrors[1]);
        value(json, "sigmaDb", loss.sigmaDb(), lossErrors[2]);
        value(json, "asymmetryDb", loss.asymmetryDb(), lossErrors[3]);
        json.name("explained");
        write(json, loss.explained());
        json.endObject().name("nodeOffsets");
        fit.ifPresentOrElse(its -> write(json, its.offsets()), json::nullValue);
        json.name("linkShadowing");
        fit.flatMap(LinkFit::shadowing).ifPresentOrElse(its -> write(json, its), json::nullValue);
        json.name("delivery").beginObject();
        json.name("rows").value(delivery.rows());
        json.name("of").value(delivery.ofSnr() ? "snr" : "rssi");
        value(json, "middleDb", delivery.middle(), deliveryErrors[0]);
        value(json, "widthDb", delivery.width(), deliveryErrors[1]);
        json.name("rmse");
        write(json, delivery.error());
        json.endObject().name("noise").beginObject().name("measuredDbm");
        write(json, noise.measuredDbm());
        json.name("scenarioDbm");
        write(json, noise.scenarioDbm());
        json.name("rmse");
        write(json, noise.error());
        json.endObject().name("warnings").beginArray();
        warnings.forEach(json::value);
        return json.endArray().endObject().toString();
    }

    private static void write(JsonWriter json, NodeOffsetFit fit) {
        json.beginObject().name("nodes").value(fit.nodes()).name("pairs").value(fit.pairs());
        value(json, "rssiAt1mDbm", fit.at1mDbm(), fit.at1mErrorDb());
        value(json, "exponent", fit.exponent(), fit.exponentError());
        json.name("offsetDb");
        write(json, fit.offsetDb());
        json.name("decorrelationM");
        write(json, fit.decorrelationM());
        json.name("sigmaDb");
        write(json, fit.sigmaDb());
        json.endObject();
    }

    private static void write(JsonWriter json, LinkShadowing fit) {
        json.beginObject().name("share");
        write(json, fit.share());
        json.name("decorrelationM");
        write(json, fit.decorrelationM());
        json.name("sigmaDb");
        write(json, fit.sigmaDb());
        json.endObject();
    }

    private boolean hasLoss() {
        return !Double.isNaN(loss.exponent());
    }

    private boolean hasDelivery() {
        return !Double.isNaN(delivery.middle());
    }

    /** What both directions share: the scenario draws the asymmetry beside it. */
    private double shadowingDb() {
        double own = Double.isNaN(loss.asymmetryDb()) ? 0 : loss.asymmetryDb();
        return Math.sqrt(Math.max(0, loss.sigmaDb() * loss.sigmaDb() - own * own));
    }

    private static String with(double value, double error) {
        return round(value, 2) + " +- " + (Double.isNaN(error) ? "?" : round(error, 2));
    }

    private static String round(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static void value(JsonWriter json, String name, double value, double error) {
        json.name(name).beginObject().name("value");
        write(json, value);
        json.name("error");
        write(json, error);
        json.endObject();
    }

    private static void write(JsonWriter json, double value) {
        if (Double.isFinite(value)) {
            json.value(value == 0 ? 0 : new BigDecimal(value).round(DIGITS).doubleValue());
        } else {
            json.nullValue();
        }
    }
}
