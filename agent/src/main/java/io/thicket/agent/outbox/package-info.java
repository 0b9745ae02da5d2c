/** Store-and-forward of readings: everything stays here until a gateway has settled it, or its owner is told why not. */
@NullMarked
package io.thicket.agent.outbox;

import org.jspecify.annotations.NullMarked;
