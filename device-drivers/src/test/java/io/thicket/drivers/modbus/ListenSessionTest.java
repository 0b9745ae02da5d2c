package io.thicket.drivers.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.thicket.drivers.framing.Bytes;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Listening to a line on which another is the master. */
class ListenSessionTest {
    private static final RegisterMap MAP =
            BusRig.map(0, 125, List.of(Values.of("first", RegisterTable.INPUT, 0, ValueType.U16)));

    private static byte[] request() {
        return ModbusRequest.read(1, RegisterTable.INPUT, 0, 125).request();
    }

    private static void feed(ListenSession session, byte[] bytes) {
        session.onBytes(0, bytes, 0, bytes.length, (at, values) -> {});
    }

    @Test
    void a_line_full_of_heads_of_long_answers_is_not_added_up_for_each_of_them() {
        byte[] head = Bytes.parse("01 04 FA").toArray();
        ListenSession session = new ListenSession(MAP, Set.of());
        feed(session, request());
        int times = 100_000;
        for (int i = 0; i < times; i++) {
            feed(session, head);
        }

        double each = (double) session.looks() / (head.length * times);
        assertTrue(each <= 24, each + " looks a byte");
    }

    @Test
    void listening_allocates_nothing_until_there_is_an_answer() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ListenSession session = new ListenSession(MAP, Set.of());
        feed(session, request());
        byte[] heads = Bytes.parse("01 04 FA 01 83 01 04 00").toArray();
        long[] bytes = new long[4];
        for (int round = 0; round < bytes.length; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 10_000; i++) {
                feed(session, heads);
            }
            bytes[round] =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        }

        assertEquals(0, Arrays.stream(bytes).min().orElseThrow(), () -> Arrays.toString(bytes));
    }

    @Test
    void an_answer_behind_such_heads_is_found() {
        ListenSession session = new ListenSession(MAP, Set.of());
        feed(session, request());
        for (int i = 0; i < 1_000; i++) {
            feed(session, Bytes.parse("01 04 FA").toArray());
        }
        byte[] body = new byte[253];
        body[0] = 1;
        body[1] = 4;
        body[2] = (byte) 250;
        body[4] = 17;
        feed(session, ModbusCrc.append(body));

        assertEquals(1, session.counts().good());
        assertEquals(3_000, session.counts().skippedBytes());
    }
}
