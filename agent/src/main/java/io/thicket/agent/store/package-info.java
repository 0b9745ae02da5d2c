/** What a node keeps over a restart. */
@NullMarked
package io.thicket.agent.store;

import org.jspecify.annotations.NullMarked;
