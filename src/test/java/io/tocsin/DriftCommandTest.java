package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void comparesAColumnOfOneFileWithThatOfAnother() throws Exception {
    String before = file("before.csv", "id,price\n1,10\n2,11\n3,\n4,12\n");
    String after = file("after.csv", "price,id\n\"110\",1\n111,2\n112,3\n");

    int code = run("compare", before, after, "--method", "ks", "--column", "price", "--json");

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("\"statistic\":1.0", "\"p_value\":0.1", "\"n\":3,\"missing\":1");
    assertThat(code).isZero();
  }

  @Test
  void aFileThatIsNotThereIsSaidInWords() throws Exception {
    String absent = folder.resolve("absent.txt").toString();

    int code = run("compare", absent, file("after.txt", "1\n2\n"));

    assertThat(err.toString()).contains(absent + ": found no such file");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void driftIsExitCodeOne() throws Exception {
    String before = file("before.txt", lines(0, 400));
    String after = file("after.json", "[" + lines(300, 700).replace("\n", ",") + "null]");

    int code = run("compare", before, after, "--method", "psi", "--set", "bins=sturges");

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .containsPattern("verdict +drift")
        .containsPattern("current +400 rows, 1 missing");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void findsChangesOfAStream() throws Exception {
    String bits =
        IntStream.range(0, 2000)
            .mapToObj(i -> i < 1000 ? "0" : "1")
            .collect(Collectors.joining("\n"));

    int code = run("detect", file("bits.txt", bits), "--set", "clock=1");

    assertThat(out.toString())
        .contains("adwin: 2000 values, 0 missing, 0 warnings")
        .contains("drifts at [10");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void listsWhatThereIs() {
    assertThat(run("methods")).isZero();
    assertThat(out.toString()).contains("wasserstein", "page_hinkley", "delta = 0.002");
  }

  @Test
  void mistakesAreNamedWithoutATrace() throws Exception {
    String csv = file("two.csv", "a,b\n1,2\n");

    assertThat(run("compare", csv, csv)).isEqualTo(2);
    assertThat(run("compare", csv, csv, "--column", "c")).isEqualTo(2);
    assertThat(run("detect", folder.resolve("none.txt").toString())).isEqualTo(2);
    assertThat(run("detect", file("x.txt", "a\nb"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("--column: found \"\", expected one of a, b")
        .contains("--column: found \"c\"")
        .contains("none.txt")
        .contains("found texts, expected numbers")
        .doesNotContain("\tat ");
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  private String file(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("drift"));
    all.addAll(List.of(arguments));
    return Tocsin.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
