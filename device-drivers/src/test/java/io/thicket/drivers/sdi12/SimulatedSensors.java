package io.thicket.drivers.sdi12;

import java.util.LinkedHashMap;
import java.util.Map;

/** Sensors of SDI-12 on one line. They hear a command only after a break, as those of the real world. */
public final class SimulatedSensors {
    /** By address: what each measures, one text for each data command. */
    public final Map<Character, String[]> values = new LinkedHashMap<>();

    /** How long they measure. */
    public int seconds;

    /** The adapter sends back what it is told. */
    public boolean echoes;

    /** So many of the next lines with a CRC have a wrong one. */
    public int disturbed;

    /** What they were told. */
    public final StringBuilder heard = new StringBuilder();

    /** Set by a break of the line; tests over terminals, which have none, leave it. */
    public boolean awake = true;

    private final StringBuilder command = new StringBuilder();
    private boolean crc;
    private String[] measured = {};

    /** What is said to a byte at once; the service request is for the test to send. */
    public String tell(int b) {
        String echo = echoes ? "" + (char) b : "";
        command.append((char) b);
        if (b != '!') {
            return echo;
        }
        String whole = command.toString();
        command.setLength(0);
        heard.append(whole);
        return echo + (awake ? answer(whole) : "");
    }

    private String answer(String whole) {
        if (whole.equals("?!")) {
            return values.size() == 1 ? values.keySet().iterator().next() + "\r\n" : "";
        }
        char address = whole.charAt(0);
        String[] lines = values.get(address);
        if (lines == null) {
            return "";
        }
        String body = whole.substring(1, whole.length() - 1);
        if (body.startsWith("D")) {
            int n = body.charAt(1) - '0';
            String line = address + (n < measured.length ? measured[n] : "");
            if (crc && line.length() > 1) {
                String sum = Sdi12Decoder.crc(line);
                if (disturbed > 0) {
                    disturbed--;
                    sum = sum.charAt(0) == '@' ? "A" + sum.substring(1) : "@" + sum.substring(1);
                }
                line += sum;
            }
            return line + "\r\n";
        }
        crc = body.startsWith("C", 1);
        measured = lines;
        int count = 0;
        for (String line : lines) {
            count += line.split("[+-]", -1).length - 1;
        }
        String form = body.charAt(0) == 'C' ? "%c%03d%02d\r\n" : "%c%03d%d\r\n";
        return String.format(form, address, seconds, count);
    }
}
