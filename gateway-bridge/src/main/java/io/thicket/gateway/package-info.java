/** The gateway: what `[gateway]` of the configuration says, and below it the bridge and its MQTT client. */
@NullMarked
package io.thicket.gateway;

import org.jspecify.annotations.NullMarked;
