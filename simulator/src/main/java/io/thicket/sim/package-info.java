/** See README.md of this module. */
@NullMarked
package io.thicket.sim;

import org.jspecify.annotations.NullMarked;
