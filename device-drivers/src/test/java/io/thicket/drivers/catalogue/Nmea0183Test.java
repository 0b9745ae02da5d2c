package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.drivers.FrameCounts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Nmea0183Test {
    /** The sentence with its checksum. */
    static String sentence(String body) {
        int xor = 0;
        for (byte b : body.getBytes(StandardCharsets.US_ASCII)) {
            xor ^= b;
        }
        return String.format("$%s*%02X\r\n", body, xor);
    }

    @Test
    void a_recorded_gga_gives_position_and_altitude() {
        Decoded gps = Decoded.by("nmea0183")
                .text("$GNGGA,171926.00,4404.14063,N,12118.85478,W,1,12,0.91,1147.2,M,-21.3,M,,*44\r\n");

        assertEquals(
                List.of(
                        "lat=44.0690105 lat, lon=-121.314246333 lon, altitude=1147.2 m, satellites=12.0 count, hdop=0.91,"
                                + " fix=1.0"),
                gps.lines());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GPRMC,220516,A,5133.82,N,00042.24,W,173.8,231.8,130694,004.2,W"
                        + "| lat=51.563666667 lat, lon=-0.704 lon, speed=89.410444 m/s, course=231.8 deg",
                "GNRMC,171926.00,A,4404.14063,N,12118.85478,W,0.117,,180315,,,A"
                        + "| lat=44.0690105 lat, lon=-121.314246333 lon, speed=0.06019 m/s",
                "GNGLL,4404.14066,S,12118.85481,E,171925.00,A,A| lat=-44.069011 lat, lon=121.314246833 lon",
                "GNVTG,54.7,T,34.4,M,005.5,N,010.2,K,A| course=54.7 deg, speed=2.829444 m/s",
                "GNVTG,,T,,M,,N,36.0,K| speed=10.0 m/s",
                "GNGSA,A,3,21,13,27,18,20,26,07,16,22,15,19,,1.59,0.93,1.29| pdop=1.59, hdop=0.93, vdop=1.29",
                "WIMWV,045.1,R,10.0,N,A| wind_angle=45.1 deg, wind_speed=5.144444 m/s",
                "WIMWV,045.1,T,3.6,K,A| wind_angle_true=45.1 deg, wind_speed_true=1.0 m/s",
                "SDDBT,30.9,f,9.4,M,5.1,F| depth=9.4 m",
                "SDDBT,10,f,,M,,F| depth=3.048 m",
                "SDDPT,2.4,-0.5| depth=2.4 m, depth_offset=-0.5 m",
                "YXMTW,17.75,C| water_temperature=17.75 Cel",
                "HEHDT,274.07,T| heading_true=274.07 deg",
                "APHDM,218.634,M| heading_magnetic=218.634 deg",
                "GPGGA,1,3854.5087,N,07726.4523,W,8,10,2.0,268.8,M,-33.9,M,,"
                        + "| lat=38.908478333 lat!UNCERTAIN, lon=-77.440871667 lon!UNCERTAIN,"
                        + " altitude=268.8 m!UNCERTAIN, satellites=10.0 count!UNCERTAIN, hdop=2.0!UNCERTAIN,"
                        + " fix=8.0!UNCERTAIN",
            })
    void each_kind_of_sentence_is_read(String body, String expected) {
        Decoded device = Decoded.by("nmea0183").text(sentence(body));

        assertEquals(List.of(expected), device.lines());
        assertEquals(1, device.counts().good());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPRMC,,V,,,,,,,,,,N",
                "GPRMC,125106,V,3854.5087,N,07726.4523,W,0.0,0.0,241011,10.5,W,S",
                "GPRMC,235946.005,A,8960.000000,N,00000.000000,E,0.000,0.00,050180,,,N",
                "GPGGA,235946.005,8960.000000,N,00000.000000,E,0,0,,137.000,M,13.000,M,,",
                "GPGGA,053229.438,,,,,0,00,,,M,0.0,M,,0000",
                "GPGSA,A,1,,,,,,,,,,,,,,,",
                "GPGLL,,,,,,V,N",
                "GPVTG,,T,,M,,N,,K,N",
                "WIMWV,,R,,N,V",
                "GPGSV,3,2,11,12,73,067,,30,67,271,39,14,44,267,,09,28,136,",
                "GPZDA,201530.00,04,07,2002,00,00",
                "PMTK010,001",
                "GPTXT,01,01,02,hello",
                "",
                ",,,,,",
            })
    void no_fix_and_what_is_not_read_here_have_no_value(String body) {
        Decoded device = Decoded.by("nmea0183").text(sentence(body));

        assertEquals(List.of(), device.lines());
        assertEquals(new FrameCounts(0, 0, 0, 1, 0), device.counts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPRMC,220516,A,9133.82,N,00042.24,W,173.8,231.8,130694,004.2,W",
                "GPRMC,220516,A,5160.00,N,00042.24,W,173.8,231.8,130694,004.2,W",
                "GPRMC,220516,A,5133.82,E,00042.24,W,173.8,231.8,130694,004.2,W",
                "GPRMC,220516,A,5133.82,N,,,173.8,231.8,130694,004.2,W",
                "GPRMC,220516,A,5133.82,N,00042.24,W,fast,231.8,130694,004.2,W",
                "GPRMC,220516,X,5133.82,N,00042.24,W,173.8,231.8,130694,004.2,W",
                "GPRMC,220516,A,5133.82,N,00042.24,W,173.8,361,130694,004.2,W",
                "GPGGA,1,NaN,N,07726.4523,W,1,10,2.0,268.8,M,-33.9,M,,",
                "WIMWV,045.1,R,10.0,X,A",
                "WIMWV,045.1,Q,10.0,N,A",
                "YXMTW,17.75,F",
                "YXMTW,1e999,C",
            })
    void what_cannot_be_is_malformed(String body) {
        Decoded device = Decoded.by("nmea0183").text(sentence(body));

        assertEquals(List.of(), device.lines());
        assertEquals(new FrameCounts(0, 0, 1, 0, 0), device.counts());
    }

    @Test
    void options_choose_sentences_and_values() {
        Decoded device = Decoded.by("nmea0183", Map.of("sentences", "GGA,GSA", "values", "lat,lon"))
                .text(sentence("GNGGA,171926.00,4404.14063,N,12118.85478,W,1,12,0.91,1147.2,M,-21.3,M,,"))
                .text(sentence("GNRMC,171926.00,A,4404.14063,N,12118.85478,W,0.117,,180315,,,A"))
                .text(sentence("GNGSA,A,3,21,,,,,,,,,,,,1.59,0.93,1.29"));

        assertEquals(List.of("lat=44.0690105 lat, lon=-121.314246333 lon"), device.lines());
        assertThrows(IllegalArgumentException.class, () -> Decoded.by("nmea0183", Map.of("sentences", "ZDA")));
    }

    @Test
    void ais_is_handed_on_as_it_is() {
        Decoded receiver = Decoded.by("nmea0183").text("!AIVDM,2,2,9,B,`88888888888880,2*76\r\n");

        assertEquals(List.of("ais=!AIVDM,2,2,9,B,`88888888888880,2*76"), receiver.lines());
    }

    @Test
    void satellites_in_view_are_counted_for_each_system() {
        Decoded gps = Decoded.by("nmea0183")
                .text("$GPGSV,3,1,11,03,03,111,00,04,15,270,00,06,01,010,00,13,06,292,00*74\r\n"
                        + "$GPGSV,3,2,11,14,25,170,00,16,57,208,39,18,67,296,40,19,40,246,00*74\r\n");

        assertEquals(List.of("satellites_in_view_gp=11.0 count"), gps.lines());
    }
}
