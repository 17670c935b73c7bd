package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 1: whatever was acknowledged is there after {@code kill -9}. Two rounds here; a long run
 * is {@code -Dtocsin.test.kills=20 -Dtest=KillTest}.
 */
class KillTest {
  private static final int ROUNDS = Integer.getInteger("tocsin.test.kills", 2);
  private static final int BEFORE_A_KILL = 100;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  /** The last number acknowledged of each kind. */
  private record Acknowledged(int sample, int event, int prediction) {}

  /** A round that failed leaves nothing behind. */
  @AfterEach
  void stop() throws IOException {
    for (Process process : started) {
      process.destroyForcibly();
    }
    killServer();
  }

  @Test
  void nothingAcknowledgedIsLostWhenTheProcessOrTheServerIsKilled() throws Exception {
    var random = new Random(7);
    var acknowledged = new Acknowledged(-1, -1, 0);
    for (int round = 0; round < ROUNDS; round++) {
      Process process = start("write");
      try (BufferedReader lines = process.inputReader()) {
        checkFound(lines, acknowledged);
        int patience = BEFORE_A_KILL + random.nextInt(300);
        for (int i = 0; i < patience; i++) {
          acknowledged = with(acknowledged, lines.readLine());
        }
        if (round % 2 == 1) {
          killServer();
        }
        process.destroyForcibly();
        for (String line = read(lines); line != null; line = read(lines)) {
          acknowledged = with(acknowledged, line);
        }
      }
      assertThat(process.waitFor()).isEqualTo(137);
    }
    Process look = start("look");
    try (BufferedReader lines = look.inputReader()) {
      checkFound(lines, acknowledged);
    }
    assertThat(look.waitFor()).isZero();
  }

  private Process start(String what) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.toString(),
                TestDatabase.PROGRAMS.toAbsolutePath().toString(),
                what)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    return process;
  }

  private static void checkFound(BufferedReader lines, Acknowledged acknowledged)
      throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("found ")) {
      line = lines.readLine();
    }
    assertThat(line).as("the process came up").isNotNull();
    String[] found = line.split(" ");
    assertThat(Integer.parseInt(found[1])).as("samples").isGreaterThan(acknowledged.sample);
    assertThat(Integer.parseInt(found[2])).as("events").isGreaterThan(acknowledged.event);
    assertThat(found[3]).as("deliveries, one per event").isEqualTo(found[2]);
    assertThat(Integer.parseInt(found[4]))
        .as("predictions")
        .isGreaterThanOrEqualTo(acknowledged.prediction);
  }

  private static Acknowledged with(Acknowledged before, String line) {
    assertThat(line).as("the process is alive").isNotNull();
    if (line.startsWith("sample ")) {
      int number = Integer.parseInt(line.substring(7));
      return new Acknowledged(Math.max(before.sample, number), before.event, before.prediction);
    }
    if (line.startsWith("event ")) {
      int number = Integer.parseInt(line.substring(6));
      return new Acknowledged(before.sample, Math.max(before.event, number), before.prediction);
    }
    if (line.startsWith("prediction ")) {
      int number = Integer.parseInt(line.substring(11));
      return new Acknowledged(before.sample, before.event, Math.max(before.prediction, number));
    }
    return before;
  }

  /** Null at the end, also where the pipe breaks. */
  private static String read(BufferedReader lines) {
    try {
      return lines.readLine();
    } catch (IOException broken) {
      return null;
    }
  }

  private void killServer() throws IOException {
    Postmaster.of(folder.resolve("cluster"))
        .ifPresent(server -> server.process().destroyForcibly());
  }
}
