package io.thicket.drivers.enocean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnOceanTest {
    private static final byte[] HALL = Bytes.parse(
                    "55 00 0A 07 01 EB A5 00 00 55 08 01 81 B7 44 00 01 FF FF FF FF 2D 00 75")
            .toArray();

    private final DeviceSession session =
            open("hall:0181B744:A5-02-05, attic:0180F5BC:a5-04-01, door:01020304:D5-00-01");
    private final List<String> readings = new ArrayList<>();

    private static DeviceSession open(String devices) {
        return DriverCatalogue.find("enocean.esp3").orElseThrow().open(Map.of("devices", devices));
    }

    private void feed(long nowMs, byte[] bytes) {
        session.onBytes(nowMs, bytes, 0, bytes.length, (at, values) -> {
            for (Observation each : values) {
                Object value = each.value() instanceof Observation.Value.Numeric number
                        ? number.value()
                        : ((Observation.Value.Flag) each.value()).value();
                readings.add(each.name() + "=" + value + (each.unit() == null ? "" : " " + each.unit()));
            }
        });
    }

    /** A radio packet without optional data, with its checks. */
    private static byte[] packet(String data) {
        byte[] body = Bytes.parse(data).toArray();
        byte[] packet = new byte[Esp3Framer.HEADER + body.length + 1];
        packet[0] = 0x55;
        packet[2] = (byte) body.length;
        packet[4] = 1;
        packet[5] = (byte) Checksum.CRC8.over(packet, 1, 5);
        System.arraycopy(body, 0, packet, Esp3Framer.HEADER, body.length);
        packet[packet.length - 1] = (byte) Checksum.CRC8.over(packet, Esp3Framer.HEADER, packet.length - 1);
        return packet;
    }

    @Test
    void a_temperature_by_its_profile() {
        feed(0, HALL);

        assertEquals(List.of("hall.temperature=26.67 Cel", "hall.rssi=-75.0 dBW"), readings);
    }

    @Test
    void a_packet_of_another_sender() {
        DeviceSession other = open("cellar:0180F5BC:A5-02-05");
        byte[] packet = Bytes.parse("55 00 0A 07 01 EB A5 00 00 54 08 01 80 F5 BC 00 01 FF FF FF FF 2E 00 41")
                .toArray();
        List<Observation> said = new ArrayList<>();
        other.onBytes(0, packet, 0, packet.length, (at, values) -> said.addAll(values));

        assertEquals(
                List.of(
                        Observation.good("cellar.temperature", 26.82, "Cel"),
                        Observation.good("cellar.rssi", -76, "dBW")),
                said);
    }

    @Test
    void humidity_and_a_contact() {
        feed(0, packet("A5 00 7D 7D 0A 01 80 F5 BC 00"));
        feed(1, packet("A5 00 7D 7D 08 01 80 F5 BC 00"));
        feed(2, packet("D5 09 01 02 03 04 00"));
        feed(3, packet("D5 08 01 02 03 04 00"));

        assertEquals(
                List.of(
                        "attic.humidity=50.0 %RH",
                        "attic.temperature=20.0 Cel",
                        "attic.humidity=50.0 %RH",
                        "door.closed=true",
                        "door.closed=false"),
                readings);
    }

    @Test
    void a_telegram_that_makes_a_device_known_and_strangers_have_no_value() {
        feed(0, packet("A5 00 00 55 00 01 81 B7 44 00"));
        feed(1, packet("A5 00 00 55 08 01 81 B7 45 00"));
        feed(2, packet("F6 30 01 81 B7 44 30"));

        assertEquals(List.of(), readings);
        assertEquals(3, session.counts().noValue());
    }

    @Test
    void copies_by_repeaters_are_passed_over() {
        feed(0, HALL);
        feed(40, HALL);
        feed(99, HALL);
        feed(1_000, HALL);

        assertEquals(2, session.counts().good());
        assertEquals(0, session.counts().noValue());
    }

    @Test
    void each_flipped_bit_is_refused_and_the_next_packet_found() {
        for (int bit = 0; bit < 8 * HALL.length; bit++) {
            DeviceSession one = open("hall:0181B744:A5-02-05");
            byte[] damaged = HALL.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            List<Long> arrivals = new ArrayList<>();
            one.onBytes(0, damaged, 0, damaged.length, (at, values) -> arrivals.add(at));
            one.onBytes(1_000, HALL, 0, HALL.length, (at, values) -> arrivals.add(at));

            assertEquals(List.of(1_000L), arrivals, "bit " + bit);
        }
    }

    @Test
    void a_packet_behind_noise_with_a_sync_byte_is_found() {
        for (int noise = 0; noise < 0x10000; noise += 7) {
            DeviceSession one = open("hall:0181B744:A5-02-05");
            byte[] before = {0x55, (byte) noise, (byte) (noise >> 8), 0x55};
            one.onBytes(0, before, 0, before.length, (at, values) -> {});
            one.onBytes(0, HALL, 0, HALL.length, (at, values) -> {});
            one.onSilence(10_000, (at, values) -> {});

            assertEquals(1, one.counts().good(), "noise " + noise);
        }
    }

    @Test
    void what_is_wrong_in_the_option_is_said() {
        for (String devices :
                List.of("", "hall", "hall:xyz:A5-02-05", "hall:0181B744:A5-99-99", "h h:0181B744:A5-02-05")) {
            assertThrows(IllegalArgumentException.class, () -> open(devices), devices);
        }
        String twice = assertThrows(
                        IllegalArgumentException.class, () -> open("a:0181B744:A5-02-05,b:0181b744:A5-02-06"))
                .getMessage();
        assertEquals("option devices: sender 0181b744 is there twice", twice);
        assertTrue(RadioDecoder.profiles().contains("D5-00-01"));
    }
}
