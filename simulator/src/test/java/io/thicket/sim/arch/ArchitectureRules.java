package io.thicket.sim.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of docs/architecture.md, by name. They are written for a package root, so that the same rule objects judge
 * the product ({@code io.thicket}) and the fixtures that break them on purpose.
 */
final class ArchitectureRules {
    /** Methods whose results may differ in the last bit from one JVM to the next; StrictMath has them all. */
    private static final Set<String> INEXACT_MATH = Set.of(
            "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp", "expm1", "log",
            "log10", "log1p", "pow", "cbrt", "hypot");

    private final String root;

    private ArchitectureRules(String root) {
        this.root = root;
    }

    /** All rules for product code below {@code root}. */
    static Map<String, ArchRule> forProduct(String root) {
        ArchitectureRules rules = new ArchitectureRules(root);
        Map<String, ArchRule> all = new LinkedHashMap<>();
        rules.dependencyDirection(all);
        rules.libraries(all);
        rules.purity(all);
        rules.output(all);
        return all;
    }

    /** All rules for test code below {@code root}. */
    static Map<String, ArchRule> forTests(String root) {
        ArchCondition<JavaClass> beFound = new ArchCondition<>("be named ...Test, so that surefire finds them") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean found = topLevel(item).getSimpleName().endsWith("Test");
                events.add(new SimpleConditionEvent(item, found, item.getName() + " is not run"));
            }
        };
        return Map.of(
                "test classes are named so that they are run",
                classes()
                        .that(describe("have tests and are not abstract", ArchitectureRules::hasTests))
                        .should(beFound));
    }

    // --- who may use whom ----------------------------------------------------------------------------------------

    private void dependencyDirection(Map<String, ArchRule> all) {
        all.put(
                "mesh-routing uses nothing but the JDK",
                noClasses()
                        .that()
                        .resideInAPackage(in("routing"))
                        .should()
                        .dependOnClassesThat(
                                not(resideInAnyPackage(in("routing"), "java..", "javax.crypto..", "org.jspecify.."))
                                        .and(not(PRIMITIVE))));
        all.put(
                "device-drivers uses nothing but the JDK, jSSC and tomlj",
                noClasses()
                        .that()
                        .resideInAPackage(in("drivers"))
                        .should()
                        .dependOnClassesThat(not(resideInAnyPackage(
                                        in("drivers"),
                                        "java..",
                                        "jdk.net..",
                                        "javax.crypto..",
                                        "jssc..",
                                        "org.tomlj..",
                                        "org.jspecify.."))
                                .and(not(PRIMITIVE))));
        all.put("agent does not know the gateway or the simulator", isFreeOf("agent", in("gateway"), in("sim")));
        all.put("gateway-bridge does not know the simulator", isFreeOf("gateway", in("sim")));
        all.put(
                "the simulator's kernel does not know its command line or the demo",
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                in("sim.kernel"), in("sim.medium"), in("sim.fault"), in("sim.check"), in("sim.trace"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(in("sim.cli"), in("sim.demo")));
        for (String module : List.of("routing", "drivers", "agent", "gateway", "sim")) {
            all.put(
                    "no cycles between the packages of " + module,
                    slices().assignedFrom(packagesOf(module))
                            .should()
                            .beFreeOfCycles()
                            .allowEmptyShould(true));
        }
    }

    private ArchRule isFreeOf(String module, String... packages) {
        return noClasses()
                .that()
                .resideInAPackage(in(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private SliceAssignment packagesOf(String module) {
        String prefix = root + "." + module;
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                String name = javaClass.getPackageName();
                boolean within = name.equals(prefix) || name.startsWith(prefix + ".");
                if (!within) {
                    return SliceIdentifier.ignore();
                }
                // What a node shows of itself is a package of its own in all but name: CoAP pages read it, the node
                // makes it, and it uses nothing of the node's.
                boolean snapshot = name.equals(root + ".agent.node")
                        && Set.of("NodeSnapshot", "NodeCounter")
                                .contains(topLevel(javaClass).getSimpleName());
                return SliceIdentifier.of(snapshot ? name + " (snapshot)" : name);
            }

            @Override
            public String getDescription() {
                return "packages of " + prefix;
            }
        };
    }

    // --- third-party libraries -----------------------------------------------------------------------------------

    private void libraries(Map<String, ArchRule> all) {
        confine(all, "Californium", "org.eclipse.californium..", in("agent.coap"));
        confine(all, "cbor-java", "co.nstant.in.cbor..", in("agent.senml"));
        confine(all, "Paho", "org.eclipse.paho..", in("gateway.mqtt"), in("sim.demo"));
        confine(all, "jSSC", "jssc..", in("drivers.serial.jssc"));
        confine(all, "tomlj", "org.tomlj..", in("agent.config"), in("drivers.spec"));
        confine(all, "BouncyCastle", "org.bouncycastle..", in("agent.identity"));
        confine(all, "picocli", "picocli..", in("agent.cli"), in("gateway.cli"), in("sim.cli"));
        confine(all, "Artemis", "org.apache.activemq..", in("sim.demo"));
        confine(all, "the JDK's HTTP server", "com.sun.net.httpserver..", in("sim.view"));
        confine(all, "HdrHistogram", "org.HdrHistogram..", in("sim"));
        confine(all, "tinylog", "org.tinylog..", in("agent"), in("gateway"), in("sim"));
        confine(all, "SLF4J", "org.slf4j..");
        confine(all, "ANTLR", "org.antlr..");
    }

    private void confine(Map<String, ArchRule> all, String library, String its, String... allowed) {
        all.put(
                library + " stays in its place",
                noClasses()
                        .that(resideInAnyPackage(allowed).negate())
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(its));
    }

    // --- no clock, chance, thread or I/O in protocol code -----------------------------------------------------------

    private void purity(Map<String, ArchRule> all) {
        DescribedPredicate<JavaClass> pure = resideInAnyPackage(
                        in("routing"),
                        in("drivers"),
                        in("agent.node"),
                        in("agent.outbox"),
                        in("agent.senml"),
                        in("gateway.bridge"),
                        in("sim.kernel"),
                        in("sim.medium"),
                        in("sim.fault"),
                        in("sim.check"),
                        in("sim.reference"))
                .and(not(resideInAnyPackage(in("drivers.serial"), in("drivers.build"))))
                .as("are protocol code");
        DescribedPredicate<JavaClass> loop =
                describe("are the node's loop", c -> topLevel(c).getName().equals(root + ".agent.node.EventLoop"));
        DescribedPredicate<JavaClass> pureWithoutLoop = pure.and(not(loop)).as("are protocol code");

        all.put(
                "protocol code reads no clock",
                noClasses().that(pureWithoutLoop).should().accessTargetWhere(CLOCK));
        all.put(
                "protocol code has no chance of its own",
                noClasses().that(pure).should().accessTargetWhere(OWN_CHANCE));
        all.put(
                "protocol code has no threads",
                noClasses()
                        .that(pureWithoutLoop)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("java.util.concurrent..")
                                .or(describe("are threads or timers", ArchitectureRules::isThreading))));
        all.put("protocol code does not sleep", noClasses().that(pure).should().accessTargetWhere(SLEEP));
        all.put(
                "protocol code has no sockets, channels or files",
                noClasses()
                        .that(pure)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..")
                                .or(describe("are files", c -> Set.of(
                                                "java.io.File",
                                                "java.io.RandomAccessFile",
                                                "java.io.FileInputStream",
                                                "java.io.FileOutputStream",
                                                "java.io.FileReader",
                                                "java.io.FileWriter")
                                        .contains(c.getName())))));
        all.put(
                "protocol code computes alike on every JVM",
                noClasses().that(pure).should().accessTargetWhere(INEXACT));
        all.put(
                "protocol code has no order that differs between runs",
                noClasses().that(pure).should().accessTargetWhere(UNORDERED));
    }

    private static final DescribedPredicate<JavaClass> PRIMITIVE = describe(
            "are primitive",
            c -> c.isPrimitive() || c.isArray() && c.getBaseComponentType().isPrimitive());

    private static final DescribedPredicate<JavaAccess<?>> CLOCK = describe(
            "a clock is read",
            access -> isOneOf(access, "java.lang.System", "currentTimeMillis", "nanoTime")
                    || owner(access).startsWith("java.time.")
                            && access.getName().equals("now")
                    || owner(access).equals("java.time.Clock")
                    || owner(access).equals("java.util.Date")
                            && access.getName().equals("<init>"));

    private static final DescribedPredicate<JavaAccess<?>> OWN_CHANCE = describe(
            "chance comes from elsewhere than an argument",
            access -> Set.of("java.util.Random", "java.util.concurrent.ThreadLocalRandom", "java.security.SecureRandom")
                            .contains(owner(access))
                    || isOneOf(access, "java.lang.Math", "random")
                    || isOneOf(access, "java.lang.StrictMath", "random")
                    || isOneOf(access, "java.util.UUID", "randomUUID")
                    || isOneOf(access, "java.util.random.RandomGenerator", "getDefault")
                    || isOneOf(access, "java.util.Collections", "shuffle"));

    private static final DescribedPredicate<JavaAccess<?>> SLEEP = describe(
            "it sleeps",
            access -> access.getName().equals("sleep")
                    && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                            .contains(owner(access)));

    private static final DescribedPredicate<JavaAccess<?>> INEXACT = describe(
            "Math instead of StrictMath",
            access -> owner(access).equals("java.lang.Math") && INEXACT_MATH.contains(access.getName()));

    private static final DescribedPredicate<JavaAccess<?>> UNORDERED = describe(
            "order is left to chance",
            access -> isOneOf(access, "java.util.stream.Collectors", "toSet", "toUnmodifiableSet")
                    || access.getName().equals("parallelStream")
                    || access.getName().equals("parallel") && owner(access).startsWith("java.util.stream.")
                    || isOneOf(access, "java.lang.System", "identityHashCode"));

    private static boolean isThreading(JavaClass c) {
        return Set.of("java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer", "java.util.TimerTask")
                .contains(c.getName());
    }

    // --- output ------------------------------------------------------------------------------------------------------

    private void output(Map<String, ArchRule> all) {
        all.put(
                "java.util.logging is named only where Paho's is silenced",
                noClasses()
                        .that(not(resideInAnyPackage(in("gateway.mqtt")).and(simpleName("PahoLogging"))))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.util.logging.."));
        all.put(
                "only command lines and the demo print",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                in("agent.cli"), in("gateway.cli"), in("sim.cli"), in("sim.demo"), in("sim.tool"))
                        .should()
                        .accessTargetWhere(describe(
                                "it prints",
                                access -> isOneOf(access, "java.lang.System", "out", "err")
                                        || access.getName().equals("printStackTrace"))));
        all.put(
                "every package is @NullMarked",
                classes().should(new ArchCondition<>("be in a package with a @NullMarked package-info") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        boolean marked = item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                        events.add(new SimpleConditionEvent(
                                item, marked, item.getPackageName() + " is not @NullMarked: " + item.getName()));
                    }
                }));
    }

    // --- vocabulary --------------------------------------------------------------------------------------------------

    private String in(String subpackage) {
        return root + "." + subpackage + "..";
    }

    private static String owner(JavaAccess<?> access) {
        return access.getTargetOwner().getName();
    }

    private static boolean isOneOf(JavaAccess<?> access, String owner, String... names) {
        return owner(access).equals(owner) && Arrays.asList(names).contains(access.getName());
    }

    private static JavaClass topLevel(JavaClass javaClass) {
        return javaClass.getEnclosingClass().map(ArchitectureRules::topLevel).orElse(javaClass);
    }

    private static boolean hasTests(JavaClass javaClass) {
        boolean isAbstract = javaClass.getModifiers().contains(JavaModifier.ABSTRACT);
        return !isAbstract && javaClass.getMethods().stream().anyMatch(ArchitectureRules::isTest);
    }

    private static boolean isTest(JavaMethod method) {
        return Stream.of("Test", "RepeatedTest", "ParameterizedTest", "TestFactory", "TestTemplate", "FuzzTest")
                .anyMatch(name -> method.getAnnotations().stream()
                        .map(annotation -> annotation.getRawType())
                        .map(HasName.class::cast)
                        .anyMatch(type -> type.getName().endsWith("." + name)));
    }

    private static <T> DescribedPredicate<T> describe(String text, java.util.function.Predicate<T> predicate) {
        return DescribedPredicate.describe(text, predicate);
    }
}
