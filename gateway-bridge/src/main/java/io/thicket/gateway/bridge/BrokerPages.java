package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.List;

/** The pages by which the broker remembers what it had: they are written when they are due, and answer what was heard. */
final class BrokerPages {
    /**
     * Pages of what others published that may be on their way at a time, of all gateways together: if many are due, as when the broker dropped
     * messages or forgot, all gateways have the same ones, and their pages would be the next flood that it drops.
     */
    static final int OF_OTHERS_OUT = 128;

    private static final long PAGE_BACK_WITHIN_MS = 10_000;

    private final Payloads payloads;
    private final Ledger ledger;
    private final Hearing hearing;
    private final OwnPublications own;
    private final BridgeEffects effects;
    private final Unwritten unwritten;
    /** The nodes of pages that this gateway wrote, without those of which it published itself. */
    private final Awaited<NodeId> ofOthersOut = new Awaited<>(PAGE_BACK_WITHIN_MS);

    /** Whether a page of this gateway may be on its way: at most times none is, while those of all others come. */
    private boolean anyOut;

    BrokerPages(Payloads payloads, Ledger ledger, Hearing hearing, OwnPublications own, BridgeEffects effects) {
        this.payloads = payloads;
        this.ledger = ledger;
        this.hearing = hearing;
        this.own = own;
        this.effects = effects;
        this.unwritten = new Unwritten(effects);
    }

    /** A reading of {@code node} was heard: it is answered once a page shows it. */
    void heardReading(long nowMs, long token, HeardMessage.Reading message, SiteNode node, boolean mine) {
        HeldReading.Key key = message.key();
        boolean isInPage = ledger.add(nowMs, node, message.label(), key.epoch(), key.seq(), mine);
        node.add(SiteNode.HEARD_OF, hearing.isUpToDate());
        if (isInPage) {
            effects.heard(token);
        } else {
            unwritten.add(nowMs, token, key, node, mine, hearing.isUpToDate());
            writeIfUrgent(nowMs);
        }
    }

    /** The broker retains a page of {@code node}. Returns whether something in it is new. */
    boolean retained(long nowMs, HeardMessage.Page message, SiteNode node) {
        LedgerPage page = message.page();
        boolean changed = ledger.retained(nowMs, node, message.label(), page);
        node.add(SiteNode.VOUCHED, !hearing.mayPublish());
        unwritten.written(node, page);
        if (anyOut) {
            unwritten.back(page);
            ofOthersOut.back(page.node());
            anyOut = unwritten.isAnyOut() || !ofOthersOut.isEmpty();
        }
        writeIfUrgent(nowMs);
        return changed;
    }

    /** What is due, at one of so many gateways. */
    void tick(long nowMs, boolean connected, int gateways) {
        if (connected && hearing.isUpToDate()) {
            writeDue(nowMs, Math.max(1, OF_OTHERS_OUT / gateways));
        }
        unwritten.giveUp(nowMs);
    }

    /** A new connection: no page is on its way. */
    void connected() {
        unwritten.connected();
        ofOthersOut.clear();
    }

    /** The connection is gone. */
    void lost() {
        unwritten.clear();
    }

    private void writeDue(long nowMs, int share) {
        List<Ledger.Write> due = ledger.takeDue(nowMs, Math.max(0, share - ofOthersOut.size(nowMs)));
        for (Ledger.Write page : due) {
            if (!page.own()) {
                ofOthersOut.sent(nowMs, page.page().node());
            }
        }
        write(due);
    }

    private void writeIfUrgent(long nowMs) {
        if (ledger.anyOwn() && hearing.isUpToDate() && unwritten.isUrgent()) {
            write(ledger.takeOwn(nowMs));
        }
    }

    private void write(List<Ledger.Write> pages) {
        for (Ledger.Write page : pages) {
            anyOut = true;
            unwritten.writing(page.page());
            own.putOfNode(payloads.published(page));
        }
    }
}
