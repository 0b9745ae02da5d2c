package io.thicket.drivers.filter;

import io.thicket.drivers.spec.Durations;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code median(5), offset(-0.3), throttle(60s)}. Every fault is an {@link IllegalArgumentException} that says what is
 * allowed.
 */
final class FilterParser {
    /** Most filters of one quantity. */
    static final int MAX_FILTERS = 16;

    private static final String NAMES = "calibrate_linear, calibrate_polynomial, clamp, debounce, delta,"
            + " exponential_moving_average, filter_out, heartbeat, max, median, min, multiply, offset, quantile, round,"
            + " round_to_multiple_of, skip_initial, sliding_window_moving_average, throttle, throttle_average, timeout";

    private final String filter;
    private final List<String> arguments;

    private FilterParser(String filter, List<String> arguments) {
        this.filter = filter;
        this.arguments = arguments;
    }

    static List<Filter> parse(String text) {
        List<Filter> filters = new ArrayList<>();
        for (String item : split(text)) {
            int open = item.indexOf('(');
            if (open < 1 || !item.endsWith(")")) {
                throw new IllegalArgumentException("'" + item + "' should look like offset(-0.3)");
            }
            List<String> arguments = new ArrayList<>();
            for (String argument : item.substring(open + 1, item.length() - 1).split(",")) {
                if (!argument.isBlank()) {
                    arguments.add(argument.strip());
                }
            }
            filters.add(new FilterParser(item, arguments)
                    .filter(item.substring(0, open).strip()));
        }
        if (filters.isEmpty() || filters.size() > MAX_FILTERS) {
            throw new IllegalArgumentException("1 to " + MAX_FILTERS + " filters are possible, not " + filters.size());
        }
        return filters;
    }

    /** At commas outside of brackets. */
    private static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth == 0 || i == text.length())) {
                String item = text.substring(from, i).strip();
                if (!item.isEmpty()) {
                    items.add(item);
                }
                from = i + 1;
            }
        }
        return items;
    }

    private Filter filter(String name) {
        return switch (name) {
            case "offset" -> {
                double offset = number(only());
                yield Filter.each(value -> value + offset);
            }
            case "multiply" -> {
                double factor = number(only());
                yield Filter.each(value -> value * factor);
            }
            case "round" -> round(whole(only(), 0, 9));
            case "round_to_multiple_of" -> {
                double step = positive(only());
                yield Filter.each(value -> Math.rint(value / step) * step);
            }
            case "clamp" -> clamp();
            case "filter_out" -> filterOut();
            case "calibrate_linear" -> calibrate(1, 0);
            case "calibrate_polynomial" -> calibrate(whole(at(0, "2"), 1, 6), 1);
            case "median" -> window(0, 5, WindowFilter::median);
            case "min" -> window(0, 5, WindowFilter::min);
            case "max" -> window(0, 5, WindowFilter::max);
            case "quantile" -> window(1, 5, WindowFilter.quantile(fraction(at(0, "0.9"))));
            case "sliding_window_moving_average" -> window(0, 15, WindowFilter::mean);
            case "exponential_moving_average" -> exponential();
            case "throttle" -> TimedFilters.throttle(time(only()));
            case "throttle_average" -> TimedFilters.throttleAverage(time(only()));
            case "heartbeat" -> TimedFilters.heartbeat(time(only()));
            case "debounce" -> TimedFilters.debounce(time(only()));
            case "timeout" -> TimedFilters.timeout(time(only()), only());
            case "delta" -> delta(only());
            case "skip_initial" -> TimedFilters.skipInitial(whole(only(), 1, 1_000_000));
            default -> throw new IllegalArgumentException("there is no filter '" + name + "'; filters are " + NAMES);
        };
    }

    private static Filter round(int decimals) {
        double scale = StrictMath.pow(10, decimals);
        return Filter.each(value -> Math.rint(value * scale) / scale);
    }

    private Filter clamp() {
        boolean drop = arguments.size() == 3 && arguments.get(2).equals("ignore_out_of_range");
        if (arguments.size() != 2 && !drop) {
            throw refuse("clamp(min, max) or clamp(min, max, ignore_out_of_range)");
        }
        double min = number(arguments.get(0));
        double max = number(arguments.get(1));
        if (min > max) {
            throw refuse("a least number that is not above the greatest");
        }
        return Filter.each(
                value -> drop && (value < min || value > max) ? Double.NaN : Math.max(min, Math.min(max, value)));
    }

    private Filter filterOut() {
        double[] out = new double[arguments.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = number(arguments.get(i));
        }
        if (out.length == 0) {
            throw refuse("filter_out(85) with one or more numbers");
        }
        return Filter.each(value -> {
            for (double each : out) {
                if (Math.abs(value - each) <= Math.abs(each) * 1e-9) {
                    return Double.NaN;
                }
            }
            return value;
        });
    }

    /** {@code from -> to} from argument {@code first} on. */
    private Filter calibrate(int degree, int first) {
        int points = arguments.size() - first;
        if (points < degree + 1 || points > 64) {
            throw refuse(degree + 1 + " to 64 points such as 0 -> 0.2, 100 -> 98.5");
        }
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            String[] pair = arguments.get(first + i).split("->", -1);
            if (pair.length != 2) {
                throw refuse("points such as 0 -> 0.2, 100 -> 98.5");
            }
            x[i] = number(pair[0].strip());
            y[i] = number(pair[1].strip());
        }
        double[] coefficients = Calibration.fit(x, y, degree);
        if (coefficients.length == 0) {
            throw refuse("points at different places");
        }
        return Filter.each(value -> Calibration.at(coefficients, value));
    }

    private Filter window(int first, int usual, WindowFilter.Reduce reduce) {
        int window = whole(at(first, "" + usual), 1, WindowFilter.MAX_WINDOW);
        int every = whole(at(first + 1, "" + usual), 1, WindowFilter.MAX_WINDOW);
        int firstAt = whole(at(first + 2, "1"), 1, every);
        return new WindowFilter(window, every, firstAt, reduce);
    }

    private Filter exponential() {
        double alpha = fraction(at(0, "0.1"));
        int every = whole(at(1, "15"), 1, WindowFilter.MAX_WINDOW);
        return TimedFilters.exponential(alpha, every, whole(at(2, "1"), 1, every));
    }

    private Filter delta(String text) {
        boolean percent = text.endsWith("%");
        return TimedFilters.delta(
                positive(percent ? text.substring(0, text.length() - 1).strip() : text), percent);
    }

    private String only() {
        if (arguments.size() != 1) {
            throw refuse("one argument");
        }
        return arguments.get(0);
    }

    private String at(int index, String usual) {
        return index < arguments.size() ? arguments.get(index) : usual;
    }

    private double number(String text) {
        if (!text.matches("[-+]?[0-9]{1,15}(\\.[0-9]{1,15})?([eE][-+]?[0-9]{1,2})?")) {
            throw refuse("a number instead of '" + text + "'");
        }
        return Double.parseDouble(text);
    }

    private double positive(String text) {
        double number = number(text);
        if (number <= 0) {
            throw refuse("a number above 0");
        }
        return number;
    }

    private double fraction(String text) {
        double number = number(text);
        if (number <= 0 || number > 1) {
            throw refuse("a number above 0 and up to 1");
        }
        return number;
    }

    private int whole(String text, int min, int max) {
        int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw refuse("a whole number of " + min + " to " + max + " instead of '" + text + "'");
        }
        return number;
    }

    private long time(String text) {
        long ms = Durations.parse(text);
        if (ms <= 0) {
            throw refuse("a time such as 500ms, 60s or 5min instead of '" + text + "'");
        }
        return ms;
    }

    private IllegalArgumentException refuse(String wanted) {
        return new IllegalArgumentException("'" + filter + "' wants " + wanted);
    }
}
