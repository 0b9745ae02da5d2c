package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of the links of one place: a line, an offset of each node, and what links with near ends share.
 *
 * @param shadowing nothing if no two links are alike, or if a place is not known
 */
public record LinkFit(NodeOffsetFit offsets, Optional<LinkShadowing> shadowing) {
    /** Fewer observations are taken for so many. */
    private static final double LEAST_FREE = 4;

    /** The fit, or nothing where {@link NodeOffsetFit#of} has none. */
    public static Optional<LinkFit> of(List<Row> rows, Map<String, Place> places) {
        return NodeOffsetFit.of(rows, places).map(offsets -> new LinkFit(offsets, LinkShadowing.of(offsets, places)));
    }

    /** A link of two nodes, which may be new ones; {@code distanceM > 0}. Its error is larger where there was little to find the variance with. */
    public NodeOffsetFit.Prediction predict(String from, Place fromPlace, String to, Place toPlace, double distanceM) {
        NodeOffsetFit.Prediction its = shadowing.isPresent()
                ? shadowing.get().predict(from, fromPlace, to, toPlace, distanceM)
                : offsets.predict(from, fromPlace, to, toPlace, distanceM);
        // The standard deviation of Student's distribution, which has none with two or fewer.
        double free = Math.max(LEAST_FREE, shadowing.map(LinkShadowing::free).orElse(offsets.free()));
        return new NodeOffsetFit.Prediction(its.rssiDbm(), its.errorDb() * Math.sqrt(free / (free - 2)));
    }
}
