package io.mailroutes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The package table of the design (docs/adr/0001-the-house.md), and the few rules a compiler cannot hold. */
@AnalyzeClasses(packages = "io.mailroutes", importOptions = ImportOption.DoNotIncludeTests.class)
final class HouseRulesTest {
    private static final int LONGEST_FILE = 300;

    @ArchTest
    static void packagesDependDownwardsOnly(JavaClasses classes) {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("doors")
                .definedBy("io.mailroutes")
                .layer("cli")
                .definedBy("io.mailroutes.cli")
                .layer("sandbox")
                .definedBy("io.mailroutes.sandbox")
                .layer("camel")
                .definedBy("io.mailroutes.camel..")
                .layer("deadletter")
                .definedBy("io.mailroutes.deadletter")
                .layer("ledger")
                .definedBy("io.mailroutes.ledger")
                .layer("imap")
                .definedBy("io.mailroutes.imap")
                .layer("smtp")
                .definedBy("io.mailroutes.smtp")
                .layer("message")
                .definedBy("io.mailroutes.message")
                .layer("sasl")
                .definedBy("io.mailroutes.sasl")
                .layer("token")
                .definedBy("io.mailroutes.token")
                .layer("oauth")
                .definedBy("io.mailroutes.oauth")
                .layer("account")
                .definedBy("io.mailroutes.account")
                .layer("store")
                .definedBy("io.mailroutes.store")
                .whereLayer("doors")
                .mayOnlyAccessLayers("cli", "camel", "account")
                .whereLayer("cli")
                .mayOnlyAccessLayers("camel", "sandbox", "imap", "deadletter", "token", "oauth", "account", "store")
                .whereLayer("sandbox")
                .mayOnlyAccessLayers("account", "oauth")
                .whereLayer("camel")
                .mayOnlyAccessLayers(
                        "imap", "smtp", "message", "ledger", "deadletter", "token", "oauth", "account", "store")
                .whereLayer("deadletter")
                .mayOnlyAccessLayers("message", "store")
                .whereLayer("ledger")
                .mayOnlyAccessLayers("store", "message")
                .whereLayer("imap")
                .mayOnlyAccessLayers("sasl", "token", "oauth", "message", "account")
                .whereLayer("smtp")
                .mayOnlyAccessLayers("imap", "sasl", "token", "oauth", "account")
                .whereLayer("message")
                .mayNotAccessAnyLayer()
                .whereLayer("sasl")
                .mayNotAccessAnyLayer()
                .whereLayer("token")
                .mayOnlyAccessLayers("oauth", "account", "store")
                .whereLayer("oauth")
                .mayOnlyAccessLayers("account")
                .whereLayer("account")
                .mayNotAccessAnyLayer()
                .whereLayer("store")
                .mayOnlyAccessLayers("account")
                .check(classes);
    }

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.mailroutes.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCamelSideKnowsCamel = noClasses()
            .that()
            .resideOutsideOfPackages("io.mailroutes", "io.mailroutes.camel..", "io.mailroutes.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule theConsumerDoesNotKnowTheSinks = noClasses()
            .that()
            .resideInAPackage("io.mailroutes.camel")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.mailroutes.camel.*..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyMailPackagesKnowJakartaMail = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.mailroutes.imap",
                    "io.mailroutes.smtp",
                    "io.mailroutes.message",
                    "io.mailroutes.camel..",
                    "io.mailroutes.sandbox")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.mail..");

    @ArchTest
    static final ArchRule onlyTheStoreSpeaksSql = noClasses()
            .that()
            .resideOutsideOfPackage("io.mailroutes.store")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static final ArchRule accountAndSaslNeedTheJdkAlone = noClasses()
            .that()
            .resideInAnyPackage("io.mailroutes.account", "io.mailroutes.sasl")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "javax..", "io.mailroutes..", "org.jspecify..");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("a java.time.Clock is given to the constructor, and nothing waits by sleeping");

    @ArchTest
    static final ArchRule theEnvironmentIsReadInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("io.mailroutes.account")
            .and()
            .doNotHaveFullyQualifiedName("io.mailroutes.Main")
            .should()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class);

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule nothingIsStaticAndChanges = classes().should(HouseConditions.haveNoChangingStatics());

    @Test
    void noFileIsLongerThanThreeHundredLines() throws IOException {
        try (Stream<Path> files =
                Stream.of("src/main/java", "src/test/java", "src/bench/java").flatMap(HouseRulesTest::javaFiles)) {
            List<String> tooLong = files.filter(file -> lines(file) > LONGEST_FILE)
                    .map(file -> file + ": " + lines(file))
                    .toList();
            Assertions.assertThat(tooLong).isEmpty();
        }
    }

    private static Stream<Path> javaFiles(String directory) {
        try {
            return Files.walk(Path.of(directory)).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
