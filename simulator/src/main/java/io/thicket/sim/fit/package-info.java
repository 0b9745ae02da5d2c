/** Radio models from measured links. */
@NullMarked
package io.thicket.sim.fit;

import org.jspecify.annotations.NullMarked;
