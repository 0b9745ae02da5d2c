package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.PolledSession;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static byte[] telegram(String body) {
        String text = "/ISK5\\2MT382\r\n\r\n" + body + "!";
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int crc = Checksum.CRC16_ARC.over(bytes, 0, bytes.length);
        return (text + String.format("%04X\r\n", crc)).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void a_dutch_meter_gives_energy_power_and_gas() {
        Decoded meter = Decoded.by("dsmr.p1").feed(0, telegram("""
                                0-0:96.1.1(4B384547303034303436333935353037)
                                1-0:1.8.1(000004.426*kWh)
                                1-0:2.8.2(000000.000*kWh)
                                0-0:96.14.0(0002)
                                1-0:1.7.0(00.244*kW)
                                0-0:96.7.21(00013)
                                1-0:99.97.0(0)(0-0:96.7.19)
                                1-0:32.7.0(0230.0*V)
                                1-0:31.7.0(0.48*A)
                                0-1:24.1.0(003)
                                0-1:96.1.0(3232323241424344313233343536373839)
                                0-1:24.2.1(170102161005W)(00000.107*m3)
                                0-2:24.1.0(003)
                                0-2:96.1.0()
                                """.replace("\n", "\r\n")));

        assertEquals(
                List.of("energy_import_t1=1.59336E7 J, energy_export_t2=0.0 J, tariff=2.0, power_import=244.0 W,"
                        + " failures=13.0 count, voltage_l1=230.0 V, current_l1=0.48 A, gas_1=0.107 m3"),
                meter.lines());
    }

    @Test
    void a_belgian_meter_gives_its_peak_and_no_reading_of_a_meter_that_was_never_read() {
        Decoded meter = Decoded.by("dsmr.p1").feed(0, telegram("""
                                1-0:1.6.0(200509134558S)(02.589*kW)
                                0-0:98.1.0(3)(1-0:1.6.0)(1-0:1.6.0)(200501000000S)(200423192538S)(03.695*kW)
                                0-1:24.1.0(003)
                                0-1:24.2.3(200512134558S)(00112.384*m3)
                                0-2:24.1.0(007)
                                0-2:24.2.1(700101010000W)(00000000)
                                """.replace("\n", "\r\n")));

        assertEquals(List.of("power_peak=2589.0 W, gas_1=112.384 m3"), meter.lines());
    }

    @Test
    void an_old_meter_gives_gas_on_two_lines() {
        Decoded meter = Decoded.by("dsmr.p1v2")
                .text("/ISK5\\2MT382-1004\r\n\r\n1-0:1.8.1(00001.001*kWh)\r\n0-1:24.1.0(3)\r\n"
                        + "0-1:24.3.0(161107190000)(00)(60)(1)(0-1:24.2.1)(m3)\r\n(00001.001)\r\n!\r\n");

        assertEquals(List.of("energy_import_t1=3603600.0 J, gas_1=1.001 m3"), meter.lines());
    }

    @Test
    void a_number_that_is_none_spoils_the_telegram() {
        Decoded meter = Decoded.by("dsmr.p1v2").text("/X\r\n\r\n1-0:1.8.1(0000!.001*kWh)\r\n!\r\n");

        assertEquals(List.of(), meter.lines());
        assertEquals(1, meter.counts().malformed());
    }

    @Test
    void units_of_other_countries_are_known() {
        Decoded meter = Decoded.by("dsmr.p1")
                .feed(
                        0,
                        telegram(
                                "1-0:3.8.0(000000747*varh)\r\n1-0:4.8.0(00001.5*kVArh)\r\n1-0:4.7.0(000000166*var)\r\n"));

        assertEquals(
                List.of(
                        "reactive_import=2689200.0 vars, reactive_export=5400000.0 vars, reactive_power_export=166.0 var"),
                meter.lines());
    }

    /** A list response with one meter reading, as SML meters send it. */
    private static byte[] smlFile() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String entry = "77 07 01 00 01 08 00 FF 64 00 01 82 01 62 1E 52 FF 56 00 08 D1 EB 1D 01"
                + "77 07 01 00 10 07 00 FF 01 01 62 1B 52 FF 55 FF FF FF 76 01"
                + "77 07 81 81 C7 82 03 FF 01 01 01 01 04 49 53 4B 01";
        body.writeBytes(
                Bytes.parse("76 03 00 01 62 00 62 00 72 63 07 01 77 01 03 0A 0B 01 01 73" + entry + "01 01 63 00 00 00")
                        .toArray());
        return body.toByteArray();
    }

    @Test
    void an_sml_meter_gives_energy_and_signed_power() {
        byte[] body = smlFile();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Bytes.parse("1B 1B 1B 1B 01 01 01 01").toArray());
        out.writeBytes(body);
        int fill = (4 - body.length % 4) % 4;
        out.writeBytes(new byte[fill]);
        out.writeBytes(Bytes.parse("1B 1B 1B 1B 1A").toArray());
        out.write(fill);
        int crc = Checksum.CRC16_X25.over(out.toByteArray(), 0, out.size());
        out.write(crc & 0xFF);
        out.write(crc >> 8);

        Decoded meter = Decoded.by("sml.meter").feed(0, out.toByteArray());

        // 0x08D1EB1D tenths of a watt hour; 0xFFFFFF76 tenths of a watt.
        assertEquals(List.of("energy_import=5.327097876E10 J, power=-13.8 W"), meter.lines());
    }

    @Test
    void a_water_meter_on_mbus_gives_its_volume() {
        Decoded meter = Decoded.by("mbus.meter")
                .hex(
                        0,
                        "68 3C 3C 68 08 08 72 78 03 49 11 77 04 0E 16 29 00 00 00 0C 78 78 03 49 11 04 13 31 D4 00 00 42 6C 00"
                                + " 00 44 13 00 00 00 00 04 6D 1D 0D 98 11 02 27 00 00 09 FD 0E 02 09 FD 0F 06 0F 00 00 8F 13 E8 16");

        assertEquals(
                List.of(
                        "volume=54.321 m3, volume_s1=0.0 m3, time=2012-01-24T13:29:00, operating_time=0.0 s, firmware=2.0,"
                                + " software=6.0"),
                meter.lines());
    }

    @Test
    void a_meter_on_mbus_is_asked_by_its_address() {
        PolledSession session =
                (PolledSession) DriverCatalogue.find("mbus.meter").orElseThrow().open(Map.of("address", "8"));
        session.reset();

        assertEquals(
                "10 40 08 48 16", Bytes.copyOf(session.poll(session.waitMs(0))).toString());
        session.onSent(0);
        session.onBytes(50, new byte[] {(byte) 0xE5}, 0, 1, (at, values) -> {});
        assertEquals(
                "10 7B 08 83 16",
                Bytes.copyOf(session.poll(50 + session.waitMs(50))).toString());
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> DriverCatalogue.find("mbus.meter").orElseThrow().open(Map.of("address", "251")));
        assertTrue(refused.getMessage().contains("'251' is not 0 to 250"), refused.getMessage());
    }
}
