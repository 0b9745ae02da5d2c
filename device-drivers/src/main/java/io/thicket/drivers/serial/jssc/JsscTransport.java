package io.thicket.drivers.serial.jssc;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortException.Problem;
import io.thicket.drivers.serial.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import jssc.SerialPort;
import jssc.SerialPortException;

/**
 * A serial port through jSSC, used so that its measured faults cannot happen: bytes are counted before they are read
 * (its blocking read spins for ever after an unplug), its listener is never used (it falls silent then), and any
 * exception, also an unchecked one, means that the port is lost.
 */
public final class JsscTransport implements Transport {
    /** Bytes that may wait in the output queue; jSSC's write would block on a full one. */
    private static final int OUTPUT_QUEUE_BYTES = 1024;

    private final SerialPort port;
    private final String node;
    private final boolean isPseudoTerminal;

    private JsscTransport(SerialPort port, String node, boolean isPseudoTerminal) {
        this.port = port;
        this.node = node;
        this.isPseudoTerminal = isPseudoTerminal;
    }

    /** Opens a device node and sets its line. The exception says in one sentence what is wrong and what helps. */
    public static Transport open(String node, LineParameters line) throws PortException {
        Optional<String> broken = NativeLibrary.problem();
        if (broken.isPresent()) {
            throw new PortException(Problem.NO_NATIVE_LIBRARY, broken.get());
        }
        DeviceNode.requireUsable(node);
        SerialPort port = new SerialPort(node);
        try {
            port.openPort();
        } catch (SerialPortException e) {
            throw DeviceNode.explain(node, e.getExceptionType());
        } catch (IllegalArgumentException e) {
            throw lost(node, e);
        }
        JsscTransport transport = new JsscTransport(port, node, isPseudoTerminal(node));
        try {
            transport.setLine(line);
        } catch (PortException e) {
            transport.close();
            throw e;
        }
        return transport;
    }

    /** Whether this user could open a device node, without touching it; the exception says what is wrong and what helps. */
    public static void requireUsable(String node) throws PortException {
        DeviceNode.requireUsable(node);
    }

    @Override
    public int pending() throws PortException {
        try {
            return port.getInputBufferBytesCount();
        } catch (SerialPortException | IllegalArgumentException e) {
            throw lost(node, e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws PortException {
        try {
            int count = Math.min(length, port.getInputBufferBytesCount());
            if (count <= 0) {
                return 0;
            }
            byte[] read = port.readBytes(count);
            System.arraycopy(read, 0, buffer, offset, read.length);
            return read.length;
        } catch (SerialPortException | IllegalArgumentException e) {
            throw lost(node, e);
        }
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws PortException {
        try {
            int count = Math.min(length, OUTPUT_QUEUE_BYTES - port.getOutputBufferBytesCount());
            if (count <= 0) {
                return 0;
            }
            byte[] chunk = new byte[count];
            System.arraycopy(bytes, offset, chunk, 0, count);
            if (!port.writeBytes(chunk)) {
                // An unknown part was written, so nothing sensible can follow on this opening.
                throw new PortException(
                        Problem.LOST, node + " took only a part of what was written; it is opened anew");
            }
            return count;
        } catch (SerialPortException | IllegalArgumentException e) {
            throw lost(node, e);
        }
    }

    @Override
    public void purge() throws PortException {
        try {
            boolean unused = port.purgePort(SerialPort.PURGE_RXCLEAR | SerialPort.PURGE_TXCLEAR);
        } catch (SerialPortException | IllegalArgumentException e) {
            throw lost(node, e);
        }
    }

    @Override
    public void setLine(LineParameters line) throws PortException {
        int parity =
                switch (line.parity()) {
                    case NONE -> SerialPort.PARITY_NONE;
                    case EVEN -> SerialPort.PARITY_EVEN;
                    case ODD -> SerialPort.PARITY_ODD;
                };
        int stopBits = line.stopBits() == 2 ? SerialPort.STOPBITS_2 : SerialPort.STOPBITS_1;
        try {
            boolean set = port.setParams(line.baud(), line.dataBits(), stopBits, parity, line.rts(), line.dtr());
            // On a pseudo terminal the settings are applied, but the control lines do not exist and it says false.
            if (!set && !isPseudoTerminal) {
                throw new PortException(
                        Problem.LINE_UNSUPPORTED,
                        node + " does not support " + line.baud() + " baud, " + line.dataBits() + " data bits, parity "
                                + line.parity() + ", " + line.stopBits()
                                + " stop bits; check baud in the configuration");
            }
        } catch (SerialPortException | IllegalArgumentException e) {
            throw lost(node, e);
        }
    }

    @Override
    public void setLines(boolean rts, boolean dtr) throws PortException {
        try {
            boolean rtsSet = port.setRTS(rts);
            boolean dtrSet = port.setDTR(dtr);
            if (!(rtsSet && dtrSet) && !isPseudoTerminal) {
                throw new PortException(Problem.LINE_UNSUPPORTED, node + " has no control lines RTS and DTR");
            }
        } catch (SerialPortException | IllegalArgumentException e) {
            throw lost(node, e);
        }
    }

    @Override
    public boolean sendBreak(int lengthMs) throws PortException {
        try {
            return port.sendBreak(lengthMs);
        } catch (SerialPortException | IllegalArgumentException e) {
            throw lost(node, e);
        }
    }

    @Override
    public void close() {
        if (!port.isOpened()) {
            return;
        }
        try {
            // Closing waits for unsent bytes; a stopped peer would hold it up.
            purge();
        } catch (PortException e) {
            // It is gone already, and is closed all the same.
        }
        try {
            boolean unused = port.closePort();
        } catch (SerialPortException | IllegalArgumentException e) {
            // The handle is gone; there is nothing left to close.
        }
    }

    private static PortException lost(String node, Exception e) {
        String why = e instanceof SerialPortException known ? known.getExceptionType() : String.valueOf(e.getMessage());
        return new PortException(
                Problem.LOST, node + " is gone (" + why + "); plug it in again, it will be opened by itself");
    }

    private static boolean isPseudoTerminal(String node) {
        try {
            return Path.of(node).toRealPath().startsWith("/dev/pts");
        } catch (IOException e) {
            return false;
        }
    }
}
