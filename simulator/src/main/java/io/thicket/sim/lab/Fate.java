package io.thicket.sim.lab;

/** What became of a packet. */
public enum Fate {
    ARRIVED,
    /** It did not arrive, and there was no way for it in time, see {@link RunFigures.PacketRecord#possible}; with the reason if its origin gave it up. */
    NO_WAY,
    /** Its origin was told that the broker has it, which never had it. */
    SETTLED,
    /** Its origin gave it up, for a reason. */
    GIVEN_UP,
    /** Its origin lost power, and with it what it kept in memory. */
    NODE_DOWN,
    /** The last that was seen of it: an insider took it, and let it vanish. */
    SWALLOWED,
    /** A router dropped it, for a reason, and nobody keeps it. */
    DROPPED,
    /** At the end its origin had not sent it since it had it. */
    WAITING,
    /** It was sent, and at the end neither had it arrived nor was it too late for that. */
    UNDER_WAY,
    /** It is gone, and nothing that the simulator keeps says where. */
    UNKNOWN
}
