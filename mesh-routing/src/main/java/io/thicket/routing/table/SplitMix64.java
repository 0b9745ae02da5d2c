package io.thicket.routing.table;

/** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): neighbouring numbers become such as have nothing in common. */
public final class SplitMix64 {
    private SplitMix64() {}

    /** Another number for each one, of which every bit depends on all of its bits; 0 stays 0. */
    public static long mix(long number) {
        long mixed = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
