/**
 * Who a node is: its Ed25519 key, its NodeId and the number of its boot. Only this package knows BouncyCastle, and of it only
 * the low-level Ed25519 classes.
 */
@NullMarked
package io.thicket.agent.identity;

import org.jspecify.annotations.NullMarked;
