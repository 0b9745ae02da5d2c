package io.thicket.gateway.bridge;

import java.util.List;

/** The pages by which the broker remembers what it had: they are written when they are due, and answer what was heard. */
final class BrokerPages {
    private final Payloads payloads;
    private final Ledger ledger;
    private final Hearing hearing;
    private final OwnPublications own;
    private final BridgeEffects effects;
    private final Unwritten unwritten;

    BrokerPages(Payloads payloads, Ledger ledger, Hearing hearing, OwnPublications own, BridgeEffects effects) {
        this.payloads = payloads;
        this.ledger = ledger;
        this.hearing = hearing;
        this.own = own;
        this.effects = effects;
        this.unwritten = new Unwritten(effects);
    }

    /** A reading was heard: it is answered once a page shows it. */
    void heardReading(long nowMs, long token, HeardMessage.Reading message, boolean mine) {
        HeldReading.Key key = message.key();
        if (ledger.add(nowMs, key.node(), message.label(), key.epoch(), key.seq(), mine)) {
            effects.heard(token);
        } else {
            unwritten.add(nowMs, token, key, mine, hearing.isUpToDate());
            writeIfUrgent();
        }
    }

    /** The broker retains a page. Returns whether something in it is new. */
    boolean retained(long nowMs, HeardMessage.Page message) {
        LedgerPage page = message.page();
        boolean changed = ledger.retained(nowMs, message.label(), page);
        if (!hearing.mayPublish()) {
            ledger.vouch(page.node);
        }
        unwritten.written(page);
        writeIfUrgent();
        return changed;
    }

    /** What is due. */
    void tick(long nowMs, boolean connected) {
        if (connected && hearing.isUpToDate()) {
            write(ledger.takeDue(nowMs));
        }
        unwritten.giveUp(nowMs);
    }

    /** A new connection: no page is on its way. */
    void connected() {
        unwritten.connected();
    }

    /** The connection is gone. */
    void lost() {
        unwritten.clear();
    }

    private void writeIfUrgent() {
        if (hearing.isUpToDate() && unwritten.isUrgent()) {
            write(ledger.takeOwn());
        }
    }

    private void write(List<Ledger.Write> pages) {
        for (Ledger.Write page : pages) {
            unwritten.writing(page.page());
            own.put(payloads.published(page));
        }
    }
}
