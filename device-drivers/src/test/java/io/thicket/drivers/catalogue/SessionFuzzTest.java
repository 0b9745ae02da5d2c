package io.thicket.drivers.catalogue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.PolledSession;
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
        feed("mbus.meter", Map.of("key", "00112233445566778899AABBCCDDEEFF"), data);
    }

    @FuzzTest(maxDuration = "10m")
    void enocean(byte[] data) {
        feed("enocean.esp3", Map.of("devices", "hall:0181B744:A5-02-05,door:01020304:D5-00-01"), data);
    }

    @FuzzTest(maxDuration = "10m")
    void onewire(byte[] data) {
        feed("onewire.ds2480b", Map.of(), data);
    }

    @FuzzTest(maxDuration = "10m")
    void readout(byte[] data) {
        feed("iec62056.meter", Map.of(), data);
    }

    @FuzzTest(maxDuration = "10m")
    void sdi12(byte[] data) {
        feed("sdi12.sensors", Map.of("sensors", "0=a:Cel,-,b;1MC=c;2C=d;3CC1=e"), data);
    }

    /** What is answered to sessions that ask is anything; they must neither fail nor stop asking. The first byte says which. */
    @FuzzTest(maxDuration = "10m")
    void dialogues(byte[] data) {
        if (data.length == 0) {
            return;
        }
        List<PolledSession> sessions = List.of(
                asking("onewire.ds2480b", Map.of()),
                asking("onewire.ds2480b", Map.of("devices", "hall:28FFFCD0001703AE")),
                asking("iec62056.meter", Map.of()),
                asking("sdi12.sensors", Map.of("sensors", "0=a;1MC=b,c;2CC=d")),
                asking("sdi12.sensors", Map.of("sensors", "?=a")));
        PolledSession session = sessions.get((data[0] & 0xFF) % sessions.size());
        session.reset();
        long nowMs = 0;
        int at = 1;
        // Enough for the longest wait: a readout of ten minutes, and a round of all devices.
        int afterwards = 2000;
        while (afterwards > 0) {
            session.takeLineAction(nowMs);
            boolean asked = session.poll(nowMs) != null;
            if (asked) {
                session.onSent(nowMs);
            }
            long waitMs = session.waitMs(nowMs);
            if (waitMs < 0 || waitMs > 24 * 3_600_000L) {
                throw new AssertionError(waitMs + " ms");
            }
            if (at < data.length) {
                int length = Math.min(data.length - at, 1 + (data[at] & 0x1F));
                session.onBytes(nowMs, data, at, length, (arrived, observations) -> {});
                at += length;
                // Now and then nothing comes until it is given up.
                nowMs += length == 7 ? waitMs : 1;
            } else if (asked && afterwards < 1900) {
                return;
            } else {
                afterwards--;
                nowMs += Math.max(1, waitMs);
            }
        }
        throw new AssertionError("asks no more: " + session.counts());
    }

    private static PolledSession asking(String id, Map<String, String> options) {
        return (PolledSession) DriverCatalogue.find(id).orElseThrow().open(options);
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
