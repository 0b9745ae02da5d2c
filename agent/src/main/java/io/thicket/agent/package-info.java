/** See README.md of this module. */
@NullMarked
package io.thicket.agent;

import org.jspecify.annotations.NullMarked;
