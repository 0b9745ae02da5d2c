package io.thicket.routing.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rerr;
import java.util.LinkedHashMap;

/** I16: an exchange of RERRs stops: nobody names the same (destination, Seq) more than twice within two seconds. */
public final class RerrStops implements MessageInvariant {
    private static final int MAX_ROUNDS = 2;
    private static final long EXCHANGE_MS = 2_000;

    /** Exchanges remembered; the oldest goes. */
    static final int MAX_EXCHANGES = 16_384;

    private record Exchange(Party from, NodeId destination, Seq seq) {}

    private record Rounds(long sinceMs, int count) {}

    private final LinkedHashMap<Exchange, Rounds> exchanges = new LinkedHashMap<>();

    @Override
    public String name() {
        return "I16 RERR stops";
    }

    @Override
    public String sent(long nowMs, Party from, Party to, MeshMessage message) {
        if (!(message instanceof Rerr rerr)) {
            return "";
        }
        for (Rerr.Unreachable lost : rerr.unreachable()) {
            Exchange exchange = new Exchange(from, lost.destination(), lost.seq());
            Rounds before = exchanges.remove(exchange);
            Rounds now = before == null || nowMs - before.sinceMs() > EXCHANGE_MS
                    ? new Rounds(nowMs, 1)
                    : new Rounds(before.sinceMs(), before.count() + 1);
            exchanges.put(exchange, now);
            if (exchanges.size() > MAX_EXCHANGES) {
                exchanges.remove(exchanges.keySet().iterator().next());
            }
            if (now.count() > MAX_ROUNDS) {
                return "node " + from.node() + " says " + now.count() + " times within " + (nowMs - now.sinceMs())
                        + " ms that it lost " + lost.destination() + " at " + lost.seq();
            }
        }
        return "";
    }
}
