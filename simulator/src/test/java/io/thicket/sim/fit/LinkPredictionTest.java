package io.thicket.sim.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.scenario.file.MeasuredLinks;
import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LinkPredictionTest {
    /** Eight nodes of which the last was not measured, and one at the place of the first; noise -95 dBm, half delivered at an SNR of 20 dB. */
    private static LinkPrediction prediction(boolean withDelivery) {
        Map<String, Place> places = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            places.put("n" + i, new Place(10 * (i % 3), 7 * (i / 3), 0));
        }
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                if (i != j) {
                    double distance = places.get("n" + i).distanceM(places.get("n" + j));
                    double rssi = -50 - 20 * Math.log10(distance) + (i * j) % 3;
                    double snr = rssi + 95;
                    double share = 1 / (1 + Math.exp(-(snr - 20) / 2));
                    rows.add(new Row(
                            "n" + i,
                            "n" + j,
                            distance,
                            rssi,
                            withDelivery ? snr : Double.NaN,
                            withDelivery ? share : Double.NaN));
                }
            }
        }
        places.put("twin", new Place(0, 0, 0));
        MeasuredLinks links = new MeasuredLinks(rows, 0, places, List.of());
        return new LinkPrediction(links, LinkFit.of(rows, places).orElseThrow(), DeliveryFit.of(rows), Double.NaN);
    }

    @Test
    void measured_links_stay_and_the_others_are_predicted() {
        List<String> lines = prediction(true).csv();

        assertEquals("from,to,distance_m,rssi_dbm,error_db,pdr,measured", lines.get(0));
        assertEquals("n0,n1,10.000,-70.00,0.00,0.9241,1", lines.get(1));
        assertEquals(1 + 9 * 8 - 2, lines.size()); // nothing of two at one place, in either direction
        assertEquals(42, lines.stream().filter(line -> line.endsWith(",1")).count());
        String[] unknown = lines.stream()
                .filter(line -> line.startsWith("n7,n6,"))
                .findFirst()
                .orElseThrow()
                .split(",");
        assertEquals(-69, Double.parseDouble(unknown[3]), 2.5);
        assertTrue(Double.parseDouble(unknown[4]) > 0.3, unknown[4]);
        double share = 1 / (1 + Math.exp(-(Double.parseDouble(unknown[3]) + 95 - 20) / 2));
        assertEquals(share, Double.parseDouble(unknown[5]), 0.005);
    }

    /** Both directions go through the same walls: where one was measured, the other needs no neighbours. Found by a review. */
    @Test
    void the_other_direction_of_a_measured_link_is_that_link_but_for_the_asymmetry() {
        Map<String, Place> places = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            places.put("n" + i, new Place(10 * (i % 3), 7 * (i / 3), 0));
            for (int j = 0; j < i; j++) {
                double distance = places.get("n" + i).distanceM(places.get("n" + j));
                rows.add(new Row("n" + i, "n" + j, distance, -50 - distance + (i * j) % 3, Double.NaN, Double.NaN));
            }
        }
        MeasuredLinks links = new MeasuredLinks(rows, 0, places, List.of());

        List<String> lines =
                new LinkPrediction(links, LinkFit.of(rows, places).orElseThrow(), DeliveryFit.of(rows), 2).csv();

        assertTrue(lines.contains("n1,n0,10.000,-60.00,0.00,1"), lines::toString);
        assertTrue(lines.contains("n0,n1,10.000,-60.00,2.83,0"), lines::toString);
    }

    @Test
    void without_a_share_delivered_there_is_no_column_of_it() {
        List<String> lines = prediction(false).csv();

        assertEquals("from,to,distance_m,rssi_dbm,error_db,measured", lines.get(0));
        assertEquals("n0,n1,10.000,-70.00,0.00,1", lines.get(1));
    }
}
