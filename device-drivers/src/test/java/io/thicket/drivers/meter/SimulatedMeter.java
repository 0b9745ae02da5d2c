package io.thicket.drivers.meter;

import io.thicket.drivers.LineAction;
import io.thicket.drivers.PolledSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A meter of IEC 62056-21 on a line in virtual time. Characters take the time of their speed; what is sent and heard at different
 * speeds is garbage.
 */
final class SimulatedMeter {
    static final int CONFIGURED_BAUD = 300;

    /** Character Z of its identification. */
    private final char speed;

    private final String data;

    /** The head hears its own light. */
    boolean echoes;

    /** So many of its next data messages have a wrong bit. */
    int disturbed;

    /** Nothing is said any more. */
    boolean dead;

    /** What was understood. */
    final List<String> heard = new ArrayList<>();

    private int lineBaud = CONFIGURED_BAUD;
    private int meterBaud = CONFIGURED_BAUD;
    private long nowMs;

    /** After its data it is at its first speed again. */
    private long awakeUntilMs;

    private final Deque<Character> pending = new ArrayDeque<>();
    private final StringBuilder question = new StringBuilder();

    /** One character on its way to the session. */
    private record Character(long arrivesAtMs, int b, int baud) {}

    SimulatedMeter(char speed, String data) {
        this.speed = speed;
        this.data = data;
    }

    /** A data message with its check. */
    static byte[] message(String data) {
        byte[] message = ("\u0002" + data + "!\r\n\u0003?").getBytes(StandardCharsets.US_ASCII);
        int bcc = 0;
        for (int i = 1; i < message.length - 1; i++) {
            bcc ^= message[i];
        }
        message[message.length - 1] = (byte) bcc;
        return message;
    }

    int lineBaud() {
        return lineBaud;
    }

    void run(PolledSession session, long forMs, io.thicket.drivers.ObservationSink sink) {
        long end = nowMs + forMs;
        for (; nowMs < end; nowMs++) {
            LineAction action = session.takeLineAction(nowMs);
            if (action instanceof LineAction.Speed set) {
                lineBaud = set.baud() == LineAction.Speed.CONFIGURED ? CONFIGURED_BAUD : set.baud();
            }
            byte[] said = session.poll(nowMs);
            if (said != null) {
                session.onSent(nowMs);
                hear(said);
            }
            while (!pending.isEmpty() && pending.element().arrivesAtMs <= nowMs) {
                Character arrived = pending.remove();
                byte[] b = {(byte) (arrived.baud == lineBaud ? arrived.b : 0x7E)};
                session.onBytes(nowMs, b, 0, 1, sink);
            }
            if (nowMs % 200 == 0) {
                session.onSilence(nowMs, sink);
            }
        }
    }

    private void hear(byte[] said) {
        long atMs = nowMs;
        if (nowMs > awakeUntilMs) {
            meterBaud = CONFIGURED_BAUD;
        }
        for (int i = 0; i < said.length; i++) {
            atMs = nowMs + (i + 1) * 10_000L / lineBaud;
            if (echoes) {
                pending.add(new Character(atMs, said[i], lineBaud));
            }
            question.append(lineBaud == meterBaud ? (char) said[i] : '~');
        }
        String asked = question.toString();
        if (asked.endsWith("\r\n") || asked.endsWith("\u0015")) {
            question.setLength(0);
            heard.add(asked.strip());
            if (!dead) {
                answer(asked, atMs);
            }
        }
    }

    private void answer(String asked, long atMs) {
        if (asked.startsWith("/?")) {
            meterBaud = CONFIGURED_BAUD;
            // Noise of the head before the first character.
            long doneMs = say(atMs + 200, new byte[] {0x7F, 0x7F});
            doneMs = say(doneMs, ("/ISK" + speed + "ME162-0033\r\n").getBytes(StandardCharsets.US_ASCII));
            if (speed >= 'A') {
                meterBaud = ReadoutDecoder.Identification.bauds().get(speed > 'F' ? 0 : speed - 'A' + 1);
                say(doneMs + 200, message(data));
            }
        } else if (asked.startsWith("\u00060")) {
            meterBaud = ReadoutDecoder.Identification.bauds().get(asked.charAt(2) - '0');
            send(atMs + 200);
        } else if (asked.endsWith("\u0015")) {
            send(atMs + 200);
        }
    }

    private void send(long atMs) {
        byte[] message = message(data);
        if (disturbed > 0) {
            disturbed--;
            message[5] ^= 1;
        }
        say(atMs, message);
    }

    private long say(long fromMs, byte[] bytes) {
        long atMs = fromMs;
        for (int i = 0; i < bytes.length; i++) {
            atMs = fromMs + (i + 1) * 10_000L / meterBaud;
            pending.add(new Character(atMs, bytes[i], meterBaud));
        }
        awakeUntilMs = atMs + 4_000;
        return atMs;
    }
}
