/** Captures of simulated networks for Wireshark (pcapng). */
@NullMarked
package io.thicket.sim.pcap;

import org.jspecify.annotations.NullMarked;
