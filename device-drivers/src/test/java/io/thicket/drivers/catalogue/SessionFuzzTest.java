package io.thicket.drivers.catalogue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.thicket.drivers.DeviceSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Every framer and decoder on hostile bytes: no exception, bounded counts, and the cutting into reads does not matter. */
class SessionFuzzTest {
    static void feed(String id, Map<String, String> options, byte[] data) {
        DeviceSession whole = DriverCatalogue.find(id).orElseThrow().open(options);
        DeviceSession pieces = DriverCatalogue.find(id).orElseThrow().open(options);
        whole.onBytes(0, data, 0, data.length, (at, observations) -> {});
        Random random = new Random(data.length);
        int at = 0;
        while (at < data.length) {
            int length = Math.min(data.length - at, 1 + random.nextInt(7));
            pieces.onBytes(0, data, at, length, (arrived, observations) -> {});
            at += length;
        }
        if (!whole.counts().equals(pieces.counts())) {
            throw new AssertionError(whole.counts() + " " + pieces.counts());
        }
    }

    @FuzzTest(maxDuration = "10m")
    void plantower(byte[] data) {
        feed("plantower.pms5003t", Map.of(), data);
    }

    @FuzzTest(maxDuration = "10m")
    void nmea(byte[] data) {
        feed("nmea0183", Map.of(), data);
    }

    @FuzzTest(maxDuration = "10m")
    void keyvalue(byte[] data) {
        feed("text.keyvalue", Map.of("units", "temp:Cel"), data);
    }

    @FuzzTest(maxDuration = "10m")
    void csv(byte[] data) {
        feed("text.csv", Map.of("columns", "a:hPa,b,-"), data);
    }

    @FuzzTest(maxDuration = "10m")
    void regex(byte[] data) {
        feed("text.regex", Map.of("pattern", "^(a+)+ (b|bb)*([0-9]+)", "columns", "a,b,c"), data);
    }

    @FuzzTest(maxDuration = "10m")
    void json(byte[] data) {
        feed("text.json", Map.of("units", "a:mV"), data);
    }

    @FuzzTest(maxDuration = "10m")
    void modbus(byte[] data) {
        feed("eastron.sdm630", Map.of(), data);
    }

    @FuzzTest(maxDuration = "10m")
    void telegram(byte[] data) {
        feed("dsmr.p1v2", Map.of(), data);
        feed("dsmr.p1", Map.of(), data);
    }

    @FuzzTest(maxDuration = "10m")
    void sml(byte[] data) {
        feed("sml.meter", Map.of(), data);
    }

    @FuzzTest(maxDuration = "10m")
    void mbus(byte[] data) {
        feed("mbus.meter", Map.of(), data);
    }

    @FuzzTest(maxDuration = "10m")
    void enocean(byte[] data) {
        feed("enocean.esp3", Map.of("devices", "hall:0181B744:A5-02-05,door:01020304:D5-00-01"), data);
    }

    /** All specifications at once: the first byte says which. */
    @FuzzTest(maxDuration = "10m")
    void specifications(byte[] data) {
        if (data.length > 0) {
            List<String> ids = DriverCatalogue.all().stream()
                    .filter(SpecDriver.class::isInstance)
                    .map(driver -> driver.descriptor().id())
                    .toList();
            feed(ids.get((data[0] & 0xFF) % ids.size()), Map.of(), Arrays.copyOfRange(data, 1, data.length));
        }
    }
}
