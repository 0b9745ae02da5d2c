package io.thicket.drivers.catalogue;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.LineAction;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.onewire.Rom;
import io.thicket.drivers.onewire.RomSearch;
import io.thicket.drivers.onewire.ScratchpadFramer;
import io.thicket.drivers.onewire.ThermometerDecoder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Each round: looks for thermometers (unless they are configured), has all of them measure at once, and reads one after the
 * other. The adapter is set up after opening, and again when it or the line did not behave.
 *
 * <p>The DS2480B takes commands or data; {@code E3} and {@code E1} lead from one to the other, and a data byte {@code E3} is sent twice.
 * Its data sheet gives the codes; the exchanges are those of a recorded session.
 */
final class OneWireDialogue implements Dialogue {
    private static final Bytes CALIBRATE = Bytes.parse("C1");
    private static final Bytes RESET = Bytes.parse("E3 C5");
    private static final Bytes CONFIGURE = Bytes.parse("17 47 5F");
    private static final Bytes CONFIGURED = Bytes.parse("16 46 5E");
    private static final Bytes CONVERT = Bytes.parse("E1 CC 44");

    private static final int MODE_COMMAND = 0xE3;
    private static final int MODE_DATA = 0xE1;
    private static final int ACCELERATOR_ON = 0xB1;
    private static final int ACCELERATOR_OFF = 0xA1;
    private static final int SEARCH_ROM = 0xF0;
    private static final int MATCH_ROM = 0x55;
    private static final int READ_SCRATCHPAD = 0xBE;

    private static final int BREAK_MS = 5;
    private static final long RECOVERY_MS = 10;

    /** DS18B20 data sheet, 12 bits: 750 ms. */
    private static final long CONVERSION_MS = 800;

    private static final long ANSWER_MS = 500;
    private static final long ANSWER_AT_MOST_MS = 2000;
    private static final long FRAME_SILENCE_MS = 500;

    /** A thermometer whose answer was lost or damaged is read so many times. */
    private static final int TRIES = 2;

    /** What was said last. */
    private enum Phase {
        BEGIN,
        BREAK,
        RECOVER,
        CALIBRATE,
        CALIBRATED,
        SET_UP_RESET,
        SET_UP,
        SEARCH_RESET,
        SEARCH,
        CONVERT_RESET,
        CONVERT,
        CONVERTING,
        READ_RESET,
        READ,
        IDLE
    }

    private final boolean searches;
    private final List<Rom> configured;
    private final long intervalMs;
    private final ThermometerDecoder decoder;
    private final FrameSession session;

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final Deque<Rom> unread = new ArrayDeque<>();
    private RomSearch search = new RomSearch();
    private Phase phase = Phase.BEGIN;
    private int expected;
    private int tries;
    private long framesBefore;
    private boolean failed;
    private boolean behaves;
    private long roundAtMs;
    private long malformed;
    private long noValue;

    /** @param names of the thermometers to read; all that are found if empty */
    OneWireDialogue(Map<Rom, String> names, long intervalMs, Set<String> wanted) {
        this.searches = names.isEmpty();
        this.configured = List.copyOf(names.keySet());
        this.intervalMs = intervalMs;
        this.decoder = new ThermometerDecoder(names);
        this.session = new FrameSession(new ScratchpadFramer(FRAME_SILENCE_MS), decoder, wanted);
    }

    @Override
    public Step next(long nowMs) {
        boolean lost = failed;
        failed = false;
        return switch (phase) {
            case BEGIN, IDLE -> {
                roundAtMs = nowMs;
                yield behaves ? firstReset() : act(Phase.BREAK, new LineAction.Break(BREAK_MS));
            }
            case BREAK -> pause(Phase.RECOVER, RECOVERY_MS);
            // The first byte after a break or the power-on only sets the adapter's clock, and has no answer.
            case RECOVER -> say(Phase.CALIBRATE, CALIBRATE, 0, RECOVERY_MS);
            case CALIBRATE -> pause(Phase.CALIBRATED, RECOVERY_MS);
            case CALIBRATED -> say(Phase.SET_UP_RESET, RESET, 1);
            case SET_UP_RESET -> lost || !isResetAnswer() ? fail(nowMs) : say(Phase.SET_UP, CONFIGURE, 3);
            case SET_UP -> {
                behaves = !lost && CONFIGURED.matches(heard.toByteArray(), 0);
                yield behaves ? firstReset() : fail(nowMs);
            }
            case SEARCH_RESET ->
                lost || !isPresent() ? fail(nowMs) : say(Phase.SEARCH, searchPass(), 1 + RomSearch.PASS_BYTES);
            case SEARCH -> lost ? fail(nowMs) : searched(nowMs);
            case CONVERT_RESET -> lost || !isPresent() ? fail(nowMs) : say(Phase.CONVERT, CONVERT, 2);
            case CONVERT -> lost ? fail(nowMs) : pause(Phase.CONVERTING, CONVERSION_MS);
            case CONVERTING -> {
                tries = 0;
                yield say(Phase.READ_RESET, RESET, 1);
            }
            case READ_RESET -> lost || !isPresent() ? fail(nowMs) : read();
            case READ -> readNext(nowMs, lost);
        };
    }

    private Step firstReset() {
        search = new RomSearch();
        unread.clear();
        unread.addAll(configured);
        return say(searches ? Phase.SEARCH_RESET : Phase.CONVERT_RESET, RESET, 1);
    }

    private Bytes searchPass() {
        byte[] pass = search.pass().toArray();
        byte[] all = new byte[5 + pass.length + 2];
        all[0] = (byte) MODE_DATA;
        all[1] = (byte) SEARCH_ROM;
        all[2] = (byte) MODE_COMMAND;
        all[3] = (byte) ACCELERATOR_ON;
        all[4] = (byte) MODE_DATA;
        System.arraycopy(pass, 0, all, 5, pass.length);
        all[all.length - 2] = (byte) MODE_COMMAND;
        all[all.length - 1] = (byte) ACCELERATOR_OFF;
        return Bytes.copyOf(all);
    }

    private Step searched(long nowMs) {
        if (!search.answered(heard.toByteArray(), 1)) {
            return fail(nowMs);
        }
        if (!search.isOver()) {
            return say(Phase.SEARCH_RESET, RESET, 1);
        }
        search.found().stream().filter(ThermometerDecoder::isThermometer).forEach(unread::add);
        if (unread.isEmpty()) {
            noValue++;
            return idle(nowMs);
        }
        return say(Phase.CONVERT_RESET, RESET, 1);
    }

    private Step read() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(MODE_DATA);
        all.write(MATCH_ROM);
        for (byte b : unread.element().bytes().toArray()) {
            all.write(b);
            if ((b & 0xFF) == MODE_COMMAND) {
                all.write(b);
            }
        }
        all.write(READ_SCRATCHPAD);
        for (int i = 0; i < ScratchpadFramer.FRAME_BYTES - 2 - Rom.LENGTH; i++) {
            all.write(0xFF);
        }
        framesBefore = decoder.frames();
        tries++;
        return say(Phase.READ, Bytes.copyOf(all.toByteArray()), 0);
    }

    private Step readNext(long nowMs, boolean lost) {
        if (lost && tries < TRIES) {
            return say(Phase.READ_RESET, RESET, 1);
        }
        unread.remove();
        tries = 0;
        return unread.isEmpty() ? idle(nowMs) : say(Phase.READ_RESET, RESET, 1);
    }

    /** 110vvvrr: rr is 01 or 10 if a device is there, 11 if none is, 00 if the line is short. */
    private boolean isResetAnswer() {
        return heard.size() == 1 && (heard.toByteArray()[0] & 0xE0) == 0xC0;
    }

    private boolean isPresent() {
        if (!isResetAnswer()) {
            return false;
        }
        int presence = heard.toByteArray()[0] & 3;
        return presence == 1 || presence == 2;
    }

    /** Gives the round up; the next one begins by setting the adapter up. */
    private Step fail(long nowMs) {
        behaves = false;
        if (isResetAnswer()) {
            noValue++;
        } else {
            malformed++;
        }
        return idle(nowMs);
    }

    private Step idle(long nowMs) {
        return pause(Phase.IDLE, Math.max(RECOVERY_MS, roundAtMs + intervalMs - nowMs));
    }

    private Step act(Phase next, LineAction action) {
        phase = next;
        return new Step.Act(action);
    }

    private Step pause(Phase next, long lengthMs) {
        phase = next;
        return new Step.Pause(lengthMs);
    }

    private Step say(Phase next, Bytes bytes, int answerBytes) {
        return say(next, bytes, answerBytes, ANSWER_MS);
    }

    private Step say(Phase next, Bytes bytes, int answerBytes, long silenceMs) {
        phase = next;
        expected = answerBytes;
        heard.reset();
        return new Step.Say(bytes, silenceMs, ANSWER_AT_MOST_MS);
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        switch (phase) {
            case BEGIN, READ, IDLE -> session.onBytes(nowMs, bytes, offset, length, sink);
            default -> {
                // The adapter's own answers have no form of their own: they are told by their number.
                int room = Math.max(0, expected - heard.size());
                heard.write(bytes, offset, Math.min(room, length));
            }
        }
    }

    @Override
    public void onSilence(long nowMs, ObservationSink sink) {
        session.onSilence(nowMs, sink);
    }

    @Override
    public boolean isAnswered() {
        return phase == Phase.READ ? decoder.frames() != framesBefore : expected > 0 && heard.size() == expected;
    }

    @Override
    public void expired() {
        // The calibration has no answer.
        failed = phase != Phase.CALIBRATE;
    }

    @Override
    public void reset() {
        session.reset();
        heard.reset();
        phase = Phase.BEGIN;
        failed = false;
        behaves = false;
    }

    @Override
    public FrameCounts counts() {
        FrameCounts frames = session.counts();
        return new FrameCounts(
                frames.good(),
                frames.badChecksum(),
                frames.malformed() + malformed,
                frames.noValue() + noValue,
                frames.skippedBytes());
    }
}
