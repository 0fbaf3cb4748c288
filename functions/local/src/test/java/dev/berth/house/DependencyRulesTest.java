package dev.berth.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom. Dependencies point one way: core and events, registry, aws, lambda, local. */
class DependencyRulesTest {

  // tests may reach anywhere; registry's come as a jar once they are packaged
  private static final ImportOption NO_TESTS =
      location ->
          ImportOption.Predefined.DO_NOT_INCLUDE_TESTS.includes(location)
              && !location.contains("-tests.jar");

  private static final JavaClasses HOUSE =
      new ClassFileImporter().withImportOption(NO_TESTS).importPackages("dev.berth");

  @Test
  void everyModuleIsSeen() {
    for (String module : new String[] {"core", "events", "registry", "aws", "lambda", "local"}) {
      assertThat(HOUSE.containPackage("dev.berth." + module)).as(module).isTrue();
    }
    assertThat(HOUSE).noneMatch(type -> type.getPackageName().equals("dev.berth.house"));
  }

  @Test
  void modulesKnowOnlyThoseBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.berth..")
        .layer("core")
        .definedBy("dev.berth.core..")
        .layer("events")
        .definedBy("dev.berth.events..")
        .layer("registry")
        .definedBy("dev.berth.registry..")
        .layer("aws")
        .definedBy("dev.berth.aws..")
        .layer("lambda")
        .definedBy("dev.berth.lambda..")
        .layer("local")
        .definedBy("dev.berth.local..")
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("events")
        .mayNotAccessAnyLayer()
        .whereLayer("registry")
        .mayOnlyAccessLayers("core", "events")
        .whereLayer("aws")
        .mayOnlyAccessLayers("core", "events", "registry")
        .whereLayer("lambda")
        .mayOnlyAccessLayers("core", "events", "registry", "aws")
        .whereLayer("local")
        .mayOnlyAccessLayers("core", "events", "registry", "aws", "lambda")
        .check(HOUSE);
  }

  @Test
  void coreKnowsTheJdkAndJacksonAlone() {
    classes()
        .that()
        .resideInAPackage("dev.berth.core..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.berth.core..",
                "java..",
                "javax.crypto..",
                "javax.xml.stream..",
                "com.fasterxml.jackson.."))
        .check(HOUSE);
  }

  @Test
  void coreReadsAndWritesNothing() {
    // what is in memory or handed in as a stream, names, and the exceptions that reading declares
    // are no input or output
    var harmless =
        belongToAnyOf(
            IOException.class,
            UncheckedIOException.class,
            ByteArrayInputStream.class,
            ByteArrayOutputStream.class,
            InputStream.class,
            FilterInputStream.class,
            URI.class,
            // whose literals it reads without asking a resolver
            InetAddress.class);
    noClasses()
        .that()
        .resideInAPackage("dev.berth.core..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.nio.channels..")
                .and(not(harmless)))
        .check(HOUSE);
  }

  @Test
  void onlyTheAdaptersAndTheirWiringKnowTheAwsSdk() {
    noClasses()
        .that(not(resideInAnyPackage("dev.berth.aws..", "dev.berth.lambda.wiring..")))
        .should()
        .dependOnClassesThat(
            resideInAPackage("software.amazon..")
                // no part of the SDK: it matches patterns
                .and(not(resideInAPackage("software.amazon.event.ruler.."))))
        .check(HOUSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "registry", "aws", "lambda", "local"})
  void packagesOfAModuleKnowEachOtherOneWay(String module) {
    slices()
        .matching("dev.berth." + module + ".(**)")
        .should()
        .beFreeOfCycles()
        // a module of one package has no slices
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that(not(resideInAPackage("dev.berth.local.cli..")))
        .should(ACCESS_STANDARD_STREAMS)
        .check(HOUSE);
  }

  @Test
  void theHouseLoggerIsSystemLogger() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.slf4j.."))
        .check(HOUSE);
  }
}
