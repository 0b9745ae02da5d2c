package io.thicket.agent.cli;

/** Exit codes of all programs (docs/cli.md). Where one exists, the number is that of BSD's sysexits.h. */
public enum ExitCode {
    OK(0),
    /** A check did not hold, or the question has no good answer. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** An input file has bad data in it. */
    BAD_DATA(65),
    /** A file that was named cannot be read. */
    NO_INPUT(66),
    /** Something that must be there is not: a running agent, a port that is free, Java. */
    UNAVAILABLE(69),
    /** A fault in Thicket itself. */
    SOFTWARE(70),
    /** A file or directory cannot be made or written. */
    CANNOT_CREATE(73),
    /** A file that must be private is not, or rights are missing. */
    NO_PERMISSION(77),
    /** The configuration is wrong, or not there. */
    CONFIG(78),
    /** Ctrl-C or SIGTERM ended it before its end, and what there is was written. */
    STOPPED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
