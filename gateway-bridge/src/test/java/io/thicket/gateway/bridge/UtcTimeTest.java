package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UtcTimeTest {
    private static final DateTimeFormatter JAVA = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final UtcTime utc = new UtcTime();

    @Test
    void it_writes_what_javas_formatter_writes() {
        Random random = new Random(1);
        long wallMs = 1_764_206_400_000L;
        for (int i = 0; i < 10_000; i++) {
            wallMs = random.nextInt(50) == 0
                    ? random.nextLong() >> random.nextInt(64)
                    : wallMs + random.nextInt(10_000_000);

            assertEquals(JAVA.format(Instant.ofEpochMilli(wallMs)), utc.text(wallMs), () -> "a time of seed 1");
        }
    }

    @Test
    void the_date_changes_at_midnight() {
        assertEquals("1969-12-31T23:59:59.999Z", utc.text(-1));
        assertEquals("1970-01-01T00:00:00.000Z", utc.text(0));
        assertEquals("1970-01-01T23:59:59.999Z", utc.text(86_399_999));
        assertEquals("1970-01-02T00:00:00.000Z", utc.text(86_400_000));
    }
}
