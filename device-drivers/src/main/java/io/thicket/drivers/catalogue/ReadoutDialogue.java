package io.thicket.drivers.catalogue;

import io.thicket.drivers.LineAction;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.meter.ReadoutDecoder;
import io.thicket.drivers.meter.ReadoutDecoder.Identification;
import io.thicket.drivers.meter.ReadoutFramer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads a meter by IEC 62056-21: signs on at 300 baud, agrees on the meter's speed (mode C) or follows it (mode B), and takes the
 * readout. What came damaged or not at all is asked for again (NAK); then the line has its speed of the beginning again.
 */
final class ReadoutDialogue extends FramedDialogue {
    /** Section 6.2, tr: a meter answers within 1.5 s; and the question itself takes a quarter of one at 300 baud. */
    private static final long ANSWER_MS = 3000;

    /** Between an identification and its acknowledgement the standard wants 200 ms (20 ms of some meters). */
    private static final long REACTION_MS = 200;

    /** Half a frame is given up; the standard allows 1.5 s between two characters. */
    private static final long CHARACTER_MS = 2000;

    /** The longest readout at 300 baud takes four and a half minutes. */
    private static final long READOUT_AT_MOST_MS = 10 * 60_000;

    /** Six characters of ten bits at 300 baud, and what an adapter takes to send them. Too early would cut the last one. */
    private static final long ACKNOWLEDGE_MS = 6 * 10 * 1000 / 300 + 10;

    private static final int REPEATS = 2;
    private static final Bytes NAK = Bytes.parse("15");

    /** What was done last. */
    private enum Phase {
        IDLE,
        SIGN_ON,
        REACT,
        ACKNOWLEDGE,
        SWITCH,
        READOUT,
        BACK
    }

    private final Bytes signOn;
    private final int maxSpeed;
    private final long intervalMs;
    private final ReadoutFramer framer;
    private final ReadoutDecoder decoder;

    private Phase phase = Phase.IDLE;
    private Identification identification = new Identification(' ');
    private boolean switched;
    private int repeats;
    private long readoutsBefore;
    private long damagedBefore;
    private long roundAtMs;

    /** @param maxSpeed number of the fastest speed that is agreed on, 0 to 6 */
    ReadoutDialogue(String address, int maxSpeed, long intervalMs, Set<String> wanted) {
        this(new ReadoutFramer(CHARACTER_MS), new ReadoutDecoder(), address, maxSpeed, intervalMs, wanted);
    }

    private ReadoutDialogue(
            ReadoutFramer framer,
            ReadoutDecoder decoder,
            String address,
            int maxSpeed,
            long intervalMs,
            Set<String> wanted) {
        super(new FrameSession(framer, decoder, wanted));
        this.framer = framer;
        this.decoder = decoder;
        this.signOn = ascii("/?" + address + "!\r\n");
        this.maxSpeed = maxSpeed;
        this.intervalMs = intervalMs;
    }

    private static Bytes ascii(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Step next(long nowMs) {
        boolean lost = takeFailed();
        return switch (phase) {
            case IDLE -> {
                roundAtMs = nowMs;
                repeats = 0;
                switched = false;
                decoder.takeIdentification();
                yield say(Phase.SIGN_ON, signOn, ANSWER_MS);
            }
            case SIGN_ON -> lost ? idle(nowMs) : react();
            case REACT -> acknowledge();
            // At the old speed the readout is the answer; the new one begins when the acknowledgement is out.
            case ACKNOWLEDGE ->
                speed() == 0
                        ? readOut(nowMs, lost)
                        : switchTo(Identification.bauds().get(speed()));
            case SWITCH -> say(Phase.READOUT, Bytes.NONE, ANSWER_MS);
            case READOUT -> readOut(nowMs, lost);
            case BACK -> idle(nowMs);
        };
    }

    /** The meter has said who it is. */
    private Step react() {
        if (identification.isModeC()) {
            phase = Phase.REACT;
            return new Step.Pause(REACTION_MS);
        }
        return identification.baud() == Identification.bauds().get(0)
                ? say(Phase.READOUT, Bytes.NONE, ANSWER_MS)
                : switchTo(identification.baud());
    }

    private Step acknowledge() {
        if (speed() == 0) {
            return say(Phase.ACKNOWLEDGE, acknowledgement(), ANSWER_MS);
        }
        // Whatever comes: a head may hear its own light, and that must not delay the switch.
        return say(Phase.ACKNOWLEDGE, acknowledgement(), ACKNOWLEDGE_MS, ACKNOWLEDGE_MS);
    }

    private int speed() {
        return Math.min(maxSpeed, Identification.bauds().indexOf(identification.baud()));
    }

    /** Section 6.3.3: normal protocol, speed, data readout. */
    private Bytes acknowledgement() {
        return ascii("\u00060" + speed() + "0\r\n");
    }

    private Step switchTo(int baud) {
        phase = Phase.SWITCH;
        switched = true;
        return new Step.Act(new LineAction.Speed(baud));
    }

    private Step readOut(long nowMs, boolean lost) {
        boolean complete = !lost && decoder.readouts() != readoutsBefore;
        // Modes A and B know no NAK: their meters have said all they say.
        if (!complete && identification.isModeC() && repeats < REPEATS) {
            repeats++;
            return say(Phase.READOUT, NAK, ANSWER_MS);
        }
        if (switched) {
            phase = Phase.BACK;
            return new Step.Act(new LineAction.Speed(LineAction.Speed.CONFIGURED));
        }
        return idle(nowMs);
    }

    private Step say(Phase next, Bytes bytes, long silenceMs) {
        return say(next, bytes, silenceMs, READOUT_AT_MOST_MS);
    }

    private Step say(Phase next, Bytes bytes, long silenceMs, long atMostMs) {
        phase = next;
        await();
        readoutsBefore = decoder.readouts();
        damagedBefore = framer.badChecksums();
        return new Step.Say(bytes, silenceMs, atMostMs);
    }

    private Step idle(long nowMs) {
        phase = Phase.IDLE;
        return new Step.Pause(Math.max(REACTION_MS, roundAtMs + intervalMs - nowMs));
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        super.onBytes(nowMs, bytes, offset, length, sink);
        decoder.takeIdentification().ifPresent(said -> {
            if (phase == Phase.SIGN_ON) {
                identification = said;
                answer(false);
            }
        });
        boolean reading = phase == Phase.READOUT || phase == Phase.ACKNOWLEDGE && speed() == 0;
        if (reading && (decoder.readouts() != readoutsBefore || framer.badChecksums() != damagedBefore)) {
            answer(false);
        }
    }

    @Override
    public void reset() {
        super.reset();
        phase = Phase.IDLE;
    }
}
