package io.thicket.sim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingBookTest {
    private final ReadingBook book = new ReadingBook();

    @Test
    void a_reading_that_arrives_has_a_latency_and_the_hops_of_its_message() {
        long serial = book.made("n5", 1, 1000);
        book.carried("n5/1/1", 3);

        book.arrived("n5", "n5/1/1", serial, "20.0", 1042);

        assertEquals(List.of(new ReadingBook.Arrived("n5", "n5/1/1", 1, "20.0", 1042, 42, 3)), book.newest(10));
        assertEquals(1, book.delivered());
        assertEquals(3, book.maxHops());
        assertEquals(42, book.latencyMs(50));
    }

    @Test
    void only_old_readings_of_the_present_boot_of_living_nodes_are_missed() {
        book.made("n1", 1, 1000);
        book.made("n2", 1, 1000);
        book.made("n3", 1, 1000);
        long serial = book.made("n3", 2, 2000);
        book.made("n3", 2, 9000);

        List<ReadingBook.Made> missing = book.missing(Map.of("n1", 1, "n3", 2), 5000);

        assertEquals(
                List.of(new ReadingBook.Made("n1", 1, 1, 1000), new ReadingBook.Made("n3", 2, serial, 2000)), missing);
    }

    @Test
    void an_id_seen_twice_and_a_reading_under_two_ids_are_duplicates() {
        book.made("n1", 1, 0);

        book.arrived("n1", "n1/1/1", 1, "20.0", 10);
        book.arrived("n1", "n1/1/1", 1, "20.0", 20);
        book.arrived("n1", "n1/1/2", 1, "20.0", 30);

        assertEquals(List.of("n1/1/1", "n1/1/2"), book.duplicates());
        assertEquals(1, book.delivered());
    }

    @Test
    void what_no_sensor_made_does_not_count() {
        book.arrived("n1", "n1/1/1", 1, "20.0", 10);

        assertEquals(List.of(), book.duplicates());
        assertEquals(0, book.delivered());
    }

    @Test
    void the_judge_finds_the_serial_number_in_senml() {
        assertEquals(
                17,
                DemoSubscriber.serialIn(
                        "[{\"bn\":\"urn:dev:thicket:demo:n1:air:\",\"bt\":1795314600.12,\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5},"
                                + "{\"n\":\"serial\",\"v\":17}]"));
        assertEquals(3, DemoSubscriber.serialIn("[{\"bn\":\"x:\",\"n\":\"serial\",\"v\":3.0},{\"n\":\"t\",\"v\":9}]"));
        assertEquals(-1, DemoSubscriber.serialIn("[{\"n\":\"temperature\",\"v\":21.5}]"));
        assertEquals(-1, DemoSubscriber.serialIn("no json"));
        assertEquals(
                "21.5 \u00b0C", DemoSubscriber.temperatureIn("[{\"bn\":\"x:\",\"n\":\"temperature\",\"v\":21.46}]"));
        assertEquals("", DemoSubscriber.temperatureIn("[]"));
    }
}
