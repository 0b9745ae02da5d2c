package io.thicket.sim.cli;

import java.io.StringWriter;

/** What a command says, for a test that goes on when something was said. The test's time limit is the bound. */
final class AwaitedOutput extends StringWriter {
    /** Until {@code text} was said; all that was, then. */
    synchronized String await(String text) throws InterruptedException {
        while (!toString().contains(text)) {
            wait();
        }
        return toString();
    }

    @Override
    public synchronized void write(char[] text, int from, int length) {
        super.write(text, from, length);
        notifyAll();
    }

    @Override
    public synchronized void write(String text, int from, int length) {
        super.write(text, from, length);
        notifyAll();
    }

    @Override
    public synchronized void write(String text) {
        super.write(text);
        notifyAll();
    }

    @Override
    public synchronized void write(int character) {
        super.write(character);
        notifyAll();
    }
}
