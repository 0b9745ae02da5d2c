package io.thicket.routing.engine;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.security.OpenResult;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Strangers that were challenged and have not answered (2.1). A challenge or its answer may be lost, and the stranger's next HELLO, which
 * would bring another challenge, may be a minute away: so it is asked again, a few times. Only whose frame was sealed with the network's
 * key is remembered, so that outsiders make no work.
 */
final class OpenChallenges {
    /** Strangers at most; the eldest is forgotten. */
    static final int MAX_OPEN = 64;

    /** After 1, 2 and 4 times the link's first timeout. */
    static final int REPETITIONS = 3;

    /**
     * Where there is a duty: once, after so many first timeouts. A challenge costs a fifth of what control gets in an hour; three
     * repetitions left so little for HELLOs that a line of seven LoRa nodes took half as long again to find its gateway.
     */
    static final int RARE_PAUSE = 3;

    /** A stranger, where it was heard. */
    static final class Open {
        final Interface link;
        LinkAddress from;
        final int prefix;
        final int bootTag;
        private int repeated;
        private long dueMs;

        private Open(Interface link, LinkAddress from, int prefix, int bootTag, long dueMs) {
            this.link = link;
            this.from = from;
            this.prefix = prefix;
            this.bootTag = bootTag;
            this.dueMs = dueMs;
        }

        private boolean isOver() {
            return repeated == (link.duty.isLimited() ? 1 : REPETITIONS) || !link.info.up();
        }
    }

    /** Sends a challenge. */
    interface Asker {
        void challenge(Open stranger);
    }

    private record Name(int prefix, int bootTag, int link) {}

    private final Core core;
    /** The oldest first; empty nearly always, and made anew when the first one begins. */
    private Map<Name, Open> open = Collections.emptyMap();

    OpenChallenges(Core core) {
        this.core = core;
    }

    /** Its frame was answered with a challenge. One that is asked already is not asked more often. */
    void challenged(Interface link, LinkAddress from, OpenResult stranger) {
        Name name = new Name(stranger.senderPrefix(), stranger.senderBootTag(), link.number);
        Open known = open.get(name);
        if (known != null) {
            known.from = from;
            return;
        }
        if (open.size() >= MAX_OPEN) {
            open.remove(open.keySet().iterator().next());
        }
        long pauseMs = link.parameters.rtoInitMs() * (link.duty.isLimited() ? RARE_PAUSE : 1);
        long dueMs = core.now() + pauseMs;
        open = open.isEmpty() ? new LinkedHashMap<>(4) : open;
        open.put(name, new Open(link, from, stranger.senderPrefix(), stranger.senderBootTag(), dueMs));
        plan();
    }

    /** It answered on one of the links: the session is the same on all of them. */
    void answered(OpenResult sender) {
        open.values().removeIf(each -> each.prefix == sender.senderPrefix() && each.bootTag == sender.senderBootTag());
        open = open.isEmpty() ? Collections.emptyMap() : open;
        plan();
    }

    /** The link is another one from now on. */
    void linkGone(Interface link) {
        open.values().removeIf(each -> each.link == link);
        plan();
    }

    private void plan() {
        long nextMs = MeshRouter.NEVER;
        for (Open each : open.values()) {
            nextMs = Math.min(nextMs, each.dueMs);
        }
        core.agenda.set(Agenda.Part.CHALLENGES, nextMs);
    }

    void onDeadline(Asker asker) {
        Iterator<Open> all = open.values().iterator();
        while (all.hasNext()) {
            Open each = all.next();
            if (each.dueMs - core.now() > 0) {
                continue;
            }
            if (each.isOver()) {
                all.remove();
                continue;
            }
            each.repeated++;
            each.dueMs = core.now() + (each.link.parameters.rtoInitMs() << each.repeated);
            // Outsiders have old introductions; those must not use up the airtime of HELLOs.
            if (each.link.duty.helloGapMs(core.now()) == 0) {
                asker.challenge(each);
            }
        }
        open = open.isEmpty() ? Collections.emptyMap() : open;
        plan();
    }
}
