package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import java.util.List;

/** Links between places, and which of them have their ends near those of another one, whichever way round. */
final class Neighbourhood {
    private static final int ITSELF = -1;

    private final List<Place> places;
    private final double[][] apart;
    private final int[] one;
    private final int[] other;
    private final int most;

    /** For links between {@code places}, of which {@code most} are near another one. */
    Neighbourhood(List<Place> places, List<PairSums.Observation> links, int most) {
        this.places = places;
        this.most = most;
        apart = places.stream().map(this::distances).toArray(double[][]::new);
        one = links.stream().mapToInt(PairSums.Observation::one).toArray();
        other = links.stream().mapToInt(PairSums.Observation::other).toArray();
    }

    private double[] distances(Place from) {
        return places.stream().mapToDouble(from::distanceM).toArray();
    }

    /** The distance of the two places that are farthest apart, m. */
    double widestM() {
        double widest = 0;
        for (double[] row : apart) {
            for (double each : row) {
                widest = Math.max(widest, each);
            }
        }
        return widest;
    }

    /** Those near a link, without it. */
    Near near(int link) {
        return near(apart[one[link]], apart[other[link]], apart[one[link]][other[link]], link);
    }

    /** Those near a link between any two places. */
    Near near(Place from, Place to) {
        return near(distances(from), distances(to), from.distanceM(to), ITSELF);
    }

    /** By the sum of the distances of their ends: the less, the more they are alike, but for what the other way round adds. */
    private Near near(double[] from, double[] to, double lengthM, int without) {
        int count = Math.min(most, one.length - (without == ITSELF ? 0 : 1));
        int[] links = new int[count];
        double[] sums = new double[count];
        int found = 0;
        for (int link = 0; link < one.length; link++) {
            double sum = Math.min(from[one[link]] + to[other[link]], from[other[link]] + to[one[link]]);
            if (link == without || count == 0 || (found == count && sum >= sums[count - 1])) {
                continue;
            }
            int at = found < count ? found++ : count - 1;
            while (at > 0 && sums[at - 1] > sum) {
                sums[at] = sums[at - 1];
                links[at] = links[at - 1];
                at--;
            }
            sums[at] = sum;
            links[at] = link;
        }
        return new Near(links, from, to, lengthM);
    }

    /** The links near one, the nearest first, how far its ends are from all places, and from each other. */
    static final class Near {
        private final int[] links;
        private final double[] from;
        private final double[] to;
        private final double lengthM;

        private Near(int[] links, double[] from, double[] to, double lengthM) {
            this.links = links;
            this.from = from;
            this.to = to;
            this.lengthM = lengthM;
        }

        /** Not to be changed. */
        int[] links() {
            return links;
        }
    }

    /** How much links are alike if places are alike by exp(-distance / decorrelationM). */
    Likeness likeness(double decorrelationM) {
        return new Likeness(decorrelationM);
    }

    /** For one distance. */
    final class Likeness {
        private final double decorrelationM;
        private final double[][] places;
        private final double[] own;

        private Likeness(double decorrelationM) {
            this.decorrelationM = decorrelationM;
            places = new double[apart.length][];
            for (int i = 0; i < places.length; i++) {
                places[i] = ofPlaces(apart[i]);
            }
            own = new double[one.length];
            for (int link = 0; link < own.length; link++) {
                own[link] = own(places[one[link]][other[link]]);
            }
        }

        private double[] ofPlaces(double[] distances) {
            double[] alike = new double[distances.length];
            for (int i = 0; i < alike.length; i++) {
                alike[i] = ofPlaces(distances[i]);
            }
            return alike;
        }

        private double ofPlaces(double distanceM) {
            return StrictMath.exp(-distanceM / decorrelationM);
        }

        /** What a link is divided by, so that it has 1 with itself. */
        private double own(double ofEnds) {
            return Math.sqrt(1 + ofEnds * ofEnds);
        }

        /** How much the links near one are alike, a row for each with those before it, and a last row of the one itself with all; 0 to 1. */
        double[][] of(Near near) {
            int[] links = near.links();
            double[][] rows = new double[links.length + 1][];
            for (int i = 0; i < links.length; i++) {
                rows[i] = row(places[one[links[i]]], places[other[links[i]]], own[links[i]], links, i);
            }
            rows[links.length] =
                    row(ofPlaces(near.from), ofPlaces(near.to), own(ofPlaces(near.lengthM)), links, links.length);
            return rows;
        }

        private double[] row(double[] from, double[] to, double its, int[] links, int count) {
            double[] row = new double[count];
            for (int j = 0; j < count; j++) {
                int k = one[links[j]];
                int l = other[links[j]];
                row[j] = (from[k] * to[l] + from[l] * to[k]) / (its * own[links[j]]);
            }
            return row;
        }
    }
}
