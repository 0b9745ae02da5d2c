package io.thicket.sim.view;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.routing.Alarm;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.lab.FrameClass;
import io.thicket.sim.lab.LabObserver;
import io.thicket.sim.recording.RunFileWriter;
import io.thicket.sim.recording.RunRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recording made by hand, second by second, of two nodes whose names are hostile. */
final class GrowingRun implements AutoCloseable {
    static final String HOSTILE = "<img src=x onerror=window.hacked=1>\"'&";

    private final RunFileWriter file;
    private final RunRecorder recorder;

    GrowingRun(Path path) throws IOException {
        String name = new JsonWriter().value(HOSTILE).toString();
        file = new RunFileWriter(
                path,
                "{\"format\":\"thicket-run\",\"version\":1,\"name\":" + name + ",\"description\":" + name
                        + ",\"seed\":\"0x1\",\"commit\":\"test\",\"protocol\":\"thicket\",\"durationUs\":10000000,"
                        + "\"warmUpUs\":0,\"placed\":true,\"nodes\":[{\"name\":" + name
                        + ",\"role\":\"gateway\",\"x\":0,\"y\":0},{\"name\":" + name
                        + ",\"role\":\"sensor\",\"x\":100,\"y\":50}],\"faults\":[{\"kind\":\"loss\",\"fromUs\":500000,"
                        + "\"toUs\":800000,\"text\":" + name + ",\"nodes\":[]}],\"outside\":[{\"n\":1,\"listen\":"
                        + name
                        + ",\"peers\":[" + name + "]}]}");
        recorder = new RunRecorder(file, List.of(new NodeId(1), new NodeId(2)), 10_000_000, new RunRecorder.Sight() {
            @Override
            public @Nullable NodeSnapshot node(int number) {
                return null;
            }

            @Override
            public @Nullable RoutingSnapshot router(int number) {
                return null;
            }
        });
        recorder.begin();
    }

    RunFileWriter source() {
        return file;
    }

    void second(int second) {
        long us = second * 1_000_000L;
        recorder.created(us - 900_000, 1, second, LabObserver.EVERYONE);
        recorder.transmitted(us - 800_000, 1, 0, FrameClass.DATA, 100, false, List.of());
        recorder.crossed(us - 700_000, 1, true, FrameClass.DATA, 90, List.of());
        recorder.crossed(us - 650_000, 1, false, FrameClass.HOP_ACK, 40, List.of());
        recorder.crossed(us - 640_000, 1, true, FrameClass.OTHER, 30, List.of());
        recorder.foreign(us - 600_000, HOSTILE, 2);
        recorder.fault(us - 500_000, 0, true);
        recorder.alarm(us - 400_000, 1, new Alarm(Alarm.Kind.STALLED, new NodeId(1), HOSTILE));
        recorder.lost(us - 300_000, 1, second, HOSTILE);
        recorder.broken(us - 200_000, HOSTILE);
        recorder.step(us);
    }

    /** The sensor makes a packet, of which no more is known. */
    void made(int second) {
        recorder.created(second * 1_000_000L - 500_000, 1, second, LabObserver.EVERYONE);
        recorder.step(second * 1_000_000L);
    }

    /** It gives its packet of that number up. */
    void lost(int second, int number) {
        recorder.lost(second * 1_000_000L - 500_000, 1, number, HOSTILE);
        recorder.step(second * 1_000_000L);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
