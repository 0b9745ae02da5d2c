/** The MQTT 5 client of a gateway. The only package that knows Eclipse Paho. */
@NullMarked
package io.thicket.gateway.mqtt;

import org.jspecify.annotations.NullMarked;
