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
    void equal_readings_are_one() {
        SenmlRecord first = new SenmlRecord("t", "Cel", new SenmlValue.Numeric(21.5), null);
        List<SenmlRecord> kept = texts.of(List.of(first, new SenmlRecord("p", null, new SenmlValue.Text("on"), null)));

        assertSame(
                kept,
                texts.of(List.of(
                        new SenmlRecord(text("t"), text("Cel"), new SenmlValue.Numeric(21.5), null),
                        new SenmlRecord(text("p"), null, new SenmlValue.Text(text("on")), null))));
        assertEquals(List.of(first), texts.of(List.of(first)));
    }

    @Test
    void of_readings_that_never_come_again_no_more_than_so_many_are_kept() {
        List<SenmlRecord> first = texts.of(numbered(0));
        for (int i = 1; i <= SharedTexts.MAX_READINGS; i++) {
            assertEquals(numbered(i), texts.of(numbered(i)));
        }

        List<SenmlRecord> again = texts.of(numbered(0));

        assertEquals(first, again);
        assertNotSame(first, again);
    }

    @Test
    void equal_units_are_one_and_no_more_than_so_many_are_kept() {
        Units kept = texts.of(unitsOf(0));
        assertSame(kept, texts.of(unitsOf(0)));
        for (int i = 1; i < SharedTexts.MAX_UNITS; i++) {
            texts.of(unitsOf(i));
        }
        assertSame(kept, texts.of(unitsOf(0)));

        texts.of(unitsOf(SharedTexts.MAX_UNITS));

        assertEquals(kept, texts.of(unitsOf(0)));
        assertNotSame(kept, texts.of(unitsOf(0)));
    }

    private static Units unitsOf(int number) {
        return Units.NONE.with(List.of(new SenmlRecord("q" + number, "m", new SenmlValue.Numeric(1), null)));
    }

    private static List<SenmlRecord> numbered(int value) {
        return List.of(new SenmlRecord("t", "Cel", new SenmlValue.Numeric(value), null));
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
