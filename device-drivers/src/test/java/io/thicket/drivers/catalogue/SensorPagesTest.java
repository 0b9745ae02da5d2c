package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.spec.DeviceSpec;
import io.thicket.drivers.spec.RegisterPage;
import io.thicket.drivers.spec.SensorPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages in {@code docs/sensors} are what the specifications say; {@code -Dgolden.update} writes them anew. */
class SensorPagesTest {
    private static final Path PAGES =
            Path.of(System.getProperty("thicket.root", ".")).resolve("docs/sensors");

    private static TreeMap<String, String> pages() {
        TreeMap<String, String> pages = new TreeMap<>();
        StringBuilder list = new StringBuilder("# Sensors with a specification\n\n"
                + "Made from the files in `device-drivers/src/main/resources/io/thicket/drivers/spec`. What is common to all:"
                + " [sensors.md](../sensors.md).\n\n");
        for (SpecDriver driver : SpecCatalogueTest.drivers()) {
            DeviceSpec spec = driver.spec();
            String file = spec.models().get(0).id() + ".md";
            pages.put(file, SensorPage.markdown(spec));
            list.append("* [`")
                    .append(driver.descriptor().id())
                    .append("`](")
                    .append(file)
                    .append("): ");
            list.append(driver.descriptor().title()).append('\n');
        }
        list.append("\nModbus devices, from `device-drivers/src/main/resources/io/thicket/drivers/modbus`;"
                + " [what is common](../sensors.md#modbus-rtu):\n\n");
        ModbusDriverTest.builtIn().forEach(driver -> {
            String id = driver.descriptor().id();
            pages.put(id + ".md", RegisterPage.markdown(driver.map(Map.of())));
            list.append(
                    "* [`" + id + "`](" + id + ".md): " + driver.descriptor().title() + "\n");
        });
        pages.put("README.md", list.toString());
        return pages;
    }

    @Test
    void each_page_is_what_its_specification_says() throws IOException {
        TreeMap<String, String> pages = pages();
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(PAGES);
            for (var page : pages.entrySet()) {
                Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
            }
        }
        TreeMap<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }

        assertEquals(pages.keySet(), found.keySet());
        pages.forEach((file, page) -> assertEquals(page, found.get(file), file));
        assertTrue(pages.size() > 12);
    }
}
