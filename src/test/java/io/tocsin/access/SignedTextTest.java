package io.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SignedTextTest {

  private final SignedText signature = new SignedText(new byte[] {1, 2, 3});

  @Property(tries = 200)
  void whatWasSignedIsReadBack(@ForAll String text) {
    String plain =
        new String(
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(signature.read(signature.sign(plain))).contains(plain);
  }

  @Test
  void whatSomebodyElseSignedOrChangedIsNot() {
    String signed = signature.sign("ack i1");
    assertThat(new SignedText(new byte[] {9}).read(signed)).isEmpty();
    String mac = signed.substring(signed.indexOf('.'));
    String other = new SignedText(new byte[] {1, 2, 3}).sign("ack i2");
    assertThat(signature.read(other.substring(0, other.indexOf('.')) + mac)).isEmpty();
    for (String wrong : new String[] {"", ".", "a.b.c", "%%%.%%%", signed + "."}) {
      assertThat(signature.read(wrong)).as(wrong).isEmpty();
    }
  }
}
