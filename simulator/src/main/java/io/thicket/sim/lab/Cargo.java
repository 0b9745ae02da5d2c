package io.thicket.sim.lab;

import java.util.List;

/** What is in a MAC frame, for those who watch a run. */
interface Cargo {
    FrameClass frameClass();

    /** Empty if nobody watches. */
    List<Carried> carried();
}
