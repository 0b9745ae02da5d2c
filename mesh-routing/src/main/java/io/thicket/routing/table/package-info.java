/** Tables for the paths that every frame takes: keyed by numbers, in an order, and without allocation once grown. */
@NullMarked
package io.thicket.routing.table;

import org.jspecify.annotations.NullMarked;
