package io.thicket.agent.doctor;

/** How bad a finding is. */
public enum Severity {
    /** As it should be. */
    OK,
    /** Worth knowing, nothing to do. */
    INFO,
    /** The node runs, but not as well as it could. */
    WARNING,
    /** The node does not do its work until somebody changes it. */
    ERROR
}
