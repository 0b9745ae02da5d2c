package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.spec.DeviceSpec;
import io.thicket.drivers.spec.SpecException;
import io.thicket.drivers.spec.SpecReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The built-in specifications. What must be known of all of them is in an index that the build makes, one line for each
 * device: id, file, baud, format, DTR, RTS, whether it is asked, title, with tabs between. The files are read one by one,
 * when a device is opened.
 */
public final class SpecIndex {
    private static final String FOLDER = "/io/thicket/drivers/spec/";
    private static final String INDEX = "index";
    private static final int COLUMNS = 8;

    private SpecIndex() {}

    /** All built-in devices with a specification, by id. */
    static List<DeviceDriver> drivers() {
        List<DeviceDriver> drivers = new ArrayList<>();
        Map<String, SpecFile> files = new HashMap<>();
        for (String line : resource(INDEX).split("\n")) {
            if (!line.isEmpty()) {
                String[] columns = line.split("\t", COLUMNS);
                drivers.add(driver(columns, files.computeIfAbsent(columns[1], SpecFile::new)));
            }
        }
        return drivers;
    }

    /** A file of the catalogue, which is read once, however many of its devices are opened (or twice by two threads, to the same). */
    private static final class SpecFile implements Supplier<DeviceSpec> {
        private final String name;
        private @Nullable DeviceSpec spec;

        SpecFile(String name) {
            this.name = name;
        }

        @Override
        public DeviceSpec get() {
            DeviceSpec known = spec;
            if (known == null) {
                known = read(name);
                spec = known;
            }
            return known;
        }
    }

    private static SpecDriver driver(String[] columns, SpecFile file) {
        LineParameters.Parity parity =
                switch (columns[3].charAt(1)) {
                    case 'E' -> LineParameters.Parity.EVEN;
                    case 'O' -> LineParameters.Parity.ODD;
                    default -> LineParameters.Parity.NONE;
                };
        LineParameters line = new LineParameters(
                Integer.parseInt(columns[2]),
                columns[3].charAt(0) - '0',
                parity,
                columns[3].charAt(2) - '0',
                columns[4].equals("1"),
                columns[5].equals("1"));
        DriverDescriptor descriptor = new DriverDescriptor(
                columns[0], columns[7], line, SpecDriver.options(SpecDriver.Asks.valueOf(columns[6])));
        return new SpecDriver(descriptor, file);
    }

    private static DeviceSpec read(String file) {
        try {
            return SpecReader.read(resource(file));
        } catch (SpecException e) {
            // The build has read it.
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /** The lines of the index for one specification file, by id. */
    public static SortedMap<String, String> lines(String file, DeviceSpec spec) {
        TreeMap<String, String> lines = new TreeMap<>();
        LineParameters line = spec.line();
        for (DeviceSpec.Model model : spec.models()) {
            String format = "" + line.dataBits() + line.parity().name().charAt(0) + line.stopBits();
            lines.put(
                    model.id(),
                    String.join(
                            "\t",
                            model.id(),
                            file,
                            Integer.toString(line.baud()),
                            format,
                            line.dtr() ? "1" : "0",
                            line.rts() ? "1" : "0",
                            SpecDriver.Asks.of(spec.poll()).name(),
                            model.title()));
        }
        return lines;
    }

    /** The text of a built-in specification file. */
    static String resource(String file) {
        try (InputStream in = SpecIndex.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new AssertionError("the package lacks " + FOLDER + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
