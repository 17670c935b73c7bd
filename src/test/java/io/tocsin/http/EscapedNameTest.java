package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapedNameTest {

  @ParameterizedTest
  @CsvSource({
    "job, job",
    "U__http_2e_status, http.status",
    "U__a__b, a_b",
    "U__caf_e9_, café",
    "U___1f525_, 🔥",
    "U__a:b, a:b",
    "U__bad_zz_, U__bad_zz_",
    "U__open_2e, U__open_2e",
    "U__far_fffffff_, U__far_fffffff_",
    "a_2e_b, a_2e_b"
  })
  void readsNamesOfAnyText(String text, String name) {
    assertThat(EscapedName.read(text)).isEqualTo(name);
  }
}
