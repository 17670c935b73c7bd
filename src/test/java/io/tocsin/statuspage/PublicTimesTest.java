package io.tocsin.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PublicTimesTest {

  private static final Instant AT = Instant.parse("2026-11-26T00:25:18Z");

  @Test
  void aDayIsWrittenAsItsLanguageWritesIt() {
    assertThat(new PublicTimes(Language.EN).full(AT)).isEqualTo("26 Nov 2026, 00:25:18 UTC");
    assertThat(new PublicTimes(Language.DE).full(AT)).isEqualTo("26. Nov. 2026, 00:25:18 UTC");
    assertThat(new PublicTimes(Language.DE).date(LocalDate.of(2026, 5, 3))).isEqualTo("3. Mai");
    assertThat(new PublicTimes(Language.FR).date(LocalDate.of(2026, 5, 3))).isEqualTo("3 mai");
  }
}
