package io.tocsin;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Imports go down only, never up or sideways; pure packages touch nothing outside themselves. */
class FloorsTest {

  private static final List<List<String>> FLOORS =
      List.of(
          List.of("label", "drift", "oncall", "template", "access", "runbook", "view"),
          List.of("series", "check", "alert"),
          List.of("promql", "ingest", "silence", "incident", "model", "experiment"),
          List.of("rule", "slo", "notify"),
          List.of("statuspage", "postmortem", "explain"),
          List.of("telemetry", "settings"),
          List.of("probe", "channel", "source", "postgres", "http", "client", "grafana"),
          List.of("web", "engine"),
          List.of("demo"));

  private static final int FIRST_EDGE = 5;

  private static JavaClasses classes;

  @BeforeAll
  static void load() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tocsin");
  }

  @Test
  void importsGoDownOnly() {
    Map<String, Integer> floorOf = floorOf();
    for (String name : floorOf.keySet()) {
      int floor = floorOf.get(name);
      String[] forbidden =
          floorOf.entrySet().stream()
              .filter(other -> !other.getKey().equals(name) && other.getValue() >= floor)
              .map(other -> "io.tocsin." + other.getKey() + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.tocsin." + name + "..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(forbidden).or(theRoot()))
          .because("floor " + floor + " imports only from the floors below it")
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @Test
  void pureFloorsDoNoInputOrOutput() {
    String[] pure =
        FLOORS.subList(0, FIRST_EDGE).stream()
            .flatMap(List::stream)
            .map(name -> "io.tocsin." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(pure)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.vertx..",
                "io.netty..",
                "java.sql..",
                "javax.sql..",
                "org.jdbi..",
                "com.zaxxer..",
                "java.net.http..",
                "java.nio.file..",
                "org.slf4j..",
                "ch.qos..",
                "io.micrometer.."))
        .check(classes);
  }

  @Test
  void onlyTheRootReadsTheClock() {
    noClasses()
        .that(resideOutsideOfPackages("io.tocsin"))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .because("time is an argument; the root makes the only InstantSource")
        .check(classes);
  }

  @Test
  void pureFloorsDoNotReadTheEnvironment() {
    noClasses()
        .that(resideOutsideOfPackages("io.tocsin"))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(classes);
  }

  @Test
  void everyPackageStandsOnAFloorAndSaysWhatItIs() {
    Map<String, Integer> floorOf = floorOf();
    for (JavaClass type : classes) {
      String name = type.getPackageName();
      if (name.equals("io.tocsin") || name.startsWith("io.tocsin.web.page")) {
        continue;
      }
      assertThat(floorOf).containsKey(name.split("\\.")[2]);
      assertThat(classes.contain(name + ".package-info")).as(name + ".package-info").isTrue();
    }
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> theRoot() {
    return describe("the root", type -> type.getPackageName().equals("io.tocsin"));
  }

  private static Map<String, Integer> floorOf() {
    var floorOf = new TreeMap<String, Integer>();
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      for (String name : FLOORS.get(floor)) {
        floorOf.put(name, floor);
      }
    }
    return floorOf;
  }
}
