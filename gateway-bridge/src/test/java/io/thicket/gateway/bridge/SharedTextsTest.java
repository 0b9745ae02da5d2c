package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTextsTest {
    private final SharedTexts texts = new SharedTexts();

    @Test
    void equal_names_and_units_of_two_readings_are_one_text_and_all_else_stays() {
        SenmlRecord first = new SenmlRecord(text("t"), text("Cel"), new SenmlValue.Numeric(1), null);
        SenmlRecord second = new SenmlRecord(text("t"), text("Cel"), new SenmlValue.Numeric(2), "bad");

        List<SenmlRecord> kept = texts.of(List.of(first));
        List<SenmlRecord> later =
                texts.of(List.of(second, new SenmlRecord("p", null, new SenmlValue.Flag(true), null)));

        assertSame(kept.get(0).name(), later.get(0).name());
        assertSame(kept.get(0).unit(), later.get(0).unit());
        assertEquals(List.of(second, new SenmlRecord("p", null, new SenmlValue.Flag(true), null)), later);
    }

    @Test
    void no_more_than_so_many_are_kept() {
        for (int i = 0; i < SharedTexts.MAX_TEXTS; i++) {
            texts.of("n" + i);
        }

        assertNotSame(texts.of(text("more")), texts.of(text("more")));
        assertSame(texts.of(text("n0")), texts.of(text("n0")));
    }

    /** An equal one that is another object. */
    private static String text(String text) {
        return new StringBuilder(text).toString();
    }
}
