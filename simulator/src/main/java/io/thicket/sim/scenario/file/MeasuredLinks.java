package io.thicket.sim.scenario.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measurements of links, as tables have them: {@code from,to} (or {@code tx,rx}, {@code node,neighbour}) and what is there of distance, signal, SNR or noise, and share
 * delivered. Distances come from their column, or from a table of places.
 *
 * @param rows one for each direction that was measured
 * @param skipped rows without anything to fit, or not of the wanted kind
 * @param places where nodes are, by their names; empty without a table of them
 * @param pairDistancesM of all pairs of nodes with a place, measured or not, ascending; empty without places
 * @param unmatched for people: why a column or the table of places is of no use for any row; empty if each is of some
 */
public record MeasuredLinks(
        List<Row> rows, int skipped, Map<String, Place> places, List<Double> pairDistancesM, List<String> unmatched) {
    private static final double EARTH_M = 6_371_000;

    /** More places than these have too many pairs. */
    private static final int MAX_PLACES = 3_000;

    /**
     * One direction. What is not known is NaN.
     *
     * @param delivered share, 0 to 1
     */
    public record Row(String from, String to, double distanceM, double rssiDbm, double snrDb, double delivered) {}

    /** Metres from some origin. */
    public record Place(double xM, double yM, double zM) {
        /** Metres, straight. */
        public double distanceM(Place other) {
            return Math.sqrt(Math.pow(xM - other.xM, 2) + Math.pow(yM - other.yM, 2) + Math.pow(zM - other.zM, 2));
        }
    }

    public MeasuredLinks {
        rows = List.copyOf(rows);
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
        pairDistancesM = List.copyOf(pairDistancesM);
        unmatched = List.copyOf(unmatched);
    }

    /** Links of no file. */
    public MeasuredLinks(List<Row> rows, int skipped, Map<String, Place> places, List<Double> pairDistancesM) {
        this(rows, skipped, places, pairDistancesM, List.of());
    }

    /**
     * Reads a table. What is wrong is told with the file that it is in.
     *
     * @param nodes a table of places, or null
     * @param where values that columns must have, to take only some rows
     */
    public static MeasuredLinks read(Path links, @Nullable Path nodes, Map<String, String> where)
            throws ImportException {
        Map<String, Place> places = nodes == null ? Map.of() : read(nodes, MeasuredLinks::places);
        String name = nodes == null ? "" : read(nodes, MeasuredLinks::nameColumn);
        return read(links, csv -> of(csv, places, where, new UnmatchedLinks(links, nodes, name, csv.count())));
    }

    /** Takes a table. */
    private interface TableReader<T> {
        T read(Csv csv) throws ImportException;
    }

    private static <T> T read(Path file, TableReader<T> reader) throws ImportException {
        byte[] content = NetworkImport.content(file); // what is wrong with the file itself names it already
        try {
            return reader.read(Csv.parse(NetworkImport.text(content)));
        } catch (ImportException e) {
            throw e.of(file);
        }
    }

    private static MeasuredLinks of(
            Csv csv, Map<String, Place> places, Map<String, String> where, UnmatchedLinks unmatched)
            throws ImportException {
        String from = csv.column("from", "tx", "node");
        String to = csv.column("to", "rx", "neighbour", "neighbor");
        for (String column : where.keySet()) {
            csv.column(column);
        }
        String rssi = first(csv, "rssi_dbm", "rssi", "rssi_mean_dbm", "signal_dbm");
        String snr = first(csv, "snr_db", "snr", "mean_snr_db", "mean_snr_db_at20dbm");
        String noise = first(csv, "noise_dbm", "noise");
        String delivered = first(csv, "pdr", "pdr_mean", "olsr_lq", "lq");
        String far = first(csv, "distance_m");
        if (rssi.isEmpty() && snr.isEmpty()) {
            throw new ImportException(
                    "there is nothing to fit: no column rssi_dbm, rssi, rssi_mean_dbm, signal_dbm or snr_db");
        }
        List<Row> rows = new ArrayList<>();
        Map<String, Set<String>> others = new LinkedHashMap<>();
        boolean[] wanted = {where.isEmpty()};
        csv.forEach(row -> {
            for (Map.Entry<String, String> each : where.entrySet()) {
                String value = row.text(each.getKey());
                if (!value.equals(each.getValue())) {
                    others.computeIfAbsent(each.getKey(), none -> new LinkedHashSet<>())
                            .add(value);
                    return;
                }
            }
            wanted[0] = true;
            String one = row.text(from);
            String other = row.text(to);
            double noiseDbm = number(row, noise);
            double readDb = number(row, snr);
            double readDbm = number(row, rssi);
            double power = Double.isNaN(readDbm) ? readDb + noiseDbm : readDbm;
            double ratio = Double.isNaN(readDb) ? readDbm - noiseDbm : readDb;
            double share = number(row, delivered);
            if (share < 0 || share > 1) {
                throw new ImportException(delivered + " = " + share + " is no share of 0 to 1");
            }
            double distance = far.isEmpty() ? between(places, one, other) : number(row, far);
            if (distance < 0) {
                throw new ImportException(far + " = " + row.text(far) + " is less than 0");
            }
            boolean nobody = one.isEmpty() && other.isEmpty();
            if (!nobody && !one.equals(other) && !(Double.isNaN(power) && Double.isNaN(ratio))) {
                // What was heard from somebody unknown, or from nowhere, still tells of signals and deliveries.
                String its = one.isEmpty() ? "?" + rows.size() : one;
                String whose = other.isEmpty() ? "?" + rows.size() : other;
                rows.add(new Row(its, whose, distance > 0 ? distance : Double.NaN, power, ratio, share));
            }
        });
        List<String> told;
        if (!wanted[0] && !others.isEmpty()) {
            told = unmatched.where(where, others);
        } else if (rows.isEmpty()) {
            told = unmatched.signal(from, to, rssi, snr);
        } else {
            told = unmatched.of(rows, places, from, to, far, delivered);
        }
        return new MeasuredLinks(rows, csv.count() - rows.size(), places, pairs(places), told);
    }

    private static String first(Csv csv, String... names) {
        for (String name : names) {
            if (csv.has(name)) {
                return name;
            }
        }
        return "";
    }

    private static double number(Csv.Row row, String column) throws ImportException {
        return column.isEmpty() ? Double.NaN : row.number(column).orElse(Double.NaN);
    }

    private static String nameColumn(Csv csv) throws ImportException {
        return csv.column("name", "id", "node");
    }

    /** Metres, three of them; of degrees, on a plane that touches the earth at the first place. */
    private static Map<String, Place> places(Csv csv) throws ImportException {
        String name = nameColumn(csv);
        PlaceColumns columns = PlaceColumns.of(csv);
        String z = first(csv, "z", "z_m");
        Map<String, Place> places = new LinkedHashMap<>();
        double[] origin = {Double.NaN, Double.NaN};
        csv.forEach(row -> {
            double[] place = {number(row, columns.x()), number(row, columns.y()), z.isEmpty() ? 0 : number(row, z)};
            if (Double.isNaN(place[0] + place[1])) {
                return;
            }
            if (columns.degrees()) {
                if (Double.isNaN(origin[0])) {
                    origin[0] = place[0];
                    origin[1] = Math.toRadians(place[1]);
                }
                place[0] = Math.toRadians(Longitudes.near(origin[0], place[0])) * EARTH_M * Math.cos(origin[1]);
                place[1] = Math.toRadians(place[1]) * EARTH_M;
            }
            double height = Double.isNaN(place[2]) ? 0 : place[2];
            String node = row.requiredText(name);
            if (places.putIfAbsent(node, new Place(place[0], place[1], height)) != null) {
                throw new ImportException("node '" + node + "' is there twice");
            }
        });
        if (places.size() > MAX_PLACES) {
            throw new ImportException(places.size() + " places where " + MAX_PLACES + " are possible");
        }
        return places;
    }

    private static double between(Map<String, Place> places, String one, String other) {
        Place a = places.get(one);
        Place b = places.get(other);
        return a == null || b == null ? Double.NaN : a.distanceM(b);
    }

    private static List<Double> pairs(Map<String, Place> places) {
        List<Place> all = List.copyOf(places.values());
        List<Double> distances = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                distances.add(all.get(i).distanceM(all.get(j)));
            }
        }
        distances.sort(null);
        return distances;
    }
}
