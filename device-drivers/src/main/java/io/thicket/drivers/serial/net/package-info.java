/**
 * Serial ports that are somewhere else: a TCP server that hands a port's bytes on as they are (ser2net "raw"), or one that speaks
 * RFC 2217, telnet with an option for the line's settings. The codec is pure; the transports belong to the port's thread.
 */
@NullMarked
package io.thicket.drivers.serial.net;

import org.jspecify.annotations.NullMarked;
