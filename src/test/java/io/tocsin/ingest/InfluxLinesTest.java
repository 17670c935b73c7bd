package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.NOW;
import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Intakes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfluxLinesTest {
  private final Format.Intake intake = Intakes.fresh();

  private List<String> samples(String text) {
    return shown(Format.INFLUX.decode(utf8(text), intake).samples());
  }

  @Test
  void aNumberOrBooleanIsASampleAndATextIsNot() {
    assertThat(
            samples(
                """
                # a comment
                cpu,host=a,dc=eu usage_idle=99.5,cores=4i,up=true,load=-1e2,note="a, \\"b\\"=c" %d

                mem value=7u
                """
                    .formatted(NOW * 1_000_000)))
        .containsExactly(
            "cpu_usage_idle{dc=\"eu\", host=\"a\"} 99.5 @" + NOW,
            "cpu_cores{dc=\"eu\", host=\"a\"} 4.0 @" + NOW,
            "cpu_up{dc=\"eu\", host=\"a\"} 1.0 @" + NOW,
            "cpu_load{dc=\"eu\", host=\"a\"} -100.0 @" + NOW,
            "mem 7.0 @" + NOW);
  }

  @Test
  void backslashesEscape() {
    assertThat(samples("my\\ disk,path\\,x=C:\\ \\=\\,d,é=ü used\\ %=1\r\n"))
        .containsExactly("my_disk_used{path_x=\"C: =,d\", é=\"ü\"} 1.0 @" + NOW);
  }

  @Test
  void theUnitOfTimestampsIsTheRequests() {
    var seconds =
        new Format.Intake(
            IngestLimits.DEFAULT, new SeenSeries(16), NOW, OtlpSettings.usual(), TimeUnit.SECONDS);
    assertThat(shown(Format.INFLUX.decode(utf8("a v=1 1700000000"), seconds).samples()))
        .containsExactly("a_v 1.0 @1700000000000");
  }

  @Test
  void aPointOutOfTimeIsLeftOut() {
    Decoded decoded = Format.INFLUX.decode(utf8("a v=1 -5000000\nb v=2\n"), intake);
    assertThat(shown(decoded.samples())).containsExactly("b_v 2.0 @" + NOW);
    assertThat(decoded.refused().counts()).isEqualTo(Map.of(Refused.Reason.TIMESTAMP, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a|line 1, column 2: the end of the line found, expected a blank and then fields",
        ",b=c v=1|line 1, column 1: ',b=c v=1' found, expected a measurement",
        "a,b v=1|expected '=' behind a tag's key",
        "a,b= v=1|expected a tag with key and value",
        "a v|expected '=' behind a field's key",
        "a v=x|'x' found, expected a number",
        "a v=1x|'1x' found, expected a number",
        "a v=\"x|expected '\"'",
        "a v=1 soon|'soon' found, expected a timestamp",
        "a v=1 1 2|'2' found, expected the end of the line"
      })
  void whatBreaksTheFormIsRefusedWithItsPlace(String text, String reason) {
    assertRefused(Format.INFLUX, utf8(text), intake, reason);
  }
}
