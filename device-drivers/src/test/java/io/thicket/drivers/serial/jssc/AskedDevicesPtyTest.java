package io.thicket.drivers.serial.jssc;

import static io.thicket.drivers.serial.jssc.PtyPair.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.onewire.SimulatedAdapter;
import io.thicket.drivers.sdi12.SimulatedSensors;
import io.thicket.drivers.serial.PortConfig;
import io.thicket.drivers.serial.PortListener;
import io.thicket.drivers.serial.PortStatus;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.PortWorker;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that are asked in dialogue, over real pseudo terminals with the real library. */
class AskedDevicesPtyTest {
    @TempDir
    Path directory;

    private final List<String> readings = new CopyOnWriteArrayList<>();

    @BeforeEach
    void needPty() {
        PtyPair.assumeUsable();
    }

    /** Runs a driver against a device that answers each byte, until so many values came. */
    private void read(String driver, Map<String, String> options, IntFunction<byte[]> device, int values)
            throws IOException {
        Path locks = Files.createDirectories(directory.resolve("locks"));
        DriverDescriptor descriptor = DriverCatalogue.find(driver).orElseThrow().descriptor();
        PortListener listener = new PortListener() {
            @Override
            public void observed(long arrivedAtNanos, List<Observation> observations) {
                observations.forEach(each -> readings.add(
                        each.name() + "=" + ((Observation.Value.Numeric) each.value()).value() + " " + each.unit()));
            }

            @Override
            public void portChanged(PortStatus status) {}
        };
        try (PtyPair pty = PtyPair.open(directory.resolve("host"), directory.resolve("device"));
                InputStream in = new FileInputStream(pty.device().toFile());
                OutputStream out = new FileOutputStream(pty.device().toFile());
                PortWorker worker = new PortWorker(
                        "test",
                        PortConfig.of(directory.resolve("host").toString(), descriptor.line()),
                        DriverCatalogue.find(driver).orElseThrow().open(options),
                        listener,
                        JsscTransport::open,
                        new PortSystem(Path.of("/dev"), Path.of("/sys"), locks),
                        new SplittableRandom(1))) {
            Thread answering = new Thread(() -> {
                try {
                    for (int b = in.read(); b >= 0; b = in.read()) {
                        out.write(device.apply(b));
                    }
                } catch (IOException e) {
                    // The terminal was closed.
                }
            });
            answering.setDaemon(true);
            answering.start();
            worker.start();
            await(values + " values instead of " + readings + ", " + worker.status(), () -> readings.size() >= values);
        }
    }

    @Test
    void thermometers_behind_a_ds2480b() throws IOException {
        SimulatedAdapter adapter = new SimulatedAdapter();
        adapter.devices.add(new SimulatedAdapter.Thermometer(new int[] {0x28, 0xFF, 0xFC, 0xD0, 0, 0x17, 3}, 25.75));
        adapter.devices.add(new SimulatedAdapter.Thermometer(new int[] {0x28, 0xE3, 0xFC, 0xD0, 0, 0x17, 3}, -3.5));

        read("onewire.ds2480b", Map.of(), adapter::tell, 2);

        assertEquals(
                List.of("28e3fcd000170388.temperature=-3.5 Cel", "28fffcd0001703ae.temperature=25.75 Cel"),
                readings.stream().sorted().toList());
    }

    @Test
    void a_meter_of_iec_62056_21() throws IOException {
        StringBuilder asked = new StringBuilder();
        byte[] data = "\u00021.8.0(0032826.545*kWh)\r\n!\r\n\u0003?".getBytes(StandardCharsets.US_ASCII);
        data[data.length - 1] = (byte) Checksum.XOR8.over(data, 1, data.length - 1);

        read(
                "iec62056.meter",
                Map.of(),
                b -> {
                    asked.append((char) b);
                    if (asked.toString().endsWith("/?!\r\n")) {
                        return "/ISK5ME162-0033\r\n".getBytes(StandardCharsets.US_ASCII);
                    }
                    return asked.toString().endsWith("\u0006050\r\n") ? data : new byte[0];
                },
                1);

        assertEquals(List.of("energy_import=1.18175562E11 J"), readings);
    }

    @Test
    void sensors_of_an_sdi_12_line() throws IOException {
        SimulatedSensors sensors = new SimulatedSensors();
        sensors.values.put('0', new String[] {"+21.5-0.25", "+101.3"});
        sensors.values.put('1', new String[] {"+3.14"});
        sensors.echoes = true;

        read(
                "sdi12.sensors",
                Map.of("sensors", "0=temp:Cel,offset:Cel,p:hPa;1MC=level:m"),
                b -> sensors.tell(b).getBytes(StandardCharsets.US_ASCII),
                4);

        assertEquals(List.of("temp=21.5 Cel", "offset=-0.25 Cel", "p=10130.0 Pa", "level=3.14 m"), readings);
    }
}
