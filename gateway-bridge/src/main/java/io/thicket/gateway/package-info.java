/** See README.md of this module. */
@NullMarked
package io.thicket.gateway;

import org.jspecify.annotations.NullMarked;
