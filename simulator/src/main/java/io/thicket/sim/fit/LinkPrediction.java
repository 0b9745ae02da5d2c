package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks;
import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table of all links between nodes with a place: those that were measured as they are, the others as {@link LinkFit} predicts them. With a column of the share
 * delivered, if that was fitted, so that a scenario takes it ({@code format = "links"}).
 */
public final class LinkPrediction {
    /** More nodes than these are too many pairs. */
    public static final int MAX_NODES = 400;

    private final MeasuredLinks links;
    private final LinkFit fit;
    private final DeliveryFit delivery;
    private final double asymmetryDb;
    private final double noiseDbm;

    /**
     * For a table and what was found in it.
     *
     * @param asymmetryDb what each direction has of its own, NaN if not known
     */
    public LinkPrediction(MeasuredLinks links, LinkFit fit, DeliveryFit delivery, double asymmetryDb) {
        this.links = links;
        this.fit = fit;
        this.delivery = delivery;
        this.asymmetryDb = Double.isNaN(asymmetryDb) ? 0 : asymmetryDb;
        noiseDbm = NoiseFit.measuredDbm(links.rows());
    }

    /** Whether a share delivered can be told of a signal. */
    private boolean hasDelivery() {
        return !Double.isNaN(delivery.middle()) && (!delivery.ofSnr() || !Double.isNaN(noiseDbm));
    }

    /** {@code from,to,distance_m,rssi_dbm,error_db[,pdr],measured} with a line for each direction; of nodes at one place none. */
    public List<String> csv() {
        Map<List<String>, Row> measured = new HashMap<>();
        for (Row row : links.rows()) {
            if (PathLossFit.isUsable(row)) {
                measured.putIfAbsent(List.of(row.from(), row.to()), row);
            }
        }
        Map<List<String>, NodeOffsetFit.Prediction> predicted = new HashMap<>();
        List<String> lines = new ArrayList<>();
        lines.add("from,to,distance_m,rssi_dbm,error_db" + (hasDelivery() ? ",pdr" : "") + ",measured");
        for (Map.Entry<String, Place> from : links.places().entrySet()) {
            for (Map.Entry<String, Place> to : links.places().entrySet()) {
                double distance = from.getValue().distanceM(to.getValue());
                if (!from.getKey().equals(to.getKey()) && distance > 0) {
                    Row row = measured.get(List.of(from.getKey(), to.getKey()));
                    Row back = measured.get(List.of(to.getKey(), from.getKey()));
                    if (row == null && back != null) {
                        // What both directions share is known, and each has the asymmetry of its own.
                        lines.add(line(
                                from.getKey(),
                                to.getKey(),
                                distance,
                                back.rssiDbm(),
                                Math.sqrt(2) * asymmetryDb,
                                share(back.rssiDbm()),
                                0));
                        continue;
                    }
                    lines.add(
                            row == null
                                    ? predicted(from, to, distance, predicted)
                                    : line(row.from(), row.to(), row.distanceM(), row.rssiDbm(), 0, share(row), 1));
                }
            }
        }
        return lines;
    }

    private String predicted(
            Map.Entry<String, Place> from,
            Map.Entry<String, Place> to,
            double distance,
            Map<List<String>, NodeOffsetFit.Prediction> predicted) {
        // Of both directions, which are the same: found once.
        NodeOffsetFit.Prediction back = predicted.remove(List.of(to.getKey(), from.getKey()));
        NodeOffsetFit.Prediction its =
                back != null ? back : fit.predict(from.getKey(), from.getValue(), to.getKey(), to.getValue(), distance);
        if (back == null) {
            predicted.put(List.of(from.getKey(), to.getKey()), its);
        }
        double error = Math.hypot(its.errorDb(), asymmetryDb);
        return line(from.getKey(), to.getKey(), distance, its.rssiDbm(), error, share(its.rssiDbm()), 0);
    }

    private double share(Row row) {
        return Double.isNaN(row.delivered()) ? share(row.rssiDbm()) : row.delivered();
    }

    private double share(double rssiDbm) {
        return hasDelivery() ? delivery.delivered(delivery.ofSnr() ? rssiDbm - noiseDbm : rssiDbm) : Double.NaN;
    }

    private String line(
            String from, String to, double distanceM, double rssiDbm, double errorDb, double share, int measured) {
        String pdr = hasDelivery() ? String.format(Locale.ROOT, ",%.4f", share) : "";
        return String.format(
                Locale.ROOT, "%s,%s,%.3f,%.2f,%.2f%s,%d", from, to, distanceM, rssiDbm, errorDb, pdr, measured);
    }
}
