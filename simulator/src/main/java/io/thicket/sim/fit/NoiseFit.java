package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import io.thicket.sim.scenario.file.PhyPlan;
import java.util.List;

/**
 * The noise that a scenario needs to have the links of a table. A scenario delivers by the error rate of its modulation, which loses half at some SNR; receivers that were
 * measured lose half elsewhere. Where that is known, the scenario's noise makes up for the difference, else it is the measured one.
 *
 * @param measuredDbm the median of signal less SNR, NaN if no row has both
 * @param scenarioDbm NaN if nothing tells: a scenario assumes its own then
 * @param error root mean square of what such a scenario delivers otherwise than the table, without shadowing, as a share; NaN where shares are not known
 */
record NoiseFit(double measuredDbm, double scenarioDbm, double error) {
    /** A section that names no {@code phy} has this one. */
    static final PhyPlan PHY = PhyPlan.DSSS;

    static NoiseFit of(List<Row> rows, DeliveryFit delivery) {
        double measuredDbm = measuredDbm(rows);
        double halfDbm = delivery.ofSnr() ? delivery.middle() + measuredDbm : delivery.middle();
        // Where nothing loses half, or everything does, the middle of the curve is a guess.
        boolean tells = rows.stream().anyMatch(row -> row.delivered() < 0.5)
                && rows.stream().anyMatch(row -> row.delivered() > 0.5)
                && !Double.isNaN(halfDbm);
        double scenarioDbm = tells ? halfDbm - PHY.halfSnrDb() : measuredDbm;
        return new NoiseFit(measuredDbm, scenarioDbm, error(rows, measuredDbm, scenarioDbm));
    }

    /** The median of signal less SNR, NaN if no row has both. */
    static double measuredDbm(List<Row> rows) {
        double[] all = rows.stream()
                .mapToDouble(row -> row.rssiDbm() - row.snrDb())
                .filter(each -> !Double.isNaN(each))
                .sorted()
                .toArray();
        return all.length == 0 ? Double.NaN : all[all.length / 2];
    }

    private static double error(List<Row> rows, double measuredDbm, double scenarioDbm) {
        double squares = 0;
        int count = 0;
        for (Row row : rows) {
            double rssiDbm = Double.isNaN(row.rssiDbm()) ? row.snrDb() + measuredDbm : row.rssiDbm();
            double snrDb = rssiDbm - scenarioDbm;
            if (!Double.isNaN(snrDb + row.delivered())) {
                double its = snrDb < PHY.sensedSnrDb() ? 0 : PHY.delivery(snrDb);
                squares += (its - row.delivered()) * (its - row.delivered());
                count++;
            }
        }
        return count == 0 ? Double.NaN : Math.sqrt(squares / count);
    }

    /** Whether the scenario's noise is another one than was measured, to deliver as the table does. */
    boolean isMadeUp() {
        return !Double.isNaN(scenarioDbm) && scenarioDbm != measuredDbm;
    }
}
