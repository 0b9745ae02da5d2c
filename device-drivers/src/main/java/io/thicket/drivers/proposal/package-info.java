/**
 * What can be told from a recording of a device that nobody knows: how its frames are cut, and what checks them. Pure: bytes and their
 * times come in, proposals with their evidence go out. Whatever chance explains is not proposed.
 */
@NullMarked
package io.thicket.drivers.proposal;

import org.jspecify.annotations.NullMarked;
