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
    void when_it_is_full_it_begins_anew_with_what_is_in_use() {
        String first = texts.of("n0");
        for (int i = 0; i < SharedTexts.MAX_TEXTS; i++) {
            texts.of("n" + i);
        }
        assertSame(first, texts.of(text("n0")));

        String more = texts.of(text("more"));

        assertSame(more, texts.of(text("more")));
        String again = texts.of(text("n0"));
        assertNotSame(first, again, "no more than so many are kept");
        assertSame(again, texts.of(text("n0")));
    }

    /** An equal one that is another object. */
    private static String text(String text) {
        return new StringBuilder(text).toString();
    }
}
