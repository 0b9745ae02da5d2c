/**
 * {@code thicket doctor}: looks at what surrounds a node (interfaces, ports, files, clock, Java) and says for each thing how it
 * is and what cures it. Changes nothing, sends nothing to the mesh, and works beside a running node. Blocks: for the command
 * line only, never for a node's loop.
 */
@NullMarked
package io.thicket.agent.doctor;

import org.jspecify.annotations.NullMarked;
