/**
 * The command line and the daemon's composition root. The daemon ({@link io.thicket.agent.cli.AgentMain}) does not load picocli;
 * the commands ask a running agent over CoAP.
 */
@NullMarked
package io.thicket.agent.cli;

import org.jspecify.annotations.NullMarked;
