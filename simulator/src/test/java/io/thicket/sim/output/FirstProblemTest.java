package io.thicket.sim.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FirstProblemTest {
    private final IOException full = new IOException("No space left on device");
    private final List<String> done = new ArrayList<>();
    private final FirstProblem problem = new FirstProblem();

    private void fail() throws IOException {
        throw full;
    }

    @Test
    void nothing_is_written_after_what_is_lost() {
        problem.attempt(() -> done.add("a"));
        problem.attempt(this::fail);
        problem.attempt(() -> done.add("b"));

        assertEquals(List.of("a"), done);
        assertEquals(Optional.of(full), problem.get());
    }

    @Test
    void the_file_is_closed_and_the_first_problem_told() {
        problem.attempt(this::fail);

        assertSame(full, assertThrows(IOException.class, () -> problem.close(() -> done.add("closed"))));
        assertEquals(List.of("closed"), done);
        assertSame(
                full,
                assertThrows(
                        IOException.class,
                        () -> problem.close(() -> {
                            throw new IOException("a later one");
                        })));
    }

    @Test
    void a_file_that_cannot_be_closed_is_not_whole() {
        assertSame(full, assertThrows(IOException.class, () -> problem.close(this::fail)));
    }

    @Test
    void a_file_without_problems_is_closed() throws IOException {
        problem.close(() -> done.add("closed"));

        assertEquals(List.of("closed"), done);
        assertEquals(Optional.empty(), problem.get());
    }

    @Test
    void it_is_told_once_and_at_once() {
        List<IOException> told = new ArrayList<>();
        problem.tell(told::add);
        problem.attempt(this::fail);
        assertEquals(List.of(full), told);
        problem.attempt(this::fail);
        assertThrows(IOException.class, () -> problem.close(this::fail));

        assertEquals(List.of(full), told);
    }

    /** The first lines of a file are written before anybody can ask. */
    @Test
    void one_that_is_asked_for_later_is_told_then() {
        List<IOException> told = new ArrayList<>();
        problem.attempt(this::fail);
        problem.tell(told::add);

        assertEquals(List.of(full), told);
    }
}
