package io.thicket.agent.senml;

/** Bytes that are no SenML pack or no batch that this node accepts. Its message is one clause for counters' logs; it has no stack. */
public final class SenmlFormatException extends Exception {
    private static final long serialVersionUID = 1;

    SenmlFormatException(String message) {
        super(message, null, false, false);
    }
}
