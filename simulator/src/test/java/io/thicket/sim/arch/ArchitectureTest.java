package io.thicket.sim.arch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The product obeys its architecture. That each rule can fail is shown by {@link ArchitectureRulesTest}. */
@Tag("any-jdk") // it reads the same classes on each: CI does so on one
final class ArchitectureTest {
    private static final List<String> MODULES =
            List.of("mesh-routing", "device-drivers", "agent", "gateway-bridge", "simulator");

    private static JavaClasses product;

    @BeforeAll
    static void read_all_classes_once() {
        product = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.thicket");
    }

    @Test
    void every_module_is_seen() {
        for (String module : List.of("routing", "drivers", "agent", "gateway", "sim")) {
            String name = "io.thicket." + module;
            assertTrue(
                    product.stream().anyMatch(c -> c.getPackageName().startsWith(name)), () -> "no class of " + name);
        }
    }

    @TestFactory
    Stream<DynamicTest> product_code() {
        return ArchitectureRules.forProduct("io.thicket").entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(product)));
    }

    @TestFactory
    Stream<DynamicTest> test_code() {
        // The other modules' tests are not on this module's class path; they are read where Maven has put them.
        Path project = Path.of(System.getProperty("thicket.root", ".."));
        List<Path> folders = MODULES.stream()
                .map(module -> project.resolve(module).resolve("target/test-classes"))
                .filter(Files::isDirectory)
                .toList();
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/arch/violations/"))
                .importPaths(folders);
        return ArchitectureRules.forTests("io.thicket").entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(tests)));
    }
}
