package io.thicket.drivers.bench;

import com.sun.management.OperatingSystemMXBean;
import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.catalogue.DriverCatalogue;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * What it costs to read the whole catalogue, once, in a program that has just begun: CPU time of the process, compiler and
 * collector included. A node reads only the devices that it has; {@code thicket driver list} reads an index.
 */
public final class CatalogueCost {
    private CatalogueCost() {}

    /** No arguments. */
    public static void main(String[] arguments) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long beforeNs = system.getProcessCpuTime();
        int drivers = DriverCatalogue.all().size();
        long listedNs = system.getProcessCpuTime();
        int opened = 0;
        for (DeviceDriver driver : DriverCatalogue.all()) {
            try {
                driver.open(Map.of());
                opened++;
            } catch (IllegalArgumentException e) {
                // It needs options, and has no file.
            }
        }
        long openedNs = system.getProcessCpuTime();
        System.out.printf(
                "%d drivers listed in %d ms of CPU; %d opened in %d ms more%n",
                drivers, (listedNs - beforeNs) / 1_000_000, opened, (openedNs - listedNs) / 1_000_000);
    }
}
