package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.Observation;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.framing.FrameDecoder;
import io.thicket.drivers.framing.Framer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A framer, a decoder, the choice of values and the counts: the session of every driver here. */
final class FrameSession implements DeviceSession {
    private final Framer framer;
    private final FrameDecoder decoder;
    private final Set<String> wanted;
    private long good;
    private long malformed;
    private long noValue;

    /** @param wanted names of the values to hand on, empty for all */
    FrameSession(Framer framer, FrameDecoder decoder, Set<String> wanted) {
        this.framer = framer;
        this.decoder = decoder;
        this.wanted = wanted;
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        framer.onBytes(nowMs, bytes, offset, length, (at, frame, from, size) -> decode(at, frame, from, size, sink));
    }

    @Override
    public void onSilence(long nowMs, ObservationSink sink) {
        framer.onSilence(nowMs, (at, frame, from, size) -> decode(at, frame, from, size, sink));
    }

    @Override
    public void reset() {
        framer.reset();
        decoder.reopened();
    }

    @Override
    public FrameCounts counts() {
        return new FrameCounts(
                good, framer.badChecksums(), malformed + framer.overlong(), noValue, framer.skippedBytes());
    }

    private void decode(long arrivedAtMs, byte[] frame, int offset, int length, ObservationSink sink) {
        List<Observation> values = new ArrayList<>();
        switch (decoder.decode(arrivedAtMs, frame, offset, length, values)) {
            case VALUES -> {
                good++;
                if (!wanted.isEmpty()) {
                    values.removeIf(value -> !wanted.contains(value.name()));
                }
                if (!values.isEmpty()) {
                    sink.observed(arrivedAtMs, List.copyOf(values));
                }
            }
            case NO_VALUE -> noValue++;
            case MALFORMED -> malformed++;
            case IGNORED -> {}
        }
    }
}
