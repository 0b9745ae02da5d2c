package io.thicket.drivers.spec;

import io.thicket.drivers.framing.Bytes;

/**
 * How a device is woken that sleeps between two rounds of questions.
 *
 * @param send what wakes it
 * @param answer what it says when it is awake, anywhere in what it sends
 * @param tries how often it is called at most; it is asked then all the same
 * @param timeoutMs how long it is waited for each time
 */
public record WakeSpec(Bytes send, Bytes answer, int tries, long timeoutMs) {}
