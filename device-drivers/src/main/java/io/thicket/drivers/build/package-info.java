/** Runs while the module is built: the index of the built-in specifications. */
@NullMarked
package io.thicket.drivers.build;

import org.jspecify.annotations.NullMarked;
