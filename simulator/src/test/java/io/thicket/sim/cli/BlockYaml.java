package io.thicket.sim.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of YAML that a manifest of ours may use: maps and lists by indentation, a literal block ({@code |}), flow maps and lists of plain words on one line, double
 * quotes, comments. Scalars are strings. Everything else is refused, also tabs, odd indentation and a key that is there twice.
 */
final class BlockYaml {
    private record Line(int number, int indent, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private int at;

    private BlockYaml(String text) {
        List<String> raw = text.lines().toList();
        for (int i = 0; i < raw.size(); i++) {
            String line = raw.get(i).stripTrailing();
            int indent = line.length() - line.stripLeading().length();
            if (line.contains("\t")) {
                throw new IllegalArgumentException("line " + (i + 1) + ": a tab");
            }
            if (!line.isBlank() && line.charAt(indent) != '#') {
                lines.add(new Line(i + 1, indent, line.substring(indent)));
            }
        }
    }

    /** Maps, lists and strings. */
    static Object parse(String text) {
        BlockYaml yaml = new BlockYaml(text);
        Object all = yaml.block(0);
        if (yaml.at < yaml.lines.size()) {
            throw yaml.wrong("is indented as nothing before");
        }
        return all;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("line " + lines.get(at).number + ": " + what);
    }

    private boolean isAt(int indent) {
        return at < lines.size() && lines.get(at).indent == indent;
    }

    private Object block(int indent) {
        return lines.get(at).text.startsWith("- ") ? list(indent) : map(indent);
    }

    private List<Object> list(int indent) {
        List<Object> list = new ArrayList<>();
        while (isAt(indent) && lines.get(at).text.startsWith("- ")) {
            Line line = lines.get(at);
            String rest = line.text.substring(2);
            if (rest.equals("|")) {
                list.add(literal(indent));
            } else if (rest.startsWith("{") || rest.startsWith("[") || !rest.matches("\\w+:( .*)?")) {
                at++;
                list.add(inline(rest));
            } else {
                lines.set(at, new Line(line.number, indent + 2, rest));
                list.add(map(indent + 2));
            }
        }
        return list;
    }

    private Map<String, Object> map(int indent) {
        Map<String, Object> map = new LinkedHashMap<>();
        while (isAt(indent) && !lines.get(at).text.startsWith("- ")) {
            String[] entry = lines.get(at).text.split(":(?: +|$)", 2);
            if (entry.length < 2 || !entry[0].matches("\\w+") || map.containsKey(entry[0])) {
                throw wrong("no new key: " + lines.get(at).text);
            }
            if (entry[1].equals("|")) {
                map.put(entry[0], literal(indent));
            } else if (entry[1].isEmpty()) {
                at++;
                if (at >= lines.size() || lines.get(at).indent <= indent) {
                    throw new IllegalArgumentException(entry[0] + " has nothing in it");
                }
                map.put(entry[0], block(lines.get(at).indent));
            } else {
                at++;
                map.put(entry[0], inline(entry[1]));
            }
        }
        return map;
    }

    /** Every line that is indented more, without what the first one is indented by. */
    private String literal(int indent) {
        at++;
        StringBuilder text = new StringBuilder();
        int first = lines.get(at).indent;
        while (at < lines.size() && lines.get(at).indent > indent) {
            text.append(" ".repeat(lines.get(at).indent - first))
                    .append(lines.get(at).text)
                    .append('\n');
            at++;
        }
        return text.toString();
    }

    private static Object inline(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            List<Object> list = new ArrayList<>();
            for (String word : text.substring(1, text.length() - 1).split(", *")) {
                list.add(scalar(word));
            }
            return list;
        }
        if (text.startsWith("{") && text.endsWith("}")) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (String entry : text.substring(1, text.length() - 1).split(", *")) {
                String[] its = entry.split(": +", 2);
                map.put(its[0], scalar(its[1]));
            }
            return map;
        }
        return scalar(text);
    }

    private static String scalar(String text) {
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            return text.substring(1, text.length() - 1);
        }
        if (!text.matches("[\\w./:@-]+")) {
            throw new IllegalArgumentException("no plain word: " + text);
        }
        return text;
    }
}
