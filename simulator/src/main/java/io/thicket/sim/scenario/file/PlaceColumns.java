package io.thicket.sim.scenario.file;

/**
 * The columns of a table that say where a node is.
 *
 * @param degrees whether they are longitude and latitude, and not metres
 * @param x metres, or the longitude
 * @param y metres, or the latitude
 */
record PlaceColumns(boolean degrees, String x, String y) {
    private static final String[] METRES_X = {"x", "x_m"};
    private static final String[] METRES_Y = {"y", "y_m"};
    private static final String[] LATITUDE = {"lat", "latitude"};
    private static final String[] LONGITUDE = {"lon", "longitude"};

    /** Those of {@code csv}. A table with both kinds is refused: nobody but its writer knows which are right. */
    static PlaceColumns of(Csv csv) throws ImportException {
        boolean metres = csv.hasAny(METRES_X) || csv.hasAny(METRES_Y);
        boolean degrees = csv.hasAny(LATITUDE) && csv.hasAny(LONGITUDE);
        if (metres && degrees) {
            String one = csv.hasAny(METRES_X) ? csv.column(METRES_X) : csv.column(METRES_Y);
            throw csv.wrongHead("there are places in metres (" + one + ") and in degrees (" + csv.column(LATITUDE)
                    + "): take those columns out that are not meant");
        }
        return degrees
                ? new PlaceColumns(true, csv.column(LONGITUDE), csv.column(LATITUDE))
                : new PlaceColumns(false, csv.column(METRES_X), csv.column(METRES_Y));
    }
}
