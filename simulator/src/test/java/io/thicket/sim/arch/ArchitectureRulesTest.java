package io.thicket.sim.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule reports exactly the fixtures in {@code violations} that break it, and none of those that do not. */
final class ArchitectureRulesTest {
    private static final String FIXTURES = "io.thicket.sim.arch.violations";
    private static final String NULL_MARKED = "every package is @NullMarked";
    private static final Pattern ORIGIN = Pattern.compile("<(" + Pattern.quote(FIXTURES) + "[^>(]*)");

    /** Who breaks a rule; names are relative to {@link #FIXTURES}. */
    private static final Map<String, Set<String>> OFFENDERS = offenders();

    private static JavaClasses fixtures;

    @BeforeAll
    static void read_the_fixtures() {
        fixtures = new ClassFileImporter().importPackages(FIXTURES);
    }

    @TestFactory
    Stream<DynamicTest> each_rule_reports_its_offenders_and_nobody_else() {
        Map<String, ArchRule> rules = new LinkedHashMap<>(ArchitectureRules.forProduct(FIXTURES));
        rules.putAll(ArchitectureRules.forTests(FIXTURES));
        rules.remove(NULL_MARKED);
        assertEquals(OFFENDERS.keySet(), rules.keySet(), "each rule has fixtures");
        return rules.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> assertEquals(OFFENDERS.get(rule.getKey()), reportedBy(rule.getValue()))));
    }

    @Test
    void an_unmarked_package_is_reported() {
        ArchRule rule = ArchitectureRules.forProduct(FIXTURES).get(NULL_MARKED);

        assertTrue(rule.evaluate(fixtures).getFailureReport().toString().contains("drivers is not @NullMarked"));
    }

    private static Set<String> reportedBy(ArchRule rule) {
        Set<String> names = new TreeSet<>();
        rule.evaluate(fixtures).getFailureReport().getDetails().stream()
                .flatMap(String::lines)
                .forEach(line -> {
                    Matcher matcher = ORIGIN.matcher(line);
                    if (matcher.find()) {
                        names.add(classNamed(matcher.group(1)));
                    } else if (line.startsWith(FIXTURES)) {
                        names.add(classNamed(line.substring(0, line.indexOf(' '))));
                    }
                });
        return names;
    }

    /** The fixture that {@code member}, a class or its member, belongs to. */
    private static String classNamed(String member) {
        return fixtures.stream()
                .map(JavaClass::getName)
                .filter(name -> member.equals(name) || member.startsWith(name + "."))
                .findFirst()
                .orElse(member)
                .substring(FIXTURES.length() + 1);
    }

    private static Map<String, Set<String>> offenders() {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        all.put("mesh-routing uses nothing but the JDK", sorted("routing.UsesDrivers", "routing.Impure$Logs"));
        all.put("device-drivers uses nothing but the JDK, jSSC and tomlj", sorted("drivers.UsesCbor"));
        all.put("agent does not know the gateway or the simulator", sorted("agent.UsesGateway"));
        all.put("gateway-bridge does not know the simulator", sorted("gateway.UsesSim"));
        all.put("the simulator's kernel does not know its command line or the demo", sorted("sim.kernel.UsesDemo"));
        for (String module : new String[] {"routing", "drivers", "agent", "gateway", "sim"}) {
            all.put(
                    "no cycles between the packages of " + module,
                    sorted(module + ".one.First", module + ".two.Second"));
        }
        all.put("Californium stays in its place", sorted("agent.store.Misplaced$Californium"));
        all.put("cbor-java stays in its place", sorted("agent.store.Misplaced$Cbor", "drivers.UsesCbor"));
        all.put("Paho stays in its place", sorted("agent.store.Misplaced$Paho"));
        all.put("jSSC stays in its place", sorted("agent.store.Misplaced$Jssc"));
        all.put("tomlj stays in its place", sorted("agent.store.Misplaced$Tomlj"));
        all.put("BouncyCastle stays in its place", sorted("agent.store.Misplaced$BouncyCastle"));
        all.put("picocli stays in its place", sorted("agent.store.Misplaced$Picocli"));
        all.put("Artemis stays in its place", sorted("agent.store.Misplaced$Artemis"));
        all.put("the JDK's HTTP server stays in its place", sorted("agent.store.Misplaced$HttpServer"));
        all.put("HdrHistogram stays in its place", sorted("agent.store.Misplaced$HdrHistogram"));
        all.put("tinylog stays in its place", sorted("routing.Impure$Logs"));
        all.put("SLF4J stays in its place", sorted("agent.store.Misplaced$Slf4j"));
        all.put("ANTLR stays in its place", sorted("agent.store.Misplaced$Antlr"));
        all.put(
                "protocol code reads no clock",
                sorted(
                        "routing.Impure$ReadsMillis",
                        "routing.Impure$ReadsNanos",
                        "routing.Impure$ReadsInstant",
                        "agent.node.Clocked"));
        all.put(
                "protocol code has no chance of its own",
                sorted(
                        "routing.Impure$MakesRandom",
                        "routing.Impure$DrawsFromThread",
                        "routing.Impure$DrawsFromMath",
                        "routing.Impure$DrawsUuid",
                        "routing.Impure$DrawsSecurely"));
        all.put(
                "protocol code has no threads",
                sorted(
                        "routing.Impure$StartsThread",
                        "routing.Impure$SharesMap",
                        "routing.Impure$Sleeps",
                        "routing.Impure$DrawsFromThread"));
        all.put("protocol code does not sleep", sorted("routing.Impure$Sleeps"));
        all.put(
                "protocol code has no sockets, channels or files",
                sorted("routing.Impure$OpensSocket", "routing.Impure$OpensChannel", "routing.Impure$NamesFile"));
        all.put("protocol code computes alike on every JVM", sorted("routing.Impure$UsesMathSin"));
        all.put(
                "protocol code has no order that differs between runs",
                sorted("routing.Impure$CollectsToSet", "routing.Impure$StreamsInParallel"));
        all.put("java.util.logging is named only where Paho's is silenced", sorted("routing.Impure$LogsWithJdk"));
        all.put("only command lines and the demo print", sorted("routing.Impure$Prints"));
        all.put("test classes are named so that they are run", sorted("sim.Forgotten"));
        return all;
    }

    private static Set<String> sorted(String... names) {
        return new TreeSet<>(Set.of(names));
    }
}
